"""With the clock moved forward each cause ends a certificate on its day, and its notice comes once, ahead and then."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core import mail

from schnittstellen.catalogue.models import Declaration, Member, Notice
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import certificates, recalling
from schnittstellen.catalogue.services.certifying.recalling import Said
from schnittstellen.catalogue.services.notifying import subscribing
from schnittstellen.catalogue.services.notifying.delivering import deliver
from schnittstellen.catalogue.services.notifying.due import collect
from schnittstellen.catalogue.services.notifying.subscribing import Owner
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.certified import State
from schnittstellen.domain.facts import Duty
from schnittstellen.domain.trust import Why
from tests.catalogue.certificates.making import TODAY, board, day, decided, declared
from tests.catalogue.making import release, vendor

pytestmark = pytest.mark.django_db
END = 40
BOARD = Viewer(board=True)


def _new_release(of: Declaration, _serial: str) -> None:
    of.release.released = day(-300)
    of.release.save()
    release("musterneu@2.0", released=day(END - 180))
    recording.renew_all()


def _version_ends(of: Declaration, _serial: str) -> None:
    of.role.version.in_force_until = day(END - 1)
    of.role.version.save()
    recording.renew_all()


def _revoke(_of: Declaration, serial: str) -> None:
    members = [User.objects.create_user(name) for name in ("a", "b")]
    for one in members:
        Member.objects.create(user=one, role="board")
    recalling.propose(BOARD, members[0], serial, Said(Why.RULES_BROKEN, day(END), "Beispiel"), TODAY)
    recalling.vote(BOARD, members[1], serial, (True, ""), TODAY)


CAUSES: dict[str, Callable[[Declaration, str], object]] = {
    "decision_ended": lambda _of, _serial: None,
    "duty_missed": lambda _of, _serial: None,
    "new_release": _new_release,
    "version_ended": _version_ends,
    "suite_retired": lambda of, _serial: recording.retire(str(of.role), "1.0.0", day(END), "neue Ausgabe"),
    "revoked": _revoke,
}


@pytest.mark.parametrize("why", CAUSES)
def test_each_cause_ends_it_and_is_told_once(tmp_path: Path, why: str) -> None:
    of = declared()
    more: dict[str, object] = {"lapses_on": day(END if why == "decision_ended" else 300)}
    if why == "duty_missed":
        more["duties"] = (Duty("Handbuch", day(END - 1)),)
    with board(tmp_path, server_signs=True):
        serial = decided(of, **more)
    user = User.objects.create_user("eva", "eva@muster.example")
    subscribing.by_mail(Owner(vendor=vendor()), user, TODAY)
    CAUSES[why](of, serial)
    for offset in (0, 1, 11, 33, 39, 40, 41, 60):
        for _ in range(2):
            now = datetime.combine(day(offset), time(12), UTC)
            collect(now)
            deliver(now)
    told = [
        (one.ends_on, one.before)
        for one in Notice.objects.filter(state="sent").order_by("pk")
        if why in {cause["why"] for cause in one.causes}
    ]
    assert told == [(day(END), before) for before in (90, 30, 7, 0)]
    assert len(mail.outbox) == Notice.objects.count()
    before, then = (certificates.one(serial, day(at)).stand.state for at in (END - 1, END))
    assert (before, then is State.VALID) == (State.VALID, False)
