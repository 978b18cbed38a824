"""Two declarations meet: whether two products can exchange data, how well that is proven, and why not.

Pure and the same from both ends. Unknown is never green: a message counts as proven only where evidence of its sender
shows it and the receiver is proven too (see `_is_proven`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from schnittstellen.domain.levels import Nachweisstufe, Proof, level
from schnittstellen.domain.verdict import is_green

_Thing = TypeVar("_Thing")

ALL = "*"
"""Stands for every message or operation of a role."""

Ids = frozenset[str]
_NONE: Ids = frozenset()


class Status(StrEnum):
    """What is known of an exchange; only `PROVEN` is green."""

    PROVEN = "proven"
    PARTLY_PROVEN = "partly_proven"
    DECLARED = "declared"
    UNKNOWN = "unknown"
    REFUTED = "refuted"
    NOT_POSSIBLE = "not_possible"


_GREENNESS = {status: -rank for rank, status in enumerate(Status)}
_OF_GREENNESS = {rank: status for status, rank in _GREENNESS.items()}


def greenness(status: Status) -> int:
    """Orders statuses: the larger, the more is proven."""
    return _GREENNESS[status]


def of_greenness(value: int) -> Status:
    """The status that is so green."""
    return _OF_GREENNESS[value]


class Why(StrEnum):
    """Reasons, as codes; words are made at the edge."""

    NOTHING_DECLARED = "nothing_declared"
    NO_COMMON_STANDARD = "no_common_standard"
    NO_COMMON_VERSION = "no_common_version"
    SAME_ROLE = "same_role"
    NO_ROLE_PAIR = "no_role_pair"
    ROLE_UNKNOWN = "role_unknown"
    MESSAGE_NOT_SUPPORTED = "message_not_supported"
    OPTION_MISSING = "option_missing"
    VERSION_WITHDRAWN = "version_withdrawn"
    VERSION_ENDED = "version_ended"
    REFUTED = "refuted"
    LAPSED = "lapsed"
    NO_EVIDENCE = "no_evidence"
    SILENT = "silent"
    NOT_SHOWN = "not_shown"


class Who(StrEnum):
    """Which of the two a reason is about."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> "Who":
        """The other one."""
        return Who.SECOND if self is Who.FIRST else Who.FIRST


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status is what it is. `values` are versions, roles, messages or options; `day` when something ended."""

    why: Why
    who: Who | None = None
    values: tuple[str, ...] = ()
    day: date | None = None

    def mirrored(self) -> "Reason":
        """The same, told from the other end."""
        return self if self.who is None else replace(self, who=self.who.other)


@dataclass(frozen=True, slots=True)
class Part:
    """One role of one version of a standard. `ends` is the last day on which the version is in force."""

    standard: str
    version: str
    role: str
    sends: Ids = _NONE
    receives: Ids = _NONE
    withdrawn: bool = False
    ends: date | None = None

    @property
    def known(self) -> bool:
        """Whether it is known what the role sends or receives."""
        return bool(self.sends or self.receives)


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence, as far as an exchange needs it: what it proved, of which messages, with which release."""

    proof: Proof
    messages: Ids = _NONE
    counterpart: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What the evidence of one declaration comes to on a day."""

    level: Nachweisstufe = Nachweisstufe.DECLARED
    covered: Ids = _NONE
    refuted: Proof | None = None
    lapsed_on: date | None = None
    silent: bool = False
    any: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A declaration: a release takes a part. Empty `messages` are all that the role has.

    `known` is what the evidence comes to, for those who know that already; `confirmed` the level that the board and
    municipalities in operation confirm on the day in question.
    """

    release: str
    part: Part
    messages: Ids = _NONE
    options: Ids = _NONE
    shown: tuple[Shown, ...] = ()
    known: Stand | None = None
    confirmed: Nachweisstufe = Nachweisstufe.DECLARED


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody needs of an exchange: messages that must pass, options that both must have. Empty is anything."""

    standard: str | None = None
    messages: Ids = _NONE
    options: Ids = _NONE


ANYTHING = Need()


@dataclass(frozen=True, slots=True)
class Flow:
    """A message that one side sends and the other receives."""

    message: str
    sender: Who

    def mirrored(self) -> "Flow":
        """The same, told from the other end."""
        return Flow(self.message, self.sender.other)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is known of the exchange of two declarations. `proven` and `open` are its messages, by what is proven."""

    status: Status
    standard: str
    versions: tuple[str, str]
    roles: tuple[str, str]
    levels: tuple[Nachweisstufe, Nachweisstufe] = (Nachweisstufe.DECLARED, Nachweisstufe.DECLARED)
    proven: tuple[Flow, ...] = ()
    open: tuple[Flow, ...] = ()
    options: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def mirrored(self) -> "Exchange":
        """The same, told from the other end."""
        return replace(
            self,
            versions=(self.versions[1], self.versions[0]),
            roles=(self.roles[1], self.roles[0]),
            levels=(self.levels[1], self.levels[0]),
            proven=_in_order(flow.mirrored() for flow in self.proven),
            open=_in_order(flow.mirrored() for flow in self.open),
            reasons=_sorted(reason.mirrored() for reason in self.reasons),
        )


@dataclass(frozen=True, slots=True)
class Encounter:
    """What is known of two releases: the exchanges, the greenest first, and the reasons where there is none."""

    status: Status
    exchanges: tuple[Exchange, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())


# --- evidence of one side


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


def _since_failure(newest_first: Sequence[Shown]) -> list[Shown]:
    kept: list[Shown] = []
    seen: dict[str, list[date | None]] = {}
    for one in newest_first:
        if not is_green(one.proof.verdict):
            return kept or [one]
        if not kept or any(_adds(one, seen.get(message, [])) for message in one.messages):
            kept.append(one)
            for message in one.messages:
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
    return _NONE.union(*counting)


# --- two declarations


def meet(first: Word, second: Word, day: date, need: Need = ANYTHING) -> Exchange:
    """What is known of the exchange of two declarations of one standard on `day`."""
    bare = Exchange(
        Status.NOT_POSSIBLE,
        first.part.standard,
        (first.part.version, second.part.version),
        (first.part.role, second.part.role),
        options=tuple(sorted(first.options & second.options)),
    )
    blocked = _blocked(first, second, need)
    if blocked is not None:
        status = Status.UNKNOWN if blocked[0].why is Why.ROLE_UNKNOWN else Status.NOT_POSSIBLE
        return replace(bare, status=status, reasons=_sorted(blocked))
    return _weighed(bare, first, second, day, need)


def _blocked(first: Word, second: Word, need: Need) -> list[Reason] | None:
    """What stands in the way whatever the evidence says."""
    one, other = first.part, second.part
    if one.version != other.version:
        return [
            Reason(Why.NO_COMMON_VERSION, Who.FIRST, (one.version,)),
            Reason(Why.NO_COMMON_VERSION, Who.SECOND, (other.version,)),
        ]
    if one.withdrawn or other.withdrawn:
        return [Reason(Why.VERSION_WITHDRAWN, values=(one.version,))]
    unknown = [Reason(Why.ROLE_UNKNOWN, who, (part.role,)) for who, part in _both(one, other) if not part.known]
    if unknown:
        return unknown
    return _no_flow(first, second, need) or _no_option(first, second, need) or None


def _no_flow(first: Word, second: Word, need: Need) -> list[Reason]:
    possible = _flows(first.part, second.part)
    if not possible:
        if first.part.role == second.part.role:
            return [Reason(Why.SAME_ROLE, values=(first.part.role,))]
        return [Reason(Why.NO_ROLE_PAIR)]
    agreed = _agreed(first, second)
    wanted = need.messages or {flow.message for flow in possible}
    missing = {message for message in wanted if not _has(agreed, message)}
    blocking = missing if need.messages else (missing if not agreed else set())
    return _unsupported(first, second, blocking) if blocking else []


def _unsupported(first: Word, second: Word, messages: Iterable[str]) -> list[Reason]:
    """Which side does not support each of `messages`; both where the roles themselves do not."""
    values = tuple(sorted(messages))
    reasons = []
    for who, word in _both(first, second):
        own = tuple(one for one in values if not _declares(word, one))
        reasons += [Reason(Why.MESSAGE_NOT_SUPPORTED, who, own)] if own else []
    return reasons or [Reason(Why.MESSAGE_NOT_SUPPORTED, None, values)]


def _declares(word: Word, message: str) -> bool:
    known = word.part.sends | word.part.receives
    return (message in known or ALL in known) and (
        not word.messages or message in word.messages or ALL in word.messages
    )


def _no_option(first: Word, second: Word, need: Need) -> list[Reason]:
    lacking = ((who, need.options - word.options) for who, word in _both(first, second))
    return [Reason(Why.OPTION_MISSING, who, tuple(sorted(missing))) for who, missing in lacking if missing]


def _flows(first: Part, second: Part) -> frozenset[Flow]:
    """What the two roles can exchange."""
    return frozenset(
        [Flow(message, Who.FIRST) for message in _shared(first.sends, second.receives)]
        + [Flow(message, Who.SECOND) for message in _shared(second.sends, first.receives)]
    )


def _shared(one: Ids, other: Ids) -> Ids:
    if ALL in one:
        return other
    return one if ALL in other else one & other


def _agreed(first: Word, second: Word) -> frozenset[Flow]:
    """What the two declarations exchange of it."""
    found = _flows(first.part, second.part)
    for word in (first, second):
        if word.messages and ALL not in word.messages:
            found = frozenset(one for flow in found for one in _narrowed(flow, word.messages))
    return found


def _narrowed(flow: Flow, messages: Ids) -> Iterable[Flow]:
    if flow.message == ALL:
        return (Flow(message, flow.sender) for message in messages)
    return (flow,) if flow.message in messages else ()


def _has(flows: Iterable[Flow], message: str) -> bool:
    return any(flow.message in (message, ALL) for flow in flows)


def _weighed(bare: Exchange, first: Word, second: Word, day: date, need: Need) -> Exchange:
    """The exchange is possible: how well is it proven?"""
    stands = (stand(first, day, second.release), stand(second, day, first.release))
    flows = _needed(_agreed(first, second), need)
    ended = first.part.ends is not None and first.part.ends < day
    proven = {flow for flow in flows if not ended and _is_proven(flow, (first, second), stands)}
    remarks = _remarks(first, second, need)
    if ended:
        remarks.append(Reason(Why.VERSION_ENDED, values=(first.part.version,), day=first.part.ends))
    return replace(
        bare,
        status=_status(stands, len(proven), len(flows)),
        levels=(stands[0].level, stands[1].level),
        proven=_in_order(proven),
        open=_in_order(flows - proven),
        reasons=_sorted([*remarks, *_doubts(stands, flows - proven)]),
    )


def _needed(agreed: frozenset[Flow], need: Need) -> frozenset[Flow]:
    if not need.messages:
        return agreed
    return frozenset(one for flow in agreed for one in _narrowed(flow, need.messages))


def _is_proven(flow: Flow, words: tuple[Word, Word], stands: tuple[Stand, Stand]) -> bool:
    """The sender's evidence shows the message; so does the receiver's where it sends nothing itself, else the receiver
    must be proven by what it sends (whose messages are judged as flows of their own).
    """
    out, back = (0, 1) if flow.sender is Who.FIRST else (1, 0)
    if any(one.refuted for one in stands) or not _covers(stands[out], flow.message):
        return False
    if words[back].part.sends:
        return stands[back].level >= Nachweisstufe.MESSAGES
    return _covers(stands[back], flow.message)


def _covers(one: Stand, message: str) -> bool:
    return message in one.covered or ALL in one.covered


def _status(stands: tuple[Stand, Stand], proven: int, flows: int) -> Status:
    if any(one.refuted for one in stands):
        return Status.REFUTED
    if proven == 0:
        return Status.DECLARED
    return Status.PROVEN if proven == flows else Status.PARTLY_PROVEN


def _remarks(first: Word, second: Word, need: Need) -> list[Reason]:
    """What does not stand in the way but should be known: messages that the roles have and one side has not."""
    agreed = _agreed(first, second)
    lost = {flow.message for flow in _flows(first.part, second.part) if not _has(agreed, flow.message)}
    return _unsupported(first, second, lost - {ALL}) if lost - {ALL} and not need.messages else []


def _doubts(stands: tuple[Stand, Stand], unproven: Iterable[Flow]) -> Iterable[Reason]:
    open_flows = tuple(unproven)
    for who, one in _both(*stands):
        if one.refuted is not None:
            yield Reason(Why.REFUTED, who, (one.refuted.reach.name.lower(),), one.refuted.on)
        elif one.level is Nachweisstufe.DECLARED:
            yield _unproven(who, one)
        else:
            missing = tuple(sorted({f.message for f in open_flows if f.sender is who and not _covers(one, f.message)}))
            if missing:
                yield Reason(Why.NOT_SHOWN, who, missing)


def _unproven(who: Who, one: Stand) -> Reason:
    if one.lapsed_on is not None:
        return Reason(Why.LAPSED, who, day=one.lapsed_on)
    return Reason(Why.SILENT if one.silent else Why.NO_EVIDENCE, who)


# --- two releases


def encounter(first: Sequence[Word], second: Sequence[Word], day: date, need: Need = ANYTHING) -> Encounter:
    """What is known of two releases by all that is declared of them."""
    undeclared = [Reason(Why.NOTHING_DECLARED, who) for who, words in _both(first, second) if not words]
    if undeclared:
        return Encounter(Status.UNKNOWN, reasons=tuple(undeclared))
    pairs = [
        meet(one, other, day, need)
        for one in first
        for other in second
        if one.part.standard == other.part.standard and need.standard in (None, one.part.standard)
    ]
    if not pairs:
        values = () if need.standard is None else (need.standard,)
        return Encounter(Status.NOT_POSSIBLE, reasons=(Reason(Why.NO_COMMON_STANDARD, values=values),))
    kept = _worth_telling(pairs)
    return Encounter(kept[0].status, kept)


_NEAREST = (
    Why.OPTION_MISSING,
    Why.MESSAGE_NOT_SUPPORTED,
    Why.VERSION_WITHDRAWN,
    Why.SAME_ROLE,
    Why.NO_ROLE_PAIR,
    Why.NO_COMMON_VERSION,
)


def _worth_telling(pairs: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """For each standard all exchanges that may be, or else those that came nearest; the greenest first."""
    kept: list[Exchange] = []
    for standard in {one.standard for one in pairs}:
        of = [one for one in pairs if one.standard == standard]
        possible = [one for one in of if one.status is not Status.NOT_POSSIBLE]
        nearest = min(map(_distance, of))
        kept += possible or [one for one in of if _distance(one) == nearest]
    return tuple(sorted(kept, key=_order))


def _distance(one: Exchange) -> int:
    whys = [_NEAREST.index(reason.why) for reason in one.reasons if reason.why in _NEAREST]
    return min(whys, default=-1)


def _order(one: Exchange) -> tuple[object, ...]:
    levels = tuple(sorted(one.levels))
    return (
        -greenness(one.status),
        -levels[0],
        -levels[1],
        one.standard,
        sorted(one.versions),
        sorted(one.roles),
        one.roles,
    )


def _both(one: _Thing, other: _Thing) -> tuple[tuple[Who, _Thing], tuple[Who, _Thing]]:
    return (Who.FIRST, one), (Who.SECOND, other)


def _in_order(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    return tuple(sorted(flows, key=lambda flow: (flow.message, flow.sender)))


def _sorted(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: (one.why, one.who or "", one.values, one.day or date.min)))
