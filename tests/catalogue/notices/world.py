"""What tests do in the catalogue of a process of their own: python -m tests.catalogue.notices.world WHAT ..."""

import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from schnittstellen.catalogue.start import ready

END = 40
TODAY = date.today()
MAIL = "eva@muster.example"


def main(what: str, *given: str) -> None:
    ready()
    print(json.dumps(WHAT[what](*given)))


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


def make(url: str) -> list[str]:
    """A release for each cause, all of which end on day `END`; the vendor hears of it by mail and by webhook."""
    from django.contrib.auth.models import User

    from schnittstellen.catalogue.services import recording
    from schnittstellen.catalogue.services.notifying import subscribing
    from schnittstellen.catalogue.services.notifying.subscribing import Owner
    from tests.catalogue.making import vendor

    for why, ends in CAUSES.items():
        ends(why)
    recording.renew_all()
    user = User.objects.create_user("eva", MAIL)
    subscribing.by_mail(Owner(vendor=vendor()), user, TODAY)
    subscribing.by_webhook(Owner(vendor=vendor()), user, url, TODAY)
    return list(CAUSES)


def tick(offset: str) -> dict[str, Any]:
    """A worker starts on that day and asks twice; gives what feed and calendar say then."""
    from django.test import Client

    from schnittstellen.catalogue.services.news import reading
    from schnittstellen.catalogue.services.notifying.delivering import Round

    on = day(int(offset))
    now = datetime.combine(on, time(23), UTC)
    for worker in (Round(), Round()):
        worker.notify(now)
    client = Client(SERVER_NAME="localhost")
    with patch.object(reading, "localtime", lambda: now):
        feed = client.get("/neues.atom").text
    return {"feed": feed, "calendar": client.get("/termine.ics", {"on": on.isoformat()}).text}


def _certified(why: str, *, ran: int = 3, reach: int = 1, lapses: int = 300, **more: Any) -> Any:
    from schnittstellen.catalogue.models import StandardVersion
    from schnittstellen.catalogue.services import recording
    from schnittstellen.domain.facts import Decision
    from tests.catalogue.making import declare, prove, release, standard

    of = f"x{why.replace('_', '')}"
    if not StandardVersion.objects.filter(standard__key=of).exists():
        standard(f"{of}@1.0", {"a": (["anfrage"], [])})
    release(f"{of}@1.0", released=day(-300))
    about = declare(f"{of}@1.0", f"{of}@1.0", "a")
    seen = prove(about, reach=reach, days_ago=ran, messages=["anfrage"])
    evidence = frozenset({seen.report_sha256})
    recording.decide(about, Decision(f"d-{why}", TODAY, True, 3, evidence, lapses_on=day(lapses), **more))
    return about


def _duty(why: str) -> None:
    from schnittstellen.domain.facts import Duty

    _certified(why, duties=(Duty("Handbuch", day(END - 1)),))


def _new_release(why: str) -> None:
    from schnittstellen.catalogue.services.board_terms import rules
    from tests.catalogue.making import release

    of = _certified(why)
    release(f"{of.release.product.key}@2.0", released=day(END - (rules().terms.after_next_release_days or 0)))


def _version_ends(why: str) -> None:
    version = _certified(why).role.version
    version.in_force_until = day(END - 1)
    version.save()


def _retired(why: str) -> None:
    from schnittstellen.catalogue.services import recording

    recording.retire(str(_certified(why).role), "1.0.0", day(END), "neue Ausgabe")


def _revoked(why: str) -> None:
    from schnittstellen.catalogue.services import recording
    from schnittstellen.domain.facts import Revocation

    recording.revoke(_certified(why), Revocation(f"d-{why}", day(END), "Beispiel", "error"))


def _too_old(why: str, reach: int = 2) -> None:
    from schnittstellen.catalogue.services.board_terms import rules
    from schnittstellen.domain.levels import Nachweisstufe

    _certified(why, ran=rules().terms.most_days[Nachweisstufe(reach)] - END, reach=reach)


def _old_confirmation(why: str) -> None:
    from schnittstellen.catalogue.services import recording
    from schnittstellen.catalogue.services.board_terms import rules
    from schnittstellen.domain.facts import Confirmation
    from schnittstellen.domain.levels import Nachweisstufe

    of = _certified(why)
    recording.confirm(of, Confirmation("c", "", day(END - rules().terms.most_days[Nachweisstufe.OPERATION])))


CAUSES: dict[str, Any] = {
    "decision_ended": lambda why: _certified(why, lapses=END),
    "duty_missed": _duty,
    "new_release": _new_release,
    "version_ended": _version_ends,
    "suite_retired": _retired,
    "revoked": _revoked,
    "age": _too_old,
    "confirmation_old": _old_confirmation,
}
WHAT: dict[str, Any] = {"make": make, "tick": tick}

if __name__ == "__main__":
    main(*sys.argv[1:])
