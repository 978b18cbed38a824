"""A vendor hands in signed reports by upload, and sees what became of each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from schnittstellen.attest.envelope import STATEMENT, peeked
from schnittstellen.catalogue.models import HandIn, QueuedHandIn, Vendor
from schnittstellen.catalogue.services.handing_in import orders, queueing, receipts
from schnittstellen.catalogue.services.handing_in.known import library
from schnittstellen.catalogue.services.handing_in.sent import MOST_BYTES, MOST_FILES, TOO_LARGE, Input, Keep, Sent
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import NOT_OF_SCHEMA, Refusal, Refused
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.formats.report_json import read_report
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.transports.unpacking import is_archive, unpacked
from schnittstellen.web.pages.views.after.common import PAGE, person
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

KEPT = {
    Keep.PRIVATE.value: N_("eine Zeit lang vertraulich aufbewahren, dann löschen"),
    Keep.DISCARD.value: N_("gleich nach dem Bewerten löschen"),
    Keep.PUBLISH.value: N_("veröffentlichen (nur erfundene Daten)"),
}
MOST_ORDERS = 20
FIELDS = ("bericht", "unterschrift", "partner", "partner_unterschrift", "dateien", "aufzeichnungen")
STATES = {
    "waiting": N_("wartet"),
    "judging": N_("wird bewertet"),
    "refused": N_("abgelehnt"),
    "failed": N_("nicht bewertet"),
}


@never_cache
@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """What the vendor handed in, its test orders, and the form for another report."""
    of = acting.vendor(request, key)
    reasons: Sequence[Refusal] = ()
    if request.method == "POST":
        try:
            made, _new = queueing.ask(acting.viewer(of), _sent(request), library(), datetime.now(UTC))
            return redirect(reverse("own-hand-in", args=(made.key,)))
        except Refused as error:
            reasons = error.refusals
        except SchnittstellenError as error:
            reasons = (Refusal(error.fault, error.parameters),)
    return _shown(request, of, reasons)


def _shown(request: HttpRequest, of: Vendor, reasons: Sequence[Refusal]) -> HttpResponse:
    viewer = acting.viewer(of)
    shown = {
        "of": of,
        "page": Paginator(receipts.listed(viewer, of.key), PAGE).get_page(request.GET.get("seite")),
        "waiting": list(queueing.listed(viewer, of.key)[:MOST_ORDERS]),
        "states": STATES,
        "orders": list(orders.listed(viewer, of.key).filter(hand_in=None, lapses_on__gt=date.today())[:MOST_ORDERS]),
        "reasons": reasons,
        "choices": KEPT,
        "keep": request.POST.get("keep", Keep.PRIVATE.value),
        "verdicts": VERDICTS,
        "most": MOST_BYTES // 1024**2,
        "files": MOST_FILES,
    }
    return render(request, "own/hand_ins.html.j2", shown, status=422 if reasons else 200)


def _sent(request: HttpRequest) -> Sent:
    """What was uploaded. Release and suite are those that the report and its signature name."""
    files = {name: request.FILES.getlist(name) for name in FIELDS}
    everything = [one for each in files.values() for one in each]
    if len(everything) > MOST_FILES or sum(one.size or 0 for one in everything) > MOST_BYTES:
        raise SchnittstellenError(TOO_LARGE, files=str(MOST_FILES), most=str(MOST_BYTES // 1024**2))
    report, envelope = (_only(files[name]) for name in ("bericht", "unterschrift"))
    made = read_report(report.decode("utf-8", "replace"), "bericht.json")
    inputs = (*_payloads(files["dateien"], made), *_recordings(files["aufzeichnungen"]))
    keep = request.POST.get("keep", "")
    return Sent(
        envelope=envelope,
        report=report,
        release=_release(envelope),
        suite=made.suites[0].name if made.suites else "–",
        inputs=inputs,
        keep=Keep(keep) if keep in KEPT else Keep.PRIVATE,
        partner=_partner(*(_only(files[name]) for name in ("partner", "partner_unterschrift"))),
    )


def _partner(report: bytes, envelope: bytes) -> Sent | None:
    """The report about the other product, where two were tested together."""
    if not (report or envelope):
        return None
    used = read_report(report.decode("utf-8", "replace"), "partner.json").suites
    return Sent(envelope, report, _release(envelope), used[0].name if used else "–")


def _only(files: Sequence["UploadedFile[Any]"]) -> bytes:
    return bytes(files[0].read()) if files else b""


def _payloads(files: Sequence["UploadedFile[Any]"], made: Report) -> Iterator[Input]:
    """The files, and instead of a ZIP those of its members that were tested. Raises `SchnittstellenError` (F411)."""
    tested, size, count = {one.sha256 for one in made.results if one.sha256}, 0, 0
    for one in files:
        for found in _inside(one, tested):
            size, count = size + len(found.data), count + 1
            if size > MOST_BYTES or count > MOST_FILES:
                raise SchnittstellenError(TOO_LARGE, files=str(MOST_FILES), most=str(MOST_BYTES // 1024**2))
            yield found


def _inside(one: "UploadedFile[Any]", tested: set[str]) -> Iterator[Input]:
    data, name = bytes(one.read()), one.name or "–"
    with NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        if not is_archive(Path(file.name)):
            yield Input(name, data)
            return
        for member, content in unpacked(Path(file.name), name, tested, MOST_BYTES):
            if content is not None:
                yield Input(member, content)


def _recordings(files: Sequence["UploadedFile[Any]"]) -> list[Input]:
    return [Input(one.name or "–", one.read(), recording=True) for one in files]


def _release(envelope: bytes) -> str:
    try:
        said: Any = peeked(envelope, STATEMENT).value()
        return str(said["subject"][0]["name"])[:300]
    except (LookupError, TypeError):
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": "in-toto Statement v1"})]) from None


@never_cache
@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt: what counts, what we judged again, what becomes of the files; or that it still waits."""
    owners = HandIn.objects.filter(key=key)
    owner = owners.values_list("evidence__declaration__release__product__vendor__key", flat=True).first()
    waits = QueuedHandIn.objects.filter(key=key).values_list("vendor__key", flat=True).first()
    of = queueing.found(person(request, owner or waits or ""), key)
    if isinstance(of, QueuedHandIn):
        return _open(request, of)
    if of.key != key:
        return redirect(reverse("own-hand-in", args=(of.key,)))
    inputs = list(of.inputs.defer("document"))
    shown = {
        "of": of,
        "row": of.evidence,
        "vendor": of.evidence.declaration.release.product.vendor,
        "inputs": inputs,
        "without_order": receipts.without_order(of),
        "until": max((it.deleted_on for it in inputs if it.deleted_on), default=None),
        "verdicts": VERDICTS,
    }
    return render(request, "own/hand_in.html.j2", shown)


def _open(request: HttpRequest, of: QueuedHandIn) -> HttpResponse:
    """What waits, or was not accepted."""
    shown = {"of": of, "open": of.state in queueing.OPEN, "reasons": queueing.reasons(of)}
    return render(request, "own/hand_in_open.html.j2", shown)
