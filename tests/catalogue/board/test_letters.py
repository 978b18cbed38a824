"""Mails about applications: to those concerned, each once, and nothing in them but that something happened."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail

from schnittstellen.catalogue.models import Application, Letter, Member
from schnittstellen.catalogue.services.board import applying, deciding, duties, questions
from schnittstellen.catalogue.services.board.questions import Said
from schnittstellen.catalogue.services.notifying import letters
from schnittstellen.catalogue.services.notifying.delivering import Round
from schnittstellen.catalogue.services.notifying.outbox import LEASE, PAUSES
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Duty
from tests.catalogue.board.making import BOARD, TODAY, VENDOR, agree, applied, day, member, proposed
from tests.catalogue.making import vendor

pytestmark = pytest.mark.django_db
SECRET = "Vertraulich"


def later(**more: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=1) + timedelta(**more)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    found = {name: member(name) for name in ("ada", "bea")}
    found["both"] = member("beides", vendor())
    found["firma"] = User.objects.create_user("firma", "firma@muster.example")
    Member.objects.create(user=found["firma"], role="vendor", vendor=vendor())
    fremd = User.objects.create_user("fremd", "fremd@muster.example")
    Member.objects.create(user=fremd, role="vendor", vendor=vendor("fremd"))
    User.objects.create_user("niemand", "niemand@muster.example")
    return found


def told() -> list[tuple[str, str]]:
    """To whom what was sent since the last time."""
    letters.deliver(later())
    found = sorted((one.to[0].split("@")[0], one.subject.split(":")[0]) for one in mail.outbox)
    mail.outbox.clear()
    return found


def to(subject: str, *names: str) -> list[tuple[str, str]]:
    return [(name, subject) for name in names]


def test_each_step_is_told_once_to_the_other_side(people: dict[str, User]) -> None:
    of = applied()
    assert told() == to("Neuer Antrag auf Zertifizierung", "ada", "bea")
    asked = questions.ask(BOARD, of.key, "", Said(SECRET), TODAY)
    assert told() == to("Rückfrage des IT-Digitalbeirats", "beides", "firma")
    questions.say(VENDOR, asked.key, Said(SECRET))
    assert told() == to("Antwort auf eine Rückfrage", "ada", "bea")
    proposed(of, duties=(Duty("Handbuch", day(9)),))
    agree(of, people["ada"], people["bea"])
    assert told() == []
    deciding.decide(BOARD, of.key, Application.objects.get().basis, TODAY)
    assert told() == to("Der IT-Digitalbeirat hat entschieden", "beides", "firma")
    for _ in range(2):
        duties.say_met(VENDOR, of.key, 0, SECRET, TODAY)
        assert told() == to("Auflage als erfüllt gemeldet", "ada", "bea")
        duties.decline(BOARD, of.key, 0, (SECRET, TODAY))
        assert told() == to("Auflage geprüft", "beides", "firma")
    assert told() == []


def test_the_mail_says_where_to_read_it_and_nothing_else(people: dict[str, User]) -> None:
    of = applied()
    questions.ask(BOARD, of.key, "", Said(SECRET), TODAY)
    letters.deliver(later())
    for one in mail.outbox:
        assert SECRET not in one.body + one.subject
        assert f"/mein/antraege/{of.key}" in one.body
        assert len(one.to) == 1


def test_what_was_refused_is_not_told(people: dict[str, User]) -> None:
    of = applied()
    told()
    with pytest.raises(SchnittstellenError):
        questions.ask(BOARD, of.key, "X999", Said(SECRET), TODAY)
    with pytest.raises(SchnittstellenError):
        questions.ask(VENDOR, of.key, "", Said(SECRET), TODAY)
    applying.withdraw(VENDOR, of.key, TODAY)
    assert told() == []


def test_a_mail_server_that_fails_is_tried_again_a_bounded_number_of_times(
    people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    applied()

    def fails(*_given: object, **_more: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", fails)
        Round().notify(later())
        assert set(Letter.objects.values_list("state", "attempts")) == {("waiting", 1)}
        for number in range(len(PAUSES)):
            letters.deliver(later(days=number + 1))
    assert set(Letter.objects.values_list("state", flat=True)) == {"given_up"}
    assert told() == []


def test_a_worker_that_died_while_sending_leaves_it_to_another(people: dict[str, User]) -> None:
    applied()
    Letter.objects.update(lease="tot", next_at=later() + LEASE, attempts=1)
    assert letters.deliver(later()) == 0
    assert letters.deliver(later() + LEASE) == 2
