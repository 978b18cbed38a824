"""The rules of the board: each reason for a refusal alone, all of them at once, and the file that ships."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.domain.board_rules import (
    FAULTS,
    Proposal,
    Rules,
    Waivable,
    against,
    against_refusing,
    needed_votes,
)
from schnittstellen.domain.facts import Duty, Erratum, Facts, Objection
from schnittstellen.domain.levels import Nachweisstufe as Stufe
from schnittstellen.domain.standing import Terms, standing
from schnittstellen.domain.voting import Vote
from schnittstellen.formats.rules import read_rules
from schnittstellen.formats.written import WrittenFormError
from tests.domain.test_standing import DAY, SUITE, days, failed, run

SHIPPED = Path(__file__).resolve().parents[2] / "registry" / "rules" / "zertifizierung.toml"
RULES = Rules(
    edition="1.0.0",
    in_force_from=date(2026, 1, 1),
    terms=Terms({Stufe.ENDPOINT: 365}, 2, 3, Stufe.ENDPOINT),
    waivable=(Waivable("A204"), Waivable("A205", "muster@1.0", reason_needed=False)),
)
TWO = (Vote("Ada", True), Vote("Bea", True), Vote("Cem", False))
THREE = (*TWO, Vote("Dirk", True))


def proposal(**changes: Any) -> Proposal:
    return replace(Proposal(DAY, "muster-software", days(365), frozenset({"e1"}), TWO), **changes)


def codes(made: Proposal, facts: Facts | None = None, rules: Rules = RULES) -> list[str]:
    return [one.fault.code for one in against(made, facts or Facts((run(),)), rules)]


def test_nothing_speaks_against_a_sound_proposal_and_the_decision_gives_level_4() -> None:
    assert codes(proposal()) == []
    facts = Facts((run(),), (proposal().decision("d1"),))
    assert facts.decisions[0].votes == 2
    assert standing(facts, RULES.terms, DAY).level is Stufe.BOARD


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"votes": TWO[1:]}, ["B002"]),
        ({"votes": (TWO[0], TWO[0])}, ["B003", "B002"]),
        ({"votes": (*TWO, Vote("Eva", True, "muster-software"))}, ["B004"]),
        ({"votes": (TWO[0], Vote("Eva", True, "muster-software"))}, ["B004", "B002"]),
        ({"evidence": frozenset({"e1", "e9"})}, ["B006"]),
        ({"evidence": frozenset()}, ["B005"]),
        ({"lapses_on": days(366)}, ["B011"]),
        ({"lapses_on": DAY}, ["B013"]),
        ({"duties": (Duty("Handbuch"),)}, ["B012"]),
        ({"duties": (Duty("Handbuch", days(-1)), Duty("Texte", DAY))}, ["B016"]),
        ({"open_questions": 2}, ["B010"]),
        ({"on": date(2025, 12, 31), "lapses_on": date(2026, 6, 1)}, ["B006", "B005", "B001"]),
    ],
)
def test_each_reason_alone(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(proposal(**changes)) == expected


def test_a_member_of_the_applicant_may_vote_where_the_rules_say_so() -> None:
    votes = (TWO[0], Vote("Eva", True, "muster-software"))
    assert codes(proposal(votes=votes), rules=replace(RULES, applicant_may_vote=True)) == []


def test_too_little_is_proven() -> None:
    assert codes(proposal(), Facts((run(reach=Stufe.MESSAGES),))) == ["B005"]
    assert codes(proposal(), Facts((run(on=-400),))) == ["B005"]


def test_what_is_not_named_carries_nothing() -> None:
    named, other = run("e1", Stufe.MESSAGES), run("e2")
    assert codes(proposal(), Facts((named, other))) == ["B005"]
    assert codes(proposal(evidence=frozenset({"e1", "e2"})), Facts((named, other))) == []


def test_a_finding_that_may_be_waived() -> None:
    facts = Facts((failed("e1", "A204 X-Kopf"),))
    assert codes(proposal(), facts) == ["B005", "B014"]
    waived = proposal(votes=THREE, waived={"A204 X-Kopf": "betrifft nur alte Clients"})
    assert codes(waived, facts) == []
    assert needed_votes(waived, RULES) == 3
    assert codes(replace(waived, votes=TWO), facts) == ["B002"]
    assert codes(replace(waived, waived={"A204 X-Kopf": "  "}), facts) == ["B008"]


def test_a_finding_that_may_not_be_waived() -> None:
    facts = Facts((failed("e1", "X102"),))
    assert codes(proposal(votes=THREE, waived={"X102": "bitte"}), facts) == ["B007"]


def test_a_waiver_may_be_narrowed_to_a_standard() -> None:
    here, there = failed("e1", "A205"), failed("e1", "A205", suite="anderer@1.0/server")
    waived = proposal(votes=THREE, waived={"A205": ""})
    assert codes(waived, Facts((here,))) == []
    assert codes(waived, Facts((there,))) == ["B007"]
    assert Waivable("A205", "muster").covers("A205 Regel", SUITE[0])
    assert Waivable("A205", SUITE[0]).covers("A205", SUITE[0])
    assert not Waivable("A205", "must").covers("A205", SUITE[0])


def test_an_erratum_of_the_same_suite_takes_a_finding_away() -> None:
    facts = Facts((failed("e1", "X102"),))
    assert codes(proposal(), replace(facts, errata=(Erratum(SUITE[0], "X102", DAY),))) == []
    assert codes(proposal(), replace(facts, errata=(Erratum("andere@1/x", "X102", DAY),))) == ["B005", "B014"]


def test_a_waiver_and_an_erratum_together() -> None:
    facts = Facts((failed("e1", "X102", "A204"),), errata=(Erratum(SUITE[0], "X102", DAY),))
    assert codes(proposal(votes=THREE, waived={"A204": "betrifft niemanden"}), facts) == []


def test_an_open_objection_is_decided_first() -> None:
    open_one = Objection("o", "e1", "X102", days(-1), days(1), upheld=True)
    facts = Facts((run(), failed("e2", "X102", on=-20)), objections=(open_one,))
    assert codes(proposal(), facts) == ["B009"]
    assert codes(proposal(on=days(1)), facts) == []


def test_all_reasons_at_once() -> None:
    worst = Proposal(
        on=date(2025, 1, 1),
        applicant="muster-software",
        lapses_on=date(2028, 1, 1),
        evidence=frozenset({"e1"}),
        votes=(TWO[0], TWO[0], Vote("Eva", True, "muster-software")),
        waived={"X102": "", "A204": ""},
        duties=(Duty("Handbuch"),),
        open_questions=1,
    )
    facts = Facts(
        (failed("e1", "A204", "X999", on=-900),), objections=(Objection("o", "e1", "X999", date(2024, 7, 1)),)
    )
    assert set(codes(worst, facts)) == {
        "B001", "B002", "B003", "B004", "B005", "B007", "B008", "B009", "B010", "B011", "B012", "B014",
    }  # fmt: skip


def test_every_fault_has_its_own_code() -> None:
    assert len({one.code for one in FAULTS}) == len(FAULTS) == 18


def refusing(made: Proposal, reason: str = "Der Befund bleibt.", facts: Facts | None = None) -> list[str]:
    return [one.fault.code for one in against_refusing(made, reason, facts or Facts((run(),)), RULES)]


def test_a_refusal_needs_votes_a_reason_and_decided_objections_but_no_proof() -> None:
    assert refusing(proposal(open_questions=3)) == []
    assert refusing(proposal(waived={"A204": ""})) == []
    assert refusing(proposal(votes=TWO[1:])) == ["B002"]
    assert refusing(proposal(), " ") == ["B015"]
    assert refusing(proposal(on=date(2025, 12, 31))) == ["B001"]
    contested = Facts((failed("e1"),), objections=(Objection("w1", "e1", "X102", DAY),))
    assert refusing(proposal(), facts=contested) == ["B009"]


# --- the written form


def test_the_shipped_rules_are_readable_and_name_known_codes() -> None:
    rules = read_rules(SHIPPED)
    assert rules.terms.votes == 2
    assert rules.terms.most_days[Stufe.ENDPOINT] == 365
    assert rules.notice_days == (90, 30, 7)
    assert {one.code for one in rules.waivable} <= set(bootstrap.codes())
    assert rules.in_force_from + timedelta(days=1) > rules.in_force_from


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("votes = 2 ", "votes = 0 "),
        ("votes = 2 ", ""),
        ('code = "A204"', 'code = "*"'),
        ("most_days = 730", "most_days = -1"),
        ("level = 2 ", "level = 1 "),
        ("least_level = 1", "least_level = 4"),
        ("[board]", "[bord]"),
    ],
)
def test_rules_that_are_not_of_their_schema_are_refused(tmp_path: Path, old: str, new: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrittenFormError):
        read_rules(tmp_path / "rules.toml")


def test_a_waiver_never_needs_fewer_votes_than_a_plain_decision(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("votes_with_waiver = 3", "votes_with_waiver = 1")
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    assert read_rules(tmp_path / "rules.toml").terms.votes_with_waiver == 2
