"""What the evidence of one declaration comes to on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from schnittstellen.domain.exchange.terms import NONE, Ids, Shown, Stand, Word
from schnittstellen.domain.levels import Nachweisstufe, Proof, level
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
    if word.known is not None:
        return word.known
    there = [one for one in word.shown if one.proof.on <= day]
    reached = level((one.proof for one in there), day)
    deciding = [one for one in there if one.proof.decides]
    refuted = _contradiction(deciding, against)
    green = [one.proof for one in deciding if is_green(one.proof.verdict)]
    lapsed = [proof.lapses_on for proof in green if proof.lapses_on is not None and proof.lapses_on <= day]
    return Stand(
        max(reached, word.confirmed),
        _covered(deciding, reached, day),
        refuted,
        max(lapsed, default=None) if max(reached, word.confirmed) is Nachweisstufe.DECLARED else None,
        silent=bool(there) and not deciding,
        any=bool(there),
    )


def settled(word: Word, day: date, against: str | None = None) -> Word:
    """The word with what its evidence comes to against `against`, or where that is the same against everybody."""
    if against is None and any(one.counterpart for one in word.shown):
        return word
    return replace(word, known=stand(word, day, against))


def _contradiction(deciding: Sequence[Shown], against: str | None) -> Proof | None:
    newest: dict[Nachweisstufe, Shown] = {}
    for one in sorted(deciding, key=_newness):
        if one.proof.reach is not Nachweisstufe.PAIR or one.counterpart == against:
            newest[one.proof.reach] = one
    failed = [one.proof for _, one in sorted(newest.items()) if not is_green(one.proof.verdict)]
    return failed[0] if failed else None


def _covered(deciding: Sequence[Shown], reached: Nachweisstufe, day: date) -> Ids:
    last: dict[tuple[Nachweisstufe, str | None], tuple[date, int]] = {}
    for one in deciding:
        if not is_green(one.proof.verdict):
            key = one.proof.reach, one.counterpart
            last[key] = max(_newness(one), last.get(key, (date.min, 0)))
    counting = (
        one.messages
        for one in deciding
        if is_green(one.proof.verdict)
        and one.proof.reach <= reached
        and one.proof.holds(day)
        and _newness(one) > last.get((one.proof.reach, one.counterpart), (date.min, -1))
    )
    return NONE.union(*counting)
