"""Deviations in operation: reported by a municipality, planned for by the vendor, closed by who reported or the board.

An open one takes level 5. What is public is told so to whoever writes it; the rest is for those concerned.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from schnittstellen.catalogue.models import Case, Declaration, Deployment, Municipality
from schnittstellen.catalogue.services import audit, recording
from schnittstellen.catalogue.services.changes import own_place, own_vendor
from schnittstellen.catalogue.services.disputing import case_letters
from schnittstellen.catalogue.services.files import Attachment, kind_of, name_of
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Deviation
from schnittstellen.domain.texts import N_

MOST = 5_000
NOT_RUNNING = Fault(
    "F402",
    N_("Ihre Kommune setzt {release} nach ihren eigenen Angaben nicht ein."),
    N_("Tragen Sie den Einsatz zuerst in Ihrem Bereich ein."),
    http=422,
)
NO_CASE = Fault(
    "F404",
    N_("Diese Meldung gibt es nicht."),
    N_("Alle Meldungen stehen auf der Seite „Abweichungen im Betrieb“."),
    http=404,
)
CLOSED = Fault(
    "F405",
    N_("Diese Meldung ist schon abgeschlossen."),
    N_("Melden Sie eine neue Abweichung, wenn sie wieder auftritt."),
    http=409,
)
NO_TEXT = Fault(
    "F406",
    N_("Es fehlt die Beschreibung, oder sie ist länger als {most} Zeichen."),
    N_("Schreiben Sie in wenigen Sätzen, was geschieht."),
    http=422,
)
NOT_YOURS = Fault(
    "F407",
    N_("Abschließen kann die Kommune, die gemeldet hat, oder der IT-Digitalbeirat durch Abstimmung."),
    N_("Der Hersteller trägt ein, was er tut und bis wann."),
    http=403,
)
FAULTS = (NOT_RUNNING, NO_CASE, CLOSED, NO_TEXT, NOT_YOURS)


@dataclass(frozen=True, slots=True)
class Said:
    """`summary` is for everybody, `detail` and `attachment` are not; `named`: everybody may see which municipality."""

    summary: str
    detail: str = ""
    named: bool = False
    attachment: Attachment | None = None


def reportable(ags: str, day: date) -> "QuerySet[Declaration]":
    """What releases that the municipality runs on `day` declare; what is only planned is not in operation."""
    runs = Deployment.objects.filter(municipality__key=ags, confirmed=True).exclude(until__lt=day)
    runs = runs.exclude(since__gt=day)
    rows = Declaration.objects.filter(release__in=runs.values("release")).select_related(
        "release__product", "role__version__standard"
    )
    return rows.order_by("release__product__name", "pk")


def report(viewer: Viewer, ags: str, declaration: int, said: Said, day: date) -> Case:
    """A municipality reports what departs in operation. Raises `SchnittstellenError` (F144, F402, F403, F406)."""
    own_place(viewer, ags)
    demand_text(said.summary)
    demand_text(said.detail, least=0)
    of = reportable(ags, day).filter(pk=declaration).first()
    if of is None:
        raise SchnittstellenError(NOT_RUNNING, release=_name(declaration))
    file = said.attachment
    kind = kind_of(file) if file else ""
    with transaction.atomic():
        made = Case.objects.create(
            declaration=of,
            municipality=Municipality.objects.get(key=ags),
            named=said.named,
            summary=said.summary.strip(),
            detail=said.detail.strip(),
            attachment=file.data if file else None,
            attachment_name=name_of(file) if file else "",
            attachment_type=kind,
            opened_on=day,
        )
        recording.report_deviation(of, Deviation(made.key, ags if said.named else "", day))
        case_letters.opened(made)
        _note(made, {"opened": made.opened_on.isoformat()})
    return made


def plan(viewer: Viewer, key: str, text: str, due: date | None) -> Case:
    """The vendor says what is done and until when. Raises `SchnittstellenError` (F144, F404–F406)."""
    demand_text(text)
    with transaction.atomic():
        found = held(key)
        own_vendor(viewer, found.declaration.release.product.vendor.key)
        found.plan, found.due = text.strip(), due
        found.save(update_fields=["plan", "due"])
        case_letters.planned(found, date.today())
        _note(found, {"plan": found.plan, "due": due.isoformat() if due else None}, kind="products")
    return found


def close(viewer: Viewer, key: str, text: str, day: date) -> Case:
    """Who reported it says that the deviation is no more. Raises `SchnittstellenError` (F404–F407)."""
    demand_text(text)
    with transaction.atomic():
        found = held(key)
        if not may_close(viewer, found):
            raise SchnittstellenError(NOT_YOURS)
        end(found, text.strip(), day)
    return found


def end(found: Case, text: str, day: date) -> None:
    """The deviation is no more; who may say so was asked before."""
    found.closed_on, found.closing = day, text
    found.save(update_fields=["closed_on", "closing"])
    recording.close_deviation(found.declaration, found.key, day)
    case_letters.closed(found, day)
    _note(found, {"closed": day.isoformat()})


def may_close(viewer: Viewer, of: Case) -> bool:
    """Whoever reported it; not somebody who also acts for the vendor. The board does it by voting (`closing`)."""
    vendor = of.declaration.release.product.vendor.key
    return reported(viewer, of) and viewer.vendor != vendor


def may_read(viewer: Viewer, of: Case) -> bool:
    """Detail and attachment are for the board, the vendor, the municipality itself, and the operator."""
    own = viewer.vendor == of.declaration.release.product.vendor.key
    return own or viewer.board or viewer.operator or reported(viewer, of)


def reported(viewer: Viewer, of: Case) -> bool:
    """Whether the viewer acts for the municipality that reported it."""
    return of.municipality is not None and of.municipality.key in viewer.municipalities


def one(key: str) -> Case:
    """The case of that key. Raises `SchnittstellenError` (F404)."""
    found = _related().filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NO_CASE)
    return found


def as_of(of: Case, day: date) -> Case:
    """As it stood on `day`: a closing that came later is not told. Not to be saved."""
    if of.closed_on is not None and of.closed_on > day:
        of.closed_on, of.closing = None, ""
    return of


def listed(day: date, product: str = "") -> "QuerySet[Case]":
    """All cases that were there on `day`, those that are open first; of one product where it is named."""
    rows = (
        _related()
        .filter(opened_on__lte=day)
        .order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")
        .defer("attachment")
    )
    return rows.filter(declaration__release__product__key=product) if product else rows


def _related() -> "QuerySet[Case]":
    return Case.objects.select_related(
        "declaration__release__product__vendor", "declaration__role__version__standard", "municipality"
    )


def held(key: str) -> Case:
    """The case, locked until the transaction ends, and open. Raises `SchnittstellenError` (F404, F405)."""
    found = _related().select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NO_CASE)
    if found.closed_on is not None:
        raise SchnittstellenError(CLOSED)
    return found


def _name(declaration: int) -> str:
    found = Declaration.objects.select_related("release__product").filter(pk=declaration).first()
    return str(found.release) if found else "–"


def demand_text(text: str, *, least: int = 1) -> None:
    """Raises `SchnittstellenError` (F406)."""
    if not least <= len(text.strip()) <= MOST:
        raise SchnittstellenError(NO_TEXT, most=str(MOST))


def _note(of: Case, after: dict[str, str | None], *, kind: str = "municipalities") -> None:
    """The vendor must not learn from the log who reported: only what the vendor does stands with the product."""
    if kind == "municipalities" and of.municipality is None:
        return
    key = of.municipality.key if of.municipality and kind == "municipalities" else of.declaration.release.product.key
    audit.note(kind, key, {"case": {of.key: None}}, {"case": {of.key: after}})
