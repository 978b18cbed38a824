"""Objections, errata, revocations and the end of deviations: by the votes that the rules of the day demand, once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse

from schnittstellen.catalogue.models import Declaration, Entry, Evidence, Member, Motion
from schnittstellen.catalogue.services import board_terms
from schnittstellen.catalogue.services.board import deciding, proposing
from schnittstellen.catalogue.services.certifying import recalling
from schnittstellen.catalogue.services.disputing import cases, closing, contests
from schnittstellen.catalogue.services.disputing import deciding as objections
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting import motions
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.trust import Why
from schnittstellen.domain.voting import Reasons
from tests.catalogue.board.making import BOARD, FINDING, TODAY, VENDOR, applied, declared, member, proposed
from tests.catalogue.certificates.making import decided
from tests.catalogue.making import deploy, prove, vendor

pytestmark = pytest.mark.django_db
TOWN = Viewer(municipalities=frozenset({"05999001"}))
OLD_RULES = date(2026, 11, 15)


@pytest.fixture
def members(db: None) -> list[User]:
    return [member(name) for name in ("ada", "bea", "cem", "eva")]


def contested() -> str:
    ran = prove(declared(), verdict="failed", cause="product", failing=[FINDING])
    return contests.contest(VENDOR, Evidence.objects.get(pk=ran.pk), FINDING, "Freiwillig.", OLD_RULES).key


def deviating() -> str:
    of = declared()
    deploy("musterneu@1.0", "05999001")
    return cases.report(TOWN, "05999001", of.pk, cases.Said("Kommt nicht an."), TODAY).key


class Objecting:
    """An objection that is to be upheld."""

    kind, make = "objection_decided", staticmethod(contested)

    @staticmethod
    def propose(user: User, key: str, day: date) -> object:
        return objections.propose(BOARD, user, key, upheld=True, answer="Ja.", day=day)

    vote = staticmethod(lambda user, key, agrees, day: objections.vote(BOARD, user, key, (agrees, "Darum."), day))
    drop = staticmethod(lambda user, key, why: objections.drop(BOARD, user, key, why))


class Closing:
    """A deviation that is to be closed."""

    kind, make = "deviation_closed", staticmethod(deviating)
    propose = staticmethod(lambda user, key, day: closing.propose(BOARD, user, key, "Behoben.", day))
    vote = staticmethod(lambda user, key, agrees, day: closing.vote(BOARD, user, key, (agrees, "Darum."), day))
    drop = staticmethod(lambda user, key, why: closing.drop(BOARD, user, key, why))


class Recalling:
    """A certificate that is to be revoked."""

    kind, make = "revocation", staticmethod(decided)

    @staticmethod
    def propose(user: User, key: str, day: date) -> object:
        return recalling.propose(BOARD, user, key, recalling.Said(Why.ERROR, day, "Irrtum."), day)

    vote = staticmethod(lambda user, key, agrees, day: recalling.vote(BOARD, user, key, (agrees, "Darum."), day))
    drop = staticmethod(lambda user, key, why: recalling.drop(BOARD, user, key, why, TODAY))


ALL: list[Any] = [Objecting, Closing, Recalling]
each = pytest.mark.parametrize("what", ALL, ids=lambda it: it.__name__)


def done(what: Any) -> bool:
    return Entry.objects.filter(kind=what.kind).exists()


def code(call: Callable[[], object]) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()
    return caught.value.fault.code


@each
def test_one_member_does_not_decide_and_two_do_once(what: Any, members: list[User]) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    what.vote(members[0], key, True, TODAY)
    assert not done(what), "one member, however often"
    what.vote(members[1], key, True, TODAY)
    assert done(what)
    assert Entry.objects.filter(kind=what.kind).count() == 1
    assert code(lambda: what.vote(members[2], key, True, TODAY)) in ("F399", "F405", "F428")
    assert Motion.objects.get().state == "done"


@each
def test_a_vote_against_has_to_be_outweighed(what: Any, members: list[User]) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    for one in members[1:3]:
        what.vote(one, key, False, TODAY)
    what.vote(members[3], key, True, TODAY)
    assert not done(what), "two against two"
    what.vote(members[2], key, None, TODAY)
    assert done(what), "one of them changed the vote: two for, one against, one abstains"


@each
def test_abstentions_never_decide(what: Any, members: list[User]) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    for one in members[1:]:
        what.vote(one, key, None, TODAY)
    assert not done(what)


@each
def test_a_dropped_proposal_is_over_and_another_may_follow(what: Any, members: list[User]) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    assert code(lambda: what.propose(members[1], key, TODAY)) == "F495"
    assert code(lambda: what.drop(members[1], key, " ")) == "F401"
    what.drop(members[1], key, "Zu früh.")
    dropped = Motion.objects.get()
    assert (dropped.dropped_by, dropped.dropped_why) == ("bea", "Zu früh.")
    assert code(lambda: what.vote(members[1], key, True, TODAY)) == "F496"
    what.propose(members[1], key, TODAY)
    assert not done(what), "votes on the first proposal do not count for the second"


@each
def test_who_leaves_the_board_or_joins_the_vendor_counts_no_longer(what: Any, members: list[User]) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    Member.objects.filter(user=members[0]).delete()
    what.vote(members[1], key, True, TODAY)
    assert not done(what)
    Member.objects.create(user=members[1], role="vendor", vendor=vendor())
    assert code(lambda: what.vote(members[1], key, True, TODAY)) == "F400"
    what.vote(members[2], key, True, TODAY)
    assert not done(what)
    what.vote(members[3], key, True, TODAY)
    assert done(what)


@each
def test_only_people_of_the_board_vote(what: Any, members: list[User]) -> None:
    key = what.make()
    stranger = User.objects.create_user("fremd")
    assert code(lambda: what.propose(stranger, key, TODAY)) == "F400"
    what.propose(members[0], key, TODAY)
    assert code(lambda: what.vote(stranger, key, True, TODAY)) == "F400"
    with pytest.raises(ObjectDoesNotExist):
        Motion.objects.get().votes.get(user=stranger)


def test_by_the_rules_of_earlier_days_one_member_decided_on_an_objection(members: list[User]) -> None:
    key = contested()
    Objecting.propose(members[0], key, OLD_RULES)
    assert done(Objecting)


def test_an_upheld_objection_corrects_the_suite_with_the_same_votes(members: list[User]) -> None:
    key = contested()
    Objecting.propose(members[0], key, TODAY)
    assert not Entry.objects.filter(kind="erratum").exists()
    Objecting.vote(members[1], key, True, TODAY)
    assert Entry.objects.filter(kind="erratum").count() == 1


def test_the_municipality_that_reported_closes_alone(members: list[User]) -> None:
    key = deviating()
    Closing.propose(members[0], key, TODAY)
    cases.close(TOWN, key, "Läuft wieder.", TODAY)
    assert done(Closing)
    assert code(lambda: Closing.vote(members[1], key, True, TODAY)) == "F405"


def test_votes_against_an_application_stop_it_until_they_are_outweighed(members: list[User]) -> None:
    of = proposed(applied())
    basis = type(of).objects.get(pk=of.pk).basis
    for one, agrees in zip(members, (True, True, False, False), strict=True):
        proposing.vote(BOARD, one, of.key, basis, (agrees, "Darum."))
    with pytest.raises(Refused) as caught:
        deciding.decide(BOARD, of.key, basis, TODAY)
    assert [one.fault.code for one in caught.value.refusals] == ["B018"]
    proposing.vote(BOARD, members[3], of.key, basis, (None, "Ich enthalte mich."))
    assert deciding.decide(BOARD, of.key, basis, TODAY).state == "granted"


def told_to_applicants(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition of the rules by which the applicant reads why members agreed to a refusal."""
    now = board_terms.rules(TODAY)
    edition = replace(now, voting=replace(now.voting, reasons=Reasons.APPLICANT))
    monkeypatch.setattr(board_terms, "editions", lambda: (edition,))


@each
def test_who_votes_against_says_why(what: Any, members: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    key = what.make()
    what.propose(members[0], key, TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(motions, "demand_reason", lambda *_: pytest.fail("asked before"))
        assert code(lambda: what.vote(member("fremd", vendor()), key, False, TODAY)) == "F400"
    what.vote(members[1], key, False, TODAY)
    assert [(one.name, one.remark) for one in Motion.objects.get().votes.all()] == [("ada", ""), ("bea", "Darum.")]


def test_an_empty_reason_is_none(members: list[User]) -> None:
    key = deviating()
    of = proposed(applied(Declaration.objects.get()))
    basis = type(of).objects.get(pk=of.pk).basis
    assert code(lambda: proposing.vote(BOARD, members[0], of.key, basis, (False, " "))) == "F481"
    proposing.vote(BOARD, members[0], of.key, basis, (None, ""))
    closing.propose(BOARD, members[0], key, "Behoben.", TODAY)
    assert code(lambda: closing.vote(BOARD, members[1], key, (False, ""), TODAY)) == "F481"
    closing.vote(BOARD, members[1], key, (True, ""), TODAY)
    assert Motion.objects.get().state == "done"


def refused_for(members: list[User]) -> list[str]:
    """What the vendor reads of a refusal to which two members agreed, one of them in words."""
    of = proposed(applied(), granted=False, reason="Kein Handbuch.")
    basis = type(of).objects.get(pk=of.pk).basis
    for one, remark in zip(members, ("", "Der Lauf ist von gestern."), strict=False):
        proposing.vote(BOARD, one, of.key, basis, (True, remark))
    deciding.decide(BOARD, of.key, basis, TODAY)
    firm, user = Client(), User.objects.create_user("firma")
    Member.objects.create(user=user, role="vendor", vendor=vendor())
    firm.force_login(user)
    return [firm.get(reverse("own-application-decision", args=(of.key,))).text]


def test_the_vendor_reads_what_members_wrote_only_where_the_rules_say_so(members: list[User]) -> None:
    (page,) = refused_for(members)
    assert "Kein Handbuch." in page
    assert "Der Lauf ist von gestern." not in page


def test_the_vendor_reads_all_reasons_at_once_without_names(
    members: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_to_applicants(monkeypatch)
    (page,) = refused_for(members)
    assert "Kein Handbuch." in page
    assert "Ein Mitglied schreibt dazu: Der Lauf ist von gestern." in page
    assert "bea" not in page


def test_the_board_reads_remarks_and_why_a_proposal_was_withdrawn_and_others_do_not(members: list[User]) -> None:
    key = deviating()
    closing.propose(BOARD, members[0], key, "Behoben.", TODAY)
    closing.vote(BOARD, members[1], key, (False, "Ist es nicht."), TODAY)
    board, page = Client(), f"/abweichungen/{key}"
    board.force_login(members[2])
    assert "bea: Ist es nicht." in board.get(page).text
    sent = {"tun": "verwerfen", "remark": "Bea hat recht."}
    assert board.post(page, {"tun": "verwerfen"}).status_code == 422
    assert board.post(page, sent).status_code == 302
    assert "cem: Bea hat recht." in board.get(page).text
    assert "Bea hat recht" not in Client().get(page).text
    assert "Ist es nicht" not in Client().get(page).text
