"""What the evidence of one declaration comes to on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from schnittstellen.domain.exchange.terms import NONE, Ids, Shown, Stand, Word
from schnittstellen.domain.levels import Nachweisstufe, Proof, level_of, succeed
from schnittstellen.domain.verdict import is_green


def telling(shown: Iterable[Shown], day: date) -> tuple[Shown, ...]:
    """Those that the present follows from, newest first.

    For each reach and counterpart: the newest that decides, and, while that is green, older green ones since the last
    failure that show further messages. Where nothing decides, the newest of all. Whatever was there after `day` is left
    out; what has lapsed stays, because it explains.
    """
    there = sorted((one for one in shown if one.proof.on <= day), key=_newness, reverse=True)
    groups: dict[tuple[Nachweisstufe, str | None], list[Shown]] = {}
    for one in there:
        if one.proof.decides:
            groups.setdefault((one.proof.reach, one.counterpart), []).append(one)
    kept = [one for group in groups.values() for one in _since_failure(group)]
    return tuple(sorted(kept, key=_newness, reverse=True)) if kept else tuple(there[:1])


def _newness(one: Shown) -> tuple[date, int]:
    return one.proof.on, one.proof.order


_NOTHING_NAMED = frozenset({""})
"""A run that names no message still counts as long as it holds."""


def _since_failure(newest_first: Sequence[Shown]) -> list[Shown]:
    kept: list[Shown] = []
    seen: dict[str, list[date | None]] = {}
    for one in newest_first:
        if not is_green(one.proof.verdict):
            return kept or [one]
        shows = one.messages or _NOTHING_NAMED
        if not kept or any(_adds(one, seen.get(message, [])) for message in shows):
            kept.append(one)
            for message in shows:
                seen.setdefault(message, []).append(one.proof.lapses_on)
    return kept


def _adds(one: Shown, ends: list[date | None]) -> bool:
    """Whether a message is shown longer by `one` than by newer evidence, which lapse on `ends`."""
    lapses = one.proof.lapses_on
    return all(end is not None and (lapses is None or lapses > end) for end in ends)


def stand(word: Word, day: date, against: str | None = None) -> Stand:
    """What the evidence of a declaration comes to; a failed test with another counterpart than `against` is no
    contradiction here, but lowers the level.
    """
    if word.known is not None and against not in word.tested_with:
        return word.known
    there = [one for one in word.shown if one.proof.on <= day]
    if not there:
        return Stand(word.confirmed)
    deciding = sorted((one for one in there if one.proof.decides), key=_newness)
    reached = level_of(_newest(deciding, day), day)
    return Stand(
        max(reached, word.confirmed),
        _covered(deciding, reached, day),
        _contradiction(deciding, against),
        _lapsed(deciding, day) if max(reached, word.confirmed) is Nachweisstufe.DECLARED else None,
        silent=not deciding,
        any=True,
    )


NOBODY = ""
"""No release is called so."""


def settled(word: Word, day: date) -> Word:
    """The word with what its evidence comes to against all but those it was tested with, for whom it is kept."""
    tested_with = frozenset(one.counterpart for one in word.shown if one.counterpart)
    shown, known = (word.shown, stand(word, day, NOBODY)) if tested_with else ((), stand(word, day))
    return Word(word.release, word.part, word.messages, word.options, shown, known, word.confirmed, tested_with)


def _newest(deciding_in_order: Iterable[Shown], day: date) -> dict[Nachweisstufe, Proof]:
    found: dict[Nachweisstufe, Proof] = {}
    for one in deciding_in_order:
        succeed(found, one.proof, day)
    return found


def _lapsed(deciding: Iterable[Shown], day: date) -> date | None:
    """The last day on which something green lapsed."""
    ends = (one.proof.lapses_on for one in deciding if is_green(one.proof.verdict))
    return max((end for end in ends if end is not None and end <= day), default=None)


def _contradiction(deciding_in_order: Iterable[Shown], against: str | None) -> Proof | None:
    newest: dict[Nachweisstufe, Proof] = {}
    for one in deciding_in_order:
        if one.proof.reach is not Nachweisstufe.PAIR or one.counterpart == against:
            newest[one.proof.reach] = one.proof
    failed = [reach for reach, proof in newest.items() if not is_green(proof.verdict)]
    return newest[min(failed)] if failed else None


def _covered(deciding: Sequence[Shown], reached: Nachweisstufe, day: date) -> Ids:
    last: dict[tuple[Nachweisstufe, str | None], tuple[date, int]] = {}
    for one in deciding:
        if not is_green(one.proof.verdict):
            last[one.proof.reach, one.counterpart] = _newness(one)
    counting = [
        one.messages
        for one in deciding
        if one.proof.reach <= reached
        and is_green(one.proof.verdict)
        and one.proof.holds(day)
        and ((one.proof.reach, one.counterpart) not in last or _newness(one) > last[one.proof.reach, one.counterpart])
    ]
    return NONE.union(*counting)
