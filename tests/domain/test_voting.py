"""How the board votes: quorum, majority, what a vote against and an abstention do; old rules mean what they meant."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.catalogue.services.board_terms import in_force
from schnittstellen.domain.voting import Abstentions, Majority, Subject, Vote, Voting, against
from schnittstellen.formats.rules import read_rules
from schnittstellen.formats.written import WrittenFormError

RULES = Path(__file__).parents[2] / "registry" / "rules"
NEW, OLD = RULES / "zertifizierung.toml", RULES / "zertifizierung-1.0.0.toml"
WORDS: dict[str, bool | None] = {"+": True, "-": False, "o": None}


def votes(said: str) -> tuple[Vote, ...]:
    """A plus for each member who agrees, a minus against, an o for an abstention."""
    return tuple(Vote(str(number), WORDS[one]) for number, one in enumerate(said))


def codes(said: str, needed: int = 2, **how: object) -> list[str]:
    rules = Voting(**{"quorum": 2, "majority": Majority.SIMPLE, **how})  # type: ignore[arg-type]
    return [one.fault.code for one in against(votes(said), needed, rules)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("++", []),
        ("", ["B017", "B002"]),
        ("+", ["B017", "B002"]),
        ("+o", ["B002"]),
        ("+-", ["B002", "B018"]),
        ("++-", []),
        ("++--", ["B018"]),
        ("++---", ["B018"]),
        ("++o-", []),
    ],
)
def test_more_for_than_against(said: str, expected: list[str]) -> None:
    assert codes(said) == expected


@pytest.mark.parametrize(("said", "expected"), [("++-", []), ("+++--", ["B018"]), ("++++--", []), ("++o", [])])
def test_two_thirds_of_votes_for_and_against(said: str, expected: list[str]) -> None:
    assert codes(said, majority=Majority.TWO_THIRDS) == expected


@pytest.mark.parametrize(("said", "expected"), [("++", []), ("+++++-", ["B018"]), ("++ooo", [])])
def test_unanimous_is_nobody_against(said: str, expected: list[str]) -> None:
    assert codes(said, majority=Majority.UNANIMOUS) == expected


def test_whether_abstentions_count_for_the_quorum_is_a_rule() -> None:
    assert codes("++o", quorum=3) == []
    assert codes("++o", quorum=3, abstentions=Abstentions.COUNT_NOT) == ["B017"]


def test_who_belongs_to_the_vendor_is_named_and_not_counted() -> None:
    found = against((Vote("a", True), Vote("b", True, "firma")), 2, Voting(), "firma")
    assert [one.fault.code for one in found] == ["B004", "B002"]


@given(st.text("+-o", max_size=7), st.sampled_from(Majority), st.integers(1, 3), st.integers(0, 3))
def test_a_vote_against_never_helps_and_one_for_it_never_harms(
    said: str, majority: Majority, needed: int, quorum: int
) -> None:
    how = {"majority": majority, "quorum": quorum}
    enough = [one for one in codes(said, needed, **how) if one != "B017"]
    assert set(enough) <= set(codes(said + "-", needed, **how))
    assert set(codes(said + "+", needed, **how)) <= set(codes(said, needed, **how))


def test_rules_without_the_table_mean_what_they_meant() -> None:
    old = read_rules(OLD)
    assert old.voting == Voting()
    assert list(against(votes("++---"), 2, old.voting)) == []
    assert [old.voting.needed(one, old.terms.votes) for one in Subject] == [1, 2, 1]


def test_each_edition_holds_from_its_day() -> None:
    both = [read_rules(NEW), read_rules(OLD)]
    days = (date(2026, 1, 1), date(2026, 11, 1), date(2026, 11, 29), date(2026, 11, 30), date(2030, 1, 1))
    assert [in_force(both, day).edition for day in days] == ["1.0.0", "1.0.0", "1.0.0", "1.1.0", "1.1.0"]


def test_what_ships_demands_four_eyes_for_everything() -> None:
    rules = read_rules(NEW)
    assert [rules.voting.needed(one, rules.terms.votes) for one in Subject] == [2, 2, 2]
    assert rules.voting.quorum >= 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('majority = "simple"', 'majority = "most"'),
        ("quorum = 2 ", "quorum = 0 "),
        ("objections = 2 ", ""),
        ("deviations = 2 ", "deviations = 2.5 "),
        ('abstentions = "take_part"', "abstentions = true"),
        ("quorum = 2 ", "quorom = 2 "),
    ],
)
def test_a_table_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = NEW.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrittenFormError):
        read_rules(tmp_path / "rules.toml")
