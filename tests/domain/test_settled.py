"""Words of which is known what their evidence comes to meet as those do of which it is not."""

import random
from datetime import date, timedelta

import pytest

from schnittstellen.domain.exchange import Part, Shown, Word, encounter, settled, stand
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict

DAY = date(2026, 6, 1)
PARTS = (
    Part("xm", "1.0", "sender", frozenset("ab"), frozenset("c")),
    Part("xm", "1.0", "empfaenger", frozenset("c"), frozenset("ab")),
    Part("xm", "2.0", "empfaenger", frozenset(), frozenset("ab"), ends=DAY - timedelta(1)),
)
RELEASES = ("p1@1", "p2@1", "p3@1")


def _shown(chance: random.Random, order: int) -> Shown:
    reach = Nachweisstufe(chance.choice((1, 2, 3)))
    proof = Proof(
        reach,
        chance.choice(list(Verdict)),
        DAY + timedelta(chance.randint(-4, 2)),
        chance.choice((None, *Cause)),
        chance.choice((None, DAY + timedelta(chance.randint(-3, 4)))),
        order,
    )
    with_whom = chance.choice(RELEASES) if reach is Nachweisstufe.PAIR else None
    return Shown(proof, frozenset(chance.sample("abc", chance.randint(0, 3))), with_whom)


def _word(chance: random.Random, release: str) -> Word:
    shown = tuple(_shown(chance, order) for order in range(chance.randint(0, 7)))
    confirmed = Nachweisstufe(chance.choice((0, 0, 4, 5)))
    said = frozenset(chance.sample("abc", chance.randint(0, 2)))
    return Word(release, chance.choice(PARTS), said, shown=shown, confirmed=confirmed)


@pytest.mark.parametrize("start", range(20))
def test_what_is_settled_meets_as_before(start: int) -> None:
    chance = random.Random(start)
    for _ in range(50):
        one, other = (
            [_word(chance, release) for _ in range(chance.randint(1, 3))] for release in chance.sample(RELEASES, 2)
        )
        known = [[settled(each, DAY) for each in words] for words in (one, other)]
        assert encounter(*known, DAY) == encounter(one, other, DAY)
        for words, of in zip((one, other), known, strict=True):
            for release in RELEASES:
                assert [stand(each, DAY, release) for each in of] == [stand(each, DAY, release) for each in words]


def test_evidence_is_kept_for_those_only_with_whom_it_was_made() -> None:
    failed = Proof(Nachweisstufe.PAIR, Verdict.FAILED, DAY, Cause.PRODUCT)
    alone = settled(Word("p1@1", PARTS[0], shown=(Shown(Proof(Nachweisstufe.MESSAGES, Verdict.PASSED, DAY)),)), DAY)
    tested = settled(Word("p1@1", PARTS[0], shown=(Shown(failed, counterpart="p2@1"),)), DAY)
    assert (alone.shown, alone.tested_with) == ((), frozenset())
    assert len(tested.shown) == 1
    assert stand(tested, DAY, "p2@1").refuted == failed
    assert stand(tested, DAY, "p3@1").refuted is None
