"""Duties (Auflagen): the vendor says that one is met, the board confirms it as a fact, or says what is missing."""

import json
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Application, ApplicationDuty, Entry
from schnittstellen.catalogue.services import ledger, recording
from schnittstellen.catalogue.services.board.common import demand_text, may_read, note, vendor_of
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.notifying import letters
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

Kind = Entry.Kind
NO_DUTY = Fault(
    "F383",
    N_("Diese Auflage gibt es nicht."),
    N_("Auflagen stehen auf der Seite der Entscheidung."),
    http=404,
)
MET = Fault(
    "F384",
    N_("Diese Auflage ist schon als erfüllt eingetragen."),
    N_("Es ist nichts weiter zu tun."),
    http=409,
)
NOT_SAID = Fault(
    "F385",
    N_("Der Hersteller hat noch nicht gemeldet, dass die Auflage erfüllt ist."),
    N_("Warten Sie die Meldung ab; der Hersteller trägt sie auf dieser Seite ein."),
    http=409,
)
OVER = Fault(
    "F386",
    N_("Die Entscheidung gilt nicht mehr: Sie ist widerrufen, oder es gibt eine neuere."),
    N_("Über die Auflagen einer früheren Entscheidung wird nichts mehr eingetragen."),
    http=409,
)
FAULTS = (NO_DUTY, MET, NOT_SAID, OVER)


def say_met(viewer: Viewer, key: str, number: int, text: str, day: date) -> ApplicationDuty:
    """The vendor says how it was met. Raises `SchnittstellenError` (F144, F372, F383, F384, F386)."""
    with transaction.atomic():
        found = _held(viewer, key, number, day)
        own_vendor(viewer, vendor_of(found.application))
        found.said, found.said_on, found.answer = demand_text(text), day, ""
        found.rounds += 1
        found.save(update_fields=["said", "said_on", "answer", "rounds"])
        letters.write(found.application, letters.Kind.DUTY_SAID, _round(found))
        note(found.application, None, {"duty": number, "said_on": day.isoformat()})
    return found


def confirm(viewer: Viewer, key: str, number: int, day: date) -> ApplicationDuty:
    """The board sees it as met, since the day on which the vendor said so.

    Raises `SchnittstellenError` (F383–F386, F400).
    """
    with transaction.atomic():
        found = _said(viewer, key, number, day)
        assert found.said_on is not None
        found.met_on = found.said_on
        found.save(update_fields=["met_on"])
        of = found.application
        recording.meet_duty(of.declaration, of.decision, number, found.said_on)
        letters.write(of, letters.Kind.DUTY_ANSWERED, _round(found))
        note(of, None, {"duty": number, "met_on": found.said_on.isoformat()})
    return found


def decline(viewer: Viewer, key: str, number: int, said: tuple[str, date]) -> ApplicationDuty:
    """The board says what is missing, and on which day; the vendor may say again.

    Raises `SchnittstellenError` (F372, F383–F386, F400).
    """
    text, day = said
    with transaction.atomic():
        found = _said(viewer, key, number, day)
        found.answer, found.said_on = demand_text(text), None
        found.save(update_fields=["answer", "said_on"])
        letters.write(found.application, letters.Kind.DUTY_ANSWERED, _round(found))
        note(found.application, None, {"duty": number, "declined": True})
    return found


def one(viewer: Viewer, key: str, number: int) -> ApplicationDuty:
    """One duty, for those who may read the application. Raises `SchnittstellenError` (F383)."""
    found = related().filter(application__key=key, number=number).first()
    if found is None or not may_read(viewer, found.application):
        raise SchnittstellenError(NO_DUTY)
    return found


def waiting(day: date) -> list[ApplicationDuty]:
    """Duties of decisions that hold, not met, those that are due first before others."""
    rows = list(related().filter(met_on=None))
    newest = decisions_that_hold({one.application.declaration_id for one in rows}, day)
    return [one for one in rows if newest.get(one.application.declaration_id) == one.application.decision]


def decisions_that_hold(declarations: set[int], day: date) -> dict[int | None, str]:
    """The newest decision of each, where the board has not taken it back by `day`."""
    rows = Entry.objects.filter(declaration__in=declarations, kind__in=(Kind.DECISION, Kind.REVOCATION))
    found: dict[int | None, str] = {}
    revoked = set()
    for kind, of, on, body in rows.order_by("number").values_list("kind", "declaration_id", "on", "body"):
        said = json.loads(bytes(body))
        if kind == Kind.DECISION:
            found[of] = said["id"]
        elif on <= day:
            revoked.add(said["decision"])
    return {of: id for of, id in found.items() if id not in revoked}


def related() -> "QuerySet[ApplicationDuty]":
    """Duties with what pages say of them."""
    return ApplicationDuty.objects.select_related(
        "application__declaration__release__product__vendor", "application__declaration__role__version__standard"
    )


def _held(viewer: Viewer, key: str, number: int, day: date) -> ApplicationDuty:
    """The duty of a decision that holds, not met; locked together with the chain. Raises `SchnittstellenError`."""
    of = one(viewer, key, number).application
    Application.objects.select_for_update().get(pk=of.pk)
    ledger.alone()
    found = related().get(application=of, number=number)
    if found.met_on is not None:
        raise SchnittstellenError(MET)
    if decisions_that_hold({of.declaration_id}, day).get(of.declaration_id) != of.decision:
        raise SchnittstellenError(OVER)
    return found


def _said(viewer: Viewer, key: str, number: int, day: date) -> ApplicationDuty:
    found = _held(viewer, key, number, day)
    demand_board(viewer, vendor_of(found.application))
    if found.said_on is None:
        raise SchnittstellenError(NOT_SAID)
    return found


def _round(of: ApplicationDuty) -> str:
    """Which time it was said, so that each is told once."""
    return f"{of.pk}.{of.rounds}"
