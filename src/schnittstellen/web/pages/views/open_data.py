"""Open data: the public content of the catalogue as files. Nothing of them is personal or of a single municipality."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.exchange_forms import as_csv, as_dcat, as_json
from schnittstellen.catalogue.exchange_forms.selection import Offer, select
from schnittstellen.catalogue.models import Evidence, Municipality
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.search import stamp
from schnittstellen.domain.texts import N_
from schnittstellen.formats.ledger import line
from schnittstellen.web.pages.asked import day_of

CHAIN = "nachweiskette.jsonl"
TEN_MINUTES = 600
Made = Callable[[Offer, str], bytes]
FILES: dict[str, tuple[str, str, Made]] = {
    "katalog.json": (
        N_("JSON: alles in einer Datei, für Programme"),
        "application/json",
        lambda offer, _base: as_json.as_json(offer),
    ),
    "katalog.csv": (
        N_("CSV: eine Tabelle aller Programme und Schnittstellen, für die Tabellenkalkulation"),
        "text/csv; charset=utf-8",
        lambda offer, _base: as_csv.as_csv(offer),
    ),
    "katalog.jsonld": (
        N_("DCAT-AP.de als JSON-LD: für Portale offener Daten wie GovData"),
        "application/ld+json",
        lambda offer, base: as_dcat.as_json_ld(as_dcat.as_graph(offer, base, settings.PUBLISHER)),
    ),
    "katalog.ttl": (
        N_("DCAT-AP.de als Turtle: für Portale offener Daten wie GovData"),
        "text/turtle; charset=utf-8",
        lambda offer, base: as_dcat.as_turtle(as_dcat.as_graph(offer, base, settings.PUBLISHER)),
    ),
}
"""Each file by its name: what it is, its media type, how it is made of the offer and the address of the catalogue."""


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What there is, and under which terms."""
    shown = {"files": FILES, "chain": CHAIN, "head": ledger.head(), "day": day_of(request)}
    return render(request, "open_data.html.j2", shown)


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponse:
    """One of the files, as of `?on=`; that of today is made at most every ten minutes."""
    if name not in FILES:
        raise Http404
    _, media, made = FILES[name]
    day, base = day_of(request), request.build_absolute_uri("/")
    raw = _kept(name, made, base) if day == date.today() else made(select(day), base)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(raw, content_type=media, headers=headers)


@require_safe
def chain(_request: HttpRequest) -> StreamingHttpResponse:
    """All facts in the order in which they were appended, one record a line, for `schnittstellen audit verify`."""
    headers = {"Content-Disposition": f'attachment; filename="{CHAIN}"', "Access-Control-Allow-Origin": "*"}
    lines = (line(one) for one in ledger.records())
    return StreamingHttpResponse(lines, content_type="application/x-ndjson", headers=headers)


def _kept(name: str, made: Made, base: str) -> bytes:
    key = f"open-data:{name}:{date.today()}:{base}:{_state()}"
    raw: bytes | None = cache.get(key)
    if raw is None:
        raw = made(select(date.today()), base)
        cache.set(key, raw, TEN_MINUTES)
    return raw


def _state() -> str:
    """Changes with what is published: with the index of the search, with evidence, with landscapes that are closed."""
    opened = Municipality.objects.filter(open=True).values_list("pk", "revision").order_by("pk")
    newest = Evidence.objects.order_by("-pk").values_list("pk", flat=True).first()
    return sha256(repr((stamp(), newest, list(opened))).encode()).hexdigest()
