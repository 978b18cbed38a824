"""From the application to the decision: each rule once kept and once broken, and what the chain says afterwards."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from schnittstellen.catalogue.models import Application, Declaration, Entry, Member
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.board import applying, deciding, duties, proposing, questions
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.catalogue.services.board.questions import Said
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.disputing import deciding as decide_on_objection
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Duty, Revocation
from schnittstellen.domain.refusals import Refused
from tests.catalogue.board.making import (
    BOARD,
    FINDING,
    OTHER,
    TODAY,
    VENDOR,
    WAIVABLE,
    agree,
    applied,
    day,
    declared,
    member,
    proposed,
)
from tests.catalogue.making import municipality, product, prove, vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db: None) -> list[User]:
    return [member(name) for name in ("ada", "bea", "cem")]


def refused(code: str, deed: Any, *given: Any) -> None:
    with pytest.raises(SchnittstellenError) as caught:
        deed(*given)
    assert caught.value.fault.code == code


def decide(of: Application, on: int = 0) -> Application:
    return deciding.decide(BOARD, of.key, Application.objects.get(pk=of.pk).basis, day(on))


def against(of: Application, on: int = 0) -> tuple[str, ...]:
    """The codes of all reasons; nothing is recorded."""
    with pytest.raises(Refused) as caught:
        decide(of, on)
    assert not Entry.objects.filter(kind="decision").exists()
    assert Application.objects.get(pk=of.pk).state == "open"
    return caught.value.codes


def level(of: Declaration) -> int:
    return int(levels([of.pk], TODAY)[of.pk])


def bodies(kind: str) -> list[dict[str, Any]]:
    return [json.loads(bytes(one.body)) for one in Entry.objects.filter(kind=kind).order_by("number")]


# --- applying


def test_one_open_application_for_a_declaration(board: list[User]) -> None:
    first = applied()
    run = first.evidence.get()
    asked = Asked(first.declaration_id, frozenset({run.report_sha256}), 1)
    refused("F375", applying.apply, VENDOR, "musterhaus", asked, TODAY)
    applying.withdraw(VENDOR, first.key, TODAY)
    second = applying.apply(VENDOR, "musterhaus", asked, TODAY)
    assert (second.state, Application.objects.get(pk=first.pk).state) == ("open", "withdrawn")
    refused("F371", applying.withdraw, VENDOR, first.key, TODAY)


def test_what_an_application_must_name() -> None:
    of = declared()
    run, foreign = prove(of), prove(declared("andere@1.0"))
    good = Asked(of.pk, frozenset({run.report_sha256}), 1)
    product("fremdes", vendor=vendor("fremd"))
    not_own = declared("fremdes@1.0")
    for code, asked in (
        ("F373", Asked(not_own.pk, good.evidence, 1)),
        ("F373", Asked(0, good.evidence, 1)),
        ("F374", Asked(of.pk, frozenset(), 1)),
        ("F374", Asked(of.pk, frozenset({foreign.report_sha256}), 1)),
        ("F376", Asked(of.pk, good.evidence, 4)),
        ("F376", Asked(of.pk, good.evidence, 0)),
        ("F372", Asked(of.pk, good.evidence, 1, "x" * 5001)),
    ):
        refused(code, applying.apply, VENDOR, "musterhaus", asked, TODAY)
    refused("F144", applying.apply, OTHER, "musterhaus", good, TODAY)
    assert not Application.objects.exists()


STRANGERS = (PUBLIC, OTHER, Viewer(municipalities=frozenset({"05999001"})))


@pytest.mark.parametrize("viewer", STRANGERS)
def test_nobody_else_learns_that_there_is_an_application(board: list[User], viewer: Viewer) -> None:
    of = proposed(applied())
    asked = questions.ask(BOARD, of.key, "", Said("Warum?"), TODAY)
    for deed in (
        lambda key: applying.withdraw(viewer, key, TODAY),
        lambda key: applying.rest_on(viewer, key, frozenset()),
        lambda key: questions.ask(viewer, key, "", Said("?"), TODAY),
        lambda key: proposing.propose(viewer, key, proposing.Draft(granted=False)),
        lambda key: proposing.vote(viewer, board[0], key, of.basis, (True, "")),
        lambda key: deciding.decide(viewer, key, of.basis, TODAY),
    ):
        refused("F370", deed, of.key)
        refused("F370", deed, "gibt-es-nicht")
    for say in (lambda key: questions.say(viewer, key, Said("!")), lambda key: questions.settle(viewer, key)):
        refused("F377", say, asked.key)
        refused("F377", say, "gibt-es-nicht")


def test_vendor_and_board_do_each_only_what_is_theirs(board: list[User]) -> None:
    of = proposed(applied())
    asked = questions.ask(BOARD, of.key, "", Said("Warum?"), TODAY)
    refused("F144", applying.withdraw, BOARD, of.key, TODAY)
    refused("F144", applying.rest_on, BOARD, of.key, frozenset({"0"}))
    refused("F144", questions.say, OPERATOR, asked.key, Said("!"))
    for viewer in (VENDOR, OPERATOR, Viewer(vendor="musterhaus", board=True)):
        refused("F400", questions.ask, viewer, of.key, "", Said("?"), TODAY)
        refused("F400", questions.settle, viewer, asked.key)
        refused("F400", proposing.propose, viewer, of.key, proposing.Draft(granted=False))
        refused("F400", deciding.decide, viewer, of.key, of.basis, TODAY)


# --- voting


def test_two_agree_and_the_declaration_is_certified(board: list[User]) -> None:
    of = proposed(applied(), reason="Alles geprüft.")
    agree(of, *board[:2])
    assert level(of.declaration) == 1
    ended = decide(of)
    assert (ended.state, level(of.declaration)) == ("granted", 4)
    told = bodies("decision")[0]
    assert told["id"] == ended.decision == f"001-{of.key}"
    assert (told["granted"], told["votes"], told["lapses_on"]) == (True, 2, day(365).isoformat())
    assert "Alles geprüft" not in json.dumps(told)
    refused("F371", deciding.decide, BOARD, of.key, ended.basis, TODAY)
    refused("F371", proposing.vote, BOARD, board[2], of.key, ended.basis, (True, ""))
    assert len(bodies("decision")) == 1


def test_one_vote_is_too_few_however_often_it_is_given(board: list[User]) -> None:
    of = proposed(applied())
    agree(of, board[0], board[0])
    assert of.votes.count() == 1
    assert against(of) == ("B017", "B002")


def test_a_vote_may_be_changed_until_it_is_decided(board: list[User]) -> None:
    of = proposed(applied())
    agree(of, *board[:2])
    proposing.vote(BOARD, board[1], of.key, of.basis, (False, "Doch nicht."))
    assert against(of) == ("B002", "B018")
    agree(of, board[1])
    assert decide(of).state == "granted"


def test_whoever_belongs_to_the_vendor_does_not_vote(board: list[User]) -> None:
    of = proposed(applied())
    both = member("beides", vendor())
    refused("F400", proposing.vote, BOARD, both, of.key, of.basis, (True, ""))
    refused("F400", proposing.vote, Viewer(vendor="musterhaus", board=True), both, of.key, of.basis, (True, ""))
    stranger = User.objects.create_user("niemand")
    refused("F400", proposing.vote, BOARD, stranger, of.key, of.basis, (True, ""))
    assert not of.votes.exists()


def test_a_vote_of_somebody_who_joined_the_vendor_or_left_the_board_since(board: list[User]) -> None:
    of = proposed(applied())
    agree(of, *board)
    Member.objects.create(user=board[0], role="vendor", vendor=vendor())
    assert against(of) == ("B004",)
    Member.objects.filter(user=board[0], role="vendor").delete()
    Member.objects.filter(user__in=board[:2], role="board").delete()
    assert against(of) == ("B017", "B002")


def test_votes_are_about_what_was_proposed_and_named_then(board: list[User]) -> None:
    of = proposed(applied())
    agree(of, *board)
    old = of.basis
    proposed(of, lapses_on=day(30))
    assert against(of) == ("B017", "B002")
    refused("F381", proposing.vote, BOARD, board[0], of.key, old, (True, ""))
    refused("F381", deciding.decide, BOARD, of.key, old, TODAY)
    agree(of, *board)
    more = prove(of.declaration)
    applying.rest_on(VENDOR, of.key, frozenset({more.report_sha256}))
    assert against(of) == ("B017", "B002")
    agree(of, *board)
    decide(of)
    assert bodies("decision")[0]["evidence"] == [more.report_sha256]


def test_without_a_proposal_there_is_nothing_to_vote_about(board: list[User]) -> None:
    of = applied()
    refused("F380", proposing.vote, BOARD, board[0], of.key, of.basis, (True, ""))
    refused("F380", deciding.decide, BOARD, of.key, of.basis, TODAY)


# --- what the rules demand


def test_all_reasons_at_once(board: list[User]) -> None:
    of = applied(verdict="failed", cause="product", failing=[FINDING, WAIVABLE])
    questions.ask(BOARD, of.key, FINDING, Said("Warum?"), TODAY)
    proposed(of, lapses_on=day(731), waived={WAIVABLE: " "})
    assert set(against(of)) == {"B002", "B017", "B005", "B008", "B010", "B011", "B014"}
    assert {one.fault.code for one in deciding.missing(of, TODAY)} == {"B005", "B014"}


def test_a_waiver_takes_three_votes_and_a_reason(board: list[User]) -> None:
    of = proposed(
        applied(verdict="failed", cause="product", failing=[WAIVABLE]), waived={WAIVABLE: "Kein Verfahren sendet das."}
    )
    agree(of, *board[:2])
    assert against(of) == ("B002",)
    agree(of, board[2])
    decide(of)
    assert bodies("decision")[0]["waived"] == [WAIVABLE]
    assert "Kein Verfahren" not in json.dumps(bodies("decision"))
    assert level(of.declaration) == 4


def test_a_finding_that_the_rules_do_not_name_is_not_waived(board: list[User]) -> None:
    of = proposed(applied(verdict="failed", cause="product", failing=[FINDING]), waived={FINDING: "Trotzdem."})
    agree(of, *board)
    assert against(of) == ("B007",)


def test_the_level_that_was_asked_for_must_be_proven(board: list[User]) -> None:
    of = declared()
    run = prove(of, reach=1)
    low = applying.apply(VENDOR, "musterhaus", Asked(of.pk, frozenset({run.report_sha256}), 2), TODAY)
    proposed(low)
    agree(low, *board)
    assert against(low) == ("B005",)
    endpoint = prove(of, reach=2)
    applying.rest_on(VENDOR, low.key, frozenset({run.report_sha256, endpoint.report_sha256}))
    agree(low, *board)
    assert decide(low).state == "granted"


def test_evidence_that_is_too_old_does_not_carry(board: list[User]) -> None:
    of = proposed(applied(), lapses_on=day(740))
    agree(of, *board)
    assert "B005" in against(of, on=735)


def test_rules_count_from_their_day_on(board: list[User]) -> None:
    of = proposed(applied(days_ago=900), lapses_on=day(-500))
    agree(of, *board)
    assert "B001" in against(of, on=-800)


@pytest.mark.parametrize("granted", [True, False])
def test_an_open_objection_is_decided_first(board: list[User], granted: bool) -> None:
    of = applied(verdict="failed", cause="product", failing=[FINDING])
    prove(of.declaration, days_ago=9)
    made = contests.contest(VENDOR, of.evidence.get(), FINDING, "Das Element ist freiwillig.", TODAY)
    proposed(of, granted=granted, reason="Noch nicht.")
    agree(of, *board)
    assert "B009" in against(of)
    decide_on_objection.propose(BOARD, board[0], made.key, upheld=True, answer="Ja.", day=TODAY)
    assert "B009" in against(of), "one member does not decide"
    decide_on_objection.vote(BOARD, board[1], made.key, (True, ""), TODAY)
    assert decide(of).state == ("granted" if granted else "refused")


def test_questions_are_answered_or_settled_first(board: list[User]) -> None:
    of = proposed(applied())
    first, second = (questions.ask(BOARD, of.key, "", Said(text), TODAY) for text in ("Warum?", "Wie?"))
    agree(of, *board)
    assert against(of) == ("B010",)
    questions.say(VENDOR, first.key, Said("Darum."))
    assert against(of) == ("B010",)
    questions.settle(BOARD, second.key)
    assert decide(of).state == "granted"


PROPOSALS: list[dict[str, Any]] = [
    {"lapses_on": None},
    {"duties": (Duty("Handbuch"),)},
    {"duties": (Duty(" ", TODAY),)},
    {"duties": tuple(Duty(str(one), TODAY) for one in range(21))},
    {"waived": {"X999": "gibt es nicht"}},
]


@pytest.mark.parametrize("draft", PROPOSALS)
def test_a_proposal_is_whole(draft: dict[str, Any]) -> None:
    of = applied()
    refused("F382", lambda: proposed(of, **draft))
    assert Application.objects.get().proposed is None


# --- refusing


def test_a_refusal_is_a_fact_with_every_reason(board: list[User]) -> None:
    of = applied(verdict="failed", cause="product", failing=[FINDING, WAIVABLE])
    proposed(of, granted=False, reason="Der Befund bleibt.")
    agree(of, *board[:2])
    ended = decide(of)
    told = bodies("decision")[0]
    assert (ended.state, told["granted"], told["votes"], told["waived"]) == ("refused", False, 2, [])
    assert "bleibt" not in json.dumps(told)
    assert [one.fault.code for one in deciding.spoke_against(ended)] == ["B005", "B014", "B014"]
    again = applying.apply(VENDOR, "musterhaus", Asked(of.declaration_id, applying.digests(of), 1), TODAY)
    assert again.state == "open"


def test_a_refusal_takes_votes_and_a_reason_but_no_answers(board: list[User]) -> None:
    of = proposed(applied(), granted=False)
    questions.ask(BOARD, of.key, "", Said("Warum?"), TODAY)
    agree(of, board[0])
    assert set(against(of)) == {"B002", "B015", "B017"}
    proposed(of, granted=False, reason="Keine Antwort seit einem Jahr.")
    agree(of, *board[:2])
    assert decide(of).state == "refused"
    assert level(of.declaration) == 1


def test_the_newer_of_two_decisions_of_a_day_governs(board: list[User]) -> None:
    first = proposed(applied())
    agree(first, *board)
    decide(first)
    second = applied(first.declaration)
    proposed(second, granted=False, reason="Zurückgenommen.")
    agree(second, *board)
    decide(second)
    assert [one["id"][:4] for one in bodies("decision")] == ["001-", "002-"]
    assert level(first.declaration) == 1


# --- duties


@pytest.fixture
def certified(board: list[User]) -> Application:
    of = proposed(applied(), duties=(Duty("Handbuch ergänzen", day(30)), Duty("Fehlertexte", day(60))))
    agree(of, *board)
    return decide(of)


def test_a_duty_is_met_when_the_vendor_said_so_and_the_board_agrees(certified: Application) -> None:
    key = certified.key
    refused("F385", duties.confirm, BOARD, key, 0, TODAY)
    refused("F144", duties.say_met, BOARD, key, 0, "Wir?", TODAY)
    duties.say_met(VENDOR, key, 0, "Kapitel 3.", day(2))
    refused("F400", duties.confirm, VENDOR, key, 0, TODAY)
    duties.confirm(BOARD, key, 0, TODAY)
    told = bodies("duty_met")[0]
    assert (told["decision"], told["duty"], told["on"]) == (certified.decision, 0, day(2).isoformat())
    refused("F384", duties.confirm, BOARD, key, 0, TODAY)
    refused("F384", duties.say_met, VENDOR, key, 0, "Noch einmal.", day(3))
    assert [one.number for one in duties.waiting(TODAY)] == [1]
    for viewer in STRANGERS:
        refused("F383", duties.one, viewer, key, 1)
    refused("F383", duties.confirm, BOARD, key, 7, TODAY)


def test_a_duty_that_is_not_met_comes_back_with_the_reason(certified: Application) -> None:
    duties.say_met(VENDOR, certified.key, 0, "Fertig.", day(2))
    duties.decline(BOARD, certified.key, 0, ("Kapitel 3 fehlt.", TODAY))
    assert duties.one(VENDOR, certified.key, 0).answer == "Kapitel 3 fehlt."
    refused("F385", duties.confirm, BOARD, certified.key, 0, TODAY)
    assert bodies("duty_met") == []


def test_duties_of_a_decision_that_was_taken_back_are_over(certified: Application) -> None:
    duties.say_met(VENDOR, certified.key, 0, "Fertig.", day(2))
    recording.revoke(certified.declaration, Revocation(certified.decision, TODAY, "Beispiel"))
    refused("F386", duties.confirm, BOARD, certified.key, 0, TODAY)
    refused("F386", duties.say_met, VENDOR, certified.key, 1, "Fertig.", TODAY)
    assert duties.waiting(TODAY) == []


def test_a_decision_that_is_taken_back_later_holds_until_then(certified: Application) -> None:
    duties.say_met(VENDOR, certified.key, 0, "Fertig.", TODAY)
    recording.revoke(certified.declaration, Revocation(certified.decision, day(3), "Beispiel"))
    assert len(duties.waiting(day(2))) == 2
    assert duties.waiting(day(3)) == []
    refused("F386", duties.confirm, BOARD, certified.key, 0, day(3))
    duties.confirm(BOARD, certified.key, 0, day(2))


def test_duties_of_an_older_decision_are_over(certified: Application, board: list[User]) -> None:
    newer = proposed(applied(certified.declaration), granted=False, reason="Nein.")
    agree(newer, *board)
    decide(newer)
    refused("F386", duties.say_met, VENDOR, certified.key, 0, "Fertig.", TODAY)
    assert duties.waiting(TODAY) == []


def test_nothing_private_is_in_the_chain(certified: Application) -> None:
    asked = "Vertraulich"
    municipality("05999001")
    of = applied(declared("zweites@1.0"))
    made = questions.ask(BOARD, of.key, "", Said(asked), TODAY)
    questions.say(VENDOR, made.key, Said(asked))
    assert all(asked not in bytes(one.body).decode() for one in Entry.objects.all())
