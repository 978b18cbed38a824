"""A vendor applies for certification of a declaration, resting on evidence of it, and may withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Application, Declaration, Evidence
from schnittstellen.catalogue.services.board.common import (
    State,
    demand_text,
    held,
    note,
    related,
    vendor_of,
)
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.notifying import letters
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

LEVELS = (1, 2, 3)
NO_DECLARATION = Fault(
    "F373",
    N_("Das ist keine Erklärung zu einem Ihrer Programme."),
    N_("Erklären Sie zuerst, welche Rolle welches Standards die Version unterstützt."),
    http=404,
)
BAD_EVIDENCE = Fault(
    "F374",
    N_("Der Antrag nennt keinen Nachweis, oder einen, der nicht zu dieser Erklärung gehört."),
    N_("Wählen Sie mindestens einen Nachweis der Erklärung aus; neue reichen Sie vorher ein."),
    http=422,
)
OPEN_ALREADY = Fault(
    "F375",
    N_("Zu dieser Erklärung läuft schon ein Antrag."),
    N_("Ergänzen Sie den laufenden Antrag, oder ziehen Sie ihn zurück."),
    http=409,
)
BAD_LEVEL = Fault(
    "F376",
    N_("Diese Stufe kann kein Lauf belegen."),
    N_("Möglich sind die Stufen 1 bis 3; Stufe 4 ist die Entscheidung des Beirats selbst."),
    http=422,
)
FAULTS = (NO_DECLARATION, BAD_EVIDENCE, OPEN_ALREADY, BAD_LEVEL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vendor asks for. `evidence` are digests of reports; `level` is what runs shall prove at least."""

    declaration: int
    evidence: frozenset[str]
    level: int
    statement: str = ""


def declarations(vendor: str) -> "QuerySet[Declaration]":
    """What the vendor may apply for: whatever is declared of products that are there."""
    rows = Declaration.objects.filter(release__product__vendor__key=vendor, release__product__merged_into=None)
    return rows.select_related("release__product__vendor", "role__version__standard").order_by(
        "release__product__name", "release__version", "role__version__standard__title", "pk"
    )


def evidence_of(declaration: int) -> list[Evidence]:
    """Evidence that an application may rest on, the newest first."""
    return list(Evidence.objects.filter(declaration_id=declaration).order_by("-run_at", "-pk"))


def apply(viewer: Viewer, vendor: str, asked: Asked, day: date) -> Application:
    """One application for one declaration. Raises `SchnittstellenError` (F144, F372–F376)."""
    own_vendor(viewer, vendor)
    statement = demand_text(asked.statement, least=0)
    of = declarations(vendor).filter(pk=asked.declaration).first()
    if of is None:
        raise SchnittstellenError(NO_DECLARATION)
    if asked.level not in LEVELS:
        raise SchnittstellenError(BAD_LEVEL)
    rows = _evidence(of.pk, asked.evidence)
    try:
        with transaction.atomic():
            made = Application.objects.create(declaration=of, level=asked.level, statement=statement, made_on=day)
            made.evidence.set(rows)
            note(made, None, {"state": "open", "level": asked.level, "evidence": sorted(asked.evidence)})
            letters.write(made, letters.Kind.APPLIED, made.key)
    except IntegrityError:
        raise SchnittstellenError(OPEN_ALREADY) from None
    return made


def rest_on(viewer: Viewer, key: str, evidence: frozenset[str]) -> Application:
    """The vendor names other evidence; votes about the older do not count any more.

    Raises `SchnittstellenError` (F144, F370, F371, F374).
    """
    with transaction.atomic():
        found = held(viewer, key)
        own_vendor(viewer, vendor_of(found))
        before = digests(found)
        if before != evidence:
            found.evidence.set(_evidence(found.declaration_id, evidence))
            found.basis += 1
            found.save(update_fields=["basis"])
            note(found, {"evidence": sorted(before)}, {"evidence": sorted(evidence)})
    return found


def withdraw(viewer: Viewer, key: str, day: date) -> Application:
    """The vendor takes it back; another one may follow. Raises `SchnittstellenError` (F144, F370, F371)."""
    with transaction.atomic():
        found = held(viewer, key)
        own_vendor(viewer, vendor_of(found))
        found.state, found.ended_on = State.WITHDRAWN, day
        found.save(update_fields=["state", "ended_on"])
        note(found, {"state": "open"}, {"state": "withdrawn"})
    return found


def of_vendor(vendor: str) -> "QuerySet[Application]":
    """All applications of a vendor, the newest first."""
    return related().filter(declaration__release__product__vendor__key=vendor)


def digests(of: Application) -> frozenset[str]:
    """Digests of the reports that it rests on."""
    return frozenset(of.evidence.values_list("report_sha256", flat=True))


def _evidence(declaration: int, named: Iterable[str]) -> list[Evidence]:
    wanted = set(named)
    rows = list(Evidence.objects.filter(declaration_id=declaration, report_sha256__in=wanted))
    if not wanted or {one.report_sha256 for one in rows} != wanted:
        raise SchnittstellenError(BAD_EVIDENCE)
    return rows
