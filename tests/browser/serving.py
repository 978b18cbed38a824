"""The catalogue answering on loopback inside the process of the tests, in the transaction of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections

from schnittstellen.catalogue.start import static_files


class _Server(ThreadedWSGIServer):
    """Leaves the connection open: it is the one of the test."""

    def _close_connections(self) -> None:
        return None


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        return None


class _OneByOne:
    """One request at a time, since all share one connection."""

    def __init__(self) -> None:
        self._inner, self._lock = WSGIHandler(), Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        with self._lock:
            return self._inner(environ, start_response)


@contextmanager
def serving() -> Iterator[str]:
    """The address of the server, without a slash at its end."""
    static_files()
    shared = {name: connections[name] for name in connections}
    for one in shared.values():
        one.inc_thread_sharing()
    server = _Server(("127.0.0.1", 0), _Quiet, connections_override=shared)
    server.set_app(_OneByOne())
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        for one in shared.values():
            one.dec_thread_sharing()
