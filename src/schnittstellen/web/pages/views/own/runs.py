"""One run by the server, shown while it runs: streamed to the page, and on reload where scripts are off."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Run
from schnittstellen.catalogue.services import runs
from schnittstellen.catalogue.services.leases import HAPPENED, OPEN, why
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import current, using
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.views.own.acting import own_page
from schnittstellen.web.pages.views.own.endpoints import told, viewer_for
from schnittstellen.web.pages.views.own.places import Places
from schnittstellen.web.pages.wording_runs import STATES

MOST_STREAMS = 2
"""Streams that one process of the server holds open; it has four threads. Further pages ask now and then instead."""
STREAM_SECONDS = 25.0
PAUSE = 1.0
RETRY = 3_000
_free = Places(MOST_STREAMS, STREAM_SECONDS + 4 * PAUSE)


def _of(request: HttpRequest, key: str) -> Run:
    owner = Run.objects.filter(key=key).values_list("endpoint__declaration__release__product__vendor__key", flat=True)
    return runs.run(viewer_for(request, owner.first()), key)


@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """The run as it stands; while it is open, with a button that ends it."""
    of = _of(request, key)
    if request.method == "POST":
        try:
            runs.cancel(of, datetime.now(UTC))
        except SchnittstellenError as error:
            messages.error(request, told(error))
        return redirect(reverse("own-run", args=(key,)))
    vendor = of.endpoint.declaration.release.product.vendor
    return render(request, "own/run.html.j2", {**_shown(of), "vendor": vendor})


def _shown(of: Run) -> dict[str, object]:
    return {
        "of": of,
        "open": of.state in OPEN,
        "happened": [(one, HAPPENED[one.kind]) for one in of.events.all()],
        "state": STATES[of.state],
        "problem": why(of),
        "verdicts": VERDICTS,
    }


@require_safe
@login_required
def events(request: HttpRequest, key: str) -> HttpResponseBase:
    """What happens in the run, as server-sent events (HTML Living Standard, 9.2)."""
    of = _of(request, key)
    answer = StreamingHttpResponse(_stream(request, of, current()), content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Content-Encoding"] = "identity"  # Django's gzip would keep events until there is enough to pack
    return answer


def _stream(request: HttpRequest, of: Run, lang: str) -> Iterator[bytes]:
    """States of the run until it ends or the time is over; the browser then asks again."""
    place = _free.take()
    ends, told_last = time.monotonic() + (STREAM_SECONDS if place else 0), ""
    try:
        yield f"retry: {RETRY}\n\n".encode()
        while True:
            of.refresh_from_db()
            with using(lang), translation.override(lang):
                now = render_to_string("own/run_state.html.j2", _shown(of), request)
            if now != told_last:
                yield _event("stand", now)
            told_last = now
            yield _event("anfragen", str(of.requests))
            if of.state not in OPEN:
                yield _event("ende", of.state)
                return
            if time.monotonic() >= ends:
                return
            time.sleep(PAUSE)
    finally:
        _free.leave(place)


def _event(name: str, text: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in text.splitlines())
    return f"event: {name}\n{lines}\n".encode()
