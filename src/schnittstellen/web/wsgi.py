"""What a WSGI server calls: granian in `schnittstellen serve`, any other in somebody's own set-up."""

import gc
from collections.abc import Iterable
from threading import Thread
from typing import TYPE_CHECKING

from schnittstellen.catalogue.start import set_up

set_up()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from schnittstellen.web.pages import pictures  # noqa: E402
from schnittstellen.web.turns import Turns  # noqa: E402

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_READING = frozenset({"GET", "HEAD"})
_handler = WSGIHandler()
_turns = Turns()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Whoever reads waits for their turn; what is sent to us, or by us piece by piece, waits for nobody's network."""
    if environ["REQUEST_METHOD"] not in _READING:
        return _handler(environ, start_response)
    return _turns.one(lambda: _handler(environ, start_response))


def _settle() -> None:
    """All that readers need is loaded, and is not searched for what can be forgotten, which would take 0.6 seconds."""
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()


def _draw_ahead() -> Thread:
    """Beside the first pages, which need no picture."""
    thread = Thread(target=pictures.get_ready, daemon=True)
    thread.start()
    return thread


_settle()
_draw_ahead()
