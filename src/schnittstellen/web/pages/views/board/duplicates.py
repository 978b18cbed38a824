"""Entries that stand there twice, for the board and whoever runs the catalogue: found, merged, kept apart."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Leistung, Product, Vendor
from schnittstellen.catalogue.services import duplicates, finding
from schnittstellen.catalogue.services.merged import Merged, Of
from schnittstellen.catalogue.services.records import shown
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.wording import merging as words
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import person, tried
from schnittstellen.web.pages.views.board.common import YES
from schnittstellen.web.pages.views.own.acting import own_page

UNSURE = Fault(
    "F478",
    N_("Zusammengeführt wurde nichts: Die Bestätigung fehlt."),
    N_("Kreuzen Sie zur Bestätigung das Kästchen an."),
    http=422,
)
PAGE = 50
Row = Product | Vendor
FACTS = (
    ("name", N_("Name")),
    ("vendor", N_("Hersteller")),
    ("kind", N_("Art")),
    ("url", N_("Webseite")),
    ("purpose", N_("Wofür es da ist")),
    ("leistungen", N_("Leistungen")),
    ("products", N_("Programme")),
    ("releases", N_("Versionen")),
    ("trainings", N_("Schulungen")),
    ("licence", N_("Lizenz")),
    ("source_code", N_("Quelltext")),
    ("documentation", N_("Dokumentation")),
    ("contact", N_("Ansprechstelle")),
)


@never_cache
@own_page
def listed(request: HttpRequest) -> HttpResponse:
    """What may stand there twice, and what somebody said is not the same."""
    duplicates.demand_decider(person(request))
    of = _kind(request.GET.get("art", Of.PRODUCTS))
    page = Paginator(duplicates.candidates(of), PAGE).get_page(request.GET.get("seite"))
    apart = duplicates.kept_apart(of)
    model = Product if of is Of.PRODUCTS else Vendor
    keys = {key for one in page.object_list for key in (one.first, one.second)} | {key for two in apart for key in two}
    names = dict(model.objects.filter(key__in=keys).values_list("key", "name"))
    said = {"of": of, "kinds": words.KINDS, "page": page, "apart": apart, "names": names, "grounds": words.grounds}
    return render(request, "board/duplicates.html.j2", said)


@never_cache
@own_page
def one(request: HttpRequest, kind: str, first: str, second: str) -> HttpResponse:
    """Two entries side by side; both are there, or the address leads to what became of them."""
    of = _kind(kind)
    rows = _find(of, first), _find(of, second)
    viewer = _decider(request, *rows)
    if rows[0].pk == rows[1].pk:
        return redirect(*_public(of, rows[0]))
    chosen, wrong = _chosen(request, rows), ""
    if request.method == "POST":
        wrong = tried(partial(_done, request, of, rows, chosen))
        if not wrong and request.POST.get("tun") in ("getrennt", "zurueck", "zusammen"):
            return redirect("own-duplicates", permanent=False)
    said = {
        "of": of,
        "rows": rows,
        "facts": list(_facts(rows, viewer)),
        "apart": (rows[0].key, rows[1].key) in {two for a, b in duplicates.kept_apart(of) for two in ((a, b), (b, a))},
        "chosen": chosen,
        "plan": _planned(request, of, chosen),
        "moves": words.moves,
        "wrong": wrong,
        "address": _public,
    }
    return render(request, "board/duplicate.html.j2", said, status=422 if wrong else 200)


def _kind(name: str) -> Of:
    if name not in set(Of):
        raise Http404
    return Of(name)


def _find(of: Of, key: str) -> Row:
    return finding.product(key) if of is Of.PRODUCTS else finding.vendor(key)


def _decider(request: HttpRequest, *rows: Row) -> Viewer:
    """The visitor, who decides about no company that he or she acts for. Raises `SchnittstellenError` (F477)."""
    vendors = {one.vendor.key if isinstance(one, Product) else one.key for one in rows}
    for key in sorted(vendors):
        duplicates.demand_decider(person(request, key))
    return person(request)


def _chosen(request: HttpRequest, rows: tuple[Row, Row]) -> tuple[Row, Row]:
    """Which goes, which stays; the first stays where nothing was chosen."""
    first, second = rows
    return (first, second) if request.POST.get("bleibt") == second.key else (second, first)


def _planned(request: HttpRequest, of: Of, chosen: tuple[Row, Row]) -> Merged | None:
    """What is to be confirmed; None where nothing is, or where it cannot be done."""
    if request.POST.get("tun") not in ("fragen", "zusammen"):
        return None
    try:
        return duplicates.plan(of, chosen[0].key, chosen[1].key)
    except SchnittstellenError:
        return None


def _done(request: HttpRequest, of: Of, rows: tuple[Row, Row], chosen: tuple[Row, Row]) -> None:
    goes, stays = (one.key for one in chosen)
    match request.POST.get("tun"):
        case "getrennt":
            duplicates.keep_apart(of, rows[0].key, rows[1].key)
        case "zurueck":
            duplicates.take_back(of, rows[0].key, rows[1].key)
        case "zusammen":
            if request.POST.get("sure") != YES:
                raise SchnittstellenError(UNSURE)
            duplicates.merge(of, goes, stays)
        case _:
            duplicates.plan(of, goes, stays)


def _facts(rows: tuple[Row, Row], viewer: Viewer) -> Iterator[tuple[str, str, str]]:
    sides = [_side(one, viewer) for one in rows]
    for name, title in FACTS:
        values = [_told(name, side.get(name)) for side in sides]
        if any(values):
            yield _(title), values[0], values[1]


def _side(row: Row, viewer: Viewer) -> dict[str, Any]:
    if isinstance(row, Vendor):
        return {**shown.vendor(row, viewer, date.today()), "products": [one.name for one in row.products.all()]}
    return {**shown.product(row, viewer, date.today()), "vendor": row.vendor.name}


def _told(name: str, value: Any) -> str:
    if name == "leistungen" and value:
        return ", ".join(Leistung.objects.filter(key__in=value).values_list("title", flat=True))
    if value == "LicenseRef-proprietaer":
        return _(N_("geschlossen (der Quelltext ist nicht offen)"))
    if isinstance(value, list):
        return ", ".join(str(one["task"]) if isinstance(one, dict) else str(one).rpartition("@")[2] for one in value)
    return _(PRODUCTS[value]) if name == "kind" and value in PRODUCTS else str(value or "")


def _public(of: Of, row: Row) -> tuple[str, str]:
    return ("product-one" if of is Of.PRODUCTS else "vendor-one"), row.key
