"""Deviations in operation are told to those concerned, each once, and nobody learns from that who runs what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail

from schnittstellen.catalogue.models import Case, CaseLetter, Declaration, Member
from schnittstellen.catalogue.services.disputing import cases, closing
from schnittstellen.catalogue.services.notifying.delivering import Round
from schnittstellen.catalogue.services.viewer import Viewer
from tests.catalogue.board.making import BOARD, TODAY, VENDOR, declared, member
from tests.catalogue.making import deploy, municipality, vendor

pytestmark = pytest.mark.django_db
OWN, OTHER, ENDED, ELSEWHERE = "05999001", "05999002", "05999003", "05999004"
TOWN = Viewer(municipalities=frozenset({OWN}))


@pytest.fixture
def people(db: None) -> dict[str, User]:
    found = {name: member(name) for name in ("ada", "bea")}
    both = member("beides", vendor())
    firma = User.objects.create_user("firma", "firma@muster.example")
    Member.objects.create(user=firma, role="vendor", vendor=vendor())
    declared()
    for name, ags in (("melder", OWN), ("nachbar", OTHER), ("frueher", ENDED), ("anderswo", ELSEWHERE)):
        user = User.objects.create_user(name, f"{name}@muster.example")
        Member.objects.create(user=user, role="municipality", municipality=municipality(ags))
    deploy("musterneu@1.0", OWN)
    deploy("musterneu@1.0", OTHER)
    deploy("musterneu@1.0", ENDED, until=TODAY - timedelta(1))
    deploy("anderes@1.0", ELSEWHERE)
    return {**found, "beides": both, "firma": firma}


def told(day: date = TODAY) -> list[tuple[str, str]]:
    """To whom what was sent since the last time, by two workers that start anew."""
    for worker in (Round(), Round()):
        worker.notify(datetime.combine(day + timedelta(1), datetime.min.time(), UTC))
    found = sorted((one.to[0].split("@")[0], one.subject.split(":")[0]) for one in mail.outbox)
    texts.extend(mail.outbox)
    mail.outbox.clear()
    return found


texts: list[Any] = []


@pytest.fixture(autouse=True)
def no_texts() -> None:
    texts.clear()


def to(subject: str, *names: str) -> list[tuple[str, str]]:
    return [(name, subject) for name in sorted(names)]


def reported() -> Case:
    of = Declaration.objects.get(release__product__key="musterneu")
    return cases.report(TOWN, OWN, of.pk, cases.Said("Kommt nicht an.", "Geheim."), TODAY)


OPENED, PLANNED = "Abweichung im Betrieb gemeldet", "Abweichung im Betrieb, der Hersteller nennt einen Plan"
OVERDUE, CLOSED = "Abweichung im Betrieb nicht wie geplant behoben", "Abweichung im Betrieb abgeschlossen"
ALL = ("ada", "bea", "beides", "firma", "nachbar")


def test_each_step_is_told_once_to_those_concerned(people: dict[str, User]) -> None:
    of = reported()
    assert told() == to(OPENED, *ALL)
    cases.plan(VENDOR, of.key, "Version 2.1", TODAY + timedelta(30))
    assert told() == to(PLANNED, "ada", "bea", "melder", "nachbar")
    cases.plan(VENDOR, of.key, "Version 2.1", TODAY + timedelta(30))
    assert told() == []
    assert told(TODAY + timedelta(29)) == []
    late = to(OVERDUE, "ada", "bea", "beides", "firma", "melder")
    assert told(TODAY + timedelta(30)) == late
    assert told(TODAY + timedelta(31)) == []
    cases.close(TOWN, of.key, "Behoben.", TODAY)
    assert told(TODAY + timedelta(32)) == to(CLOSED, *ALL, "melder")
    assert told(TODAY + timedelta(40)) == []


def test_a_new_plan_is_told_and_so_is_its_day(people: dict[str, User]) -> None:
    of = reported()
    cases.plan(VENDOR, of.key, "Version 2.1", TODAY + timedelta(3))
    assert told(TODAY + timedelta(3)).count(("ada", OVERDUE)) == 1
    cases.plan(VENDOR, of.key, "Version 2.2", TODAY + timedelta(9))
    assert ("nachbar", PLANNED) in told(TODAY + timedelta(4))
    assert told(TODAY + timedelta(9)).count(("ada", OVERDUE)) == 1


def test_closed_by_the_board_it_is_told_when_it_is_carried(people: dict[str, User]) -> None:
    of = reported()
    told()
    closing.propose(BOARD, people["ada"], of.key, "Behoben.", TODAY)
    assert told() == []
    closing.vote(BOARD, people["bea"], of.key, (True, ""), TODAY)
    assert told() == to(CLOSED, *ALL, "melder")


def test_all_get_the_same_words_which_name_nobody(people: dict[str, User]) -> None:
    reported()
    told()
    assert len(texts) == len(ALL)
    assert len({(one.subject, one.body) for one in texts}) == 1
    assert {len(one.to) for one in texts} == {1}
    assert not any(one.cc or one.bcc for one in texts)
    said = texts[0].subject + texts[0].body
    assert not any(word in said for word in ("Musterstadt", OWN, OTHER, "Geheim", "Kommt nicht an"))


def test_who_is_not_told_any_more(people: dict[str, User]) -> None:
    reported()
    User.objects.filter(username="ada").update(is_active=False)
    first = set(CaseLetter.objects.values_list("user__username", flat=True))
    assert "frueher" not in first
    assert "anderswo" not in first
    of = Case.objects.get()
    cases.close(TOWN, of.key, "Behoben.", TODAY)
    assert ("ada", CLOSED) not in told()
