"""Two declarations meet: whether they can exchange messages, and how well that is proven."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from schnittstellen.domain.exchange.flows import agreed_flows, flows_of, has, needed
from schnittstellen.domain.exchange.stands import stand
from schnittstellen.domain.exchange.terms import (
    ALL,
    ANYTHING,
    Exchange,
    Flow,
    Need,
    Reason,
    Saying,
    Stand,
    Status,
    Who,
    Why,
    Word,
    both,
    in_order,
    sorted_reasons,
)
from schnittstellen.domain.levels import Nachweisstufe


def meet(first: Word, second: Word, day: date, need: Need = ANYTHING) -> Exchange:
    """What is known of the exchange of two declarations of one standard on `day`."""
    one, other = first.saying, second.saying
    blocked = _in_the_way(one, other, need)
    if blocked is not None:
        return blocked
    ended = first.part.ends is not None and first.part.ends < day
    return _weighed(one, other, (stand(first, day, second.release), stand(second, day, first.release)), need, ended)


MOST_KEPT = 8_192
"""Exchanges of words and evidence that are alike are judged once."""


@lru_cache(maxsize=MOST_KEPT)
def _in_the_way(first: Saying, second: Saying, need: Need) -> Exchange | None:
    """The exchange, where whatever the evidence says something stands in its way."""
    blocked = _blocked(first, second, need)
    if blocked is None:
        return None
    status = Status.UNKNOWN if blocked[0].why is Why.ROLE_UNKNOWN else Status.NOT_POSSIBLE
    return _told(first, second, status, reasons=sorted_reasons(blocked))


def _told(first: Saying, second: Saying, status: Status, **more: Any) -> Exchange:
    return Exchange(
        status,
        first.part.standard,
        (first.part.version, second.part.version),
        (first.part.role, second.part.role),
        options=tuple(sorted(first.options & second.options)),
        **more,
    )


def _blocked(first: Saying, second: Saying, need: Need) -> list[Reason] | None:
    """What stands in the way whatever the evidence says."""
    one, other = first.part, second.part
    if one.version != other.version:
        return [
            Reason(Why.NO_COMMON_VERSION, Who.FIRST, (one.version,)),
            Reason(Why.NO_COMMON_VERSION, Who.SECOND, (other.version,)),
        ]
    if one.withdrawn or other.withdrawn:
        return [Reason(Why.VERSION_WITHDRAWN, values=(one.version,))]
    unknown = [Reason(Why.ROLE_UNKNOWN, who, (part.role,)) for who, part in both(one, other) if not part.known]
    if unknown:
        return unknown
    return _no_flow(first, second, need) or _no_option(first, second, need) or None


def _no_flow(first: Saying, second: Saying, need: Need) -> list[Reason]:
    possible = flows_of(first.part, second.part)
    if not possible:
        if first.part.role == second.part.role:
            return [Reason(Why.SAME_ROLE, values=(first.part.role,))]
        return [Reason(Why.NO_ROLE_PAIR)]
    agreed = agreed_flows(first, second)
    wanted = need.messages or {flow.message for flow in possible}
    missing = {message for message in wanted if not has(agreed, message)}
    blocking = missing if need.messages else (missing if not agreed else set())
    return _unsupported(first, second, blocking) if blocking else []


def _unsupported(first: Saying, second: Saying, messages: Iterable[str]) -> list[Reason]:
    """Which side does not support each of `messages`; both where the roles themselves do not."""
    values = tuple(sorted(messages))
    reasons = []
    for who, word in both(first, second):
        own = tuple(one for one in values if not _declares(word, one))
        reasons += [Reason(Why.MESSAGE_NOT_SUPPORTED, who, own)] if own else []
    return reasons or [Reason(Why.MESSAGE_NOT_SUPPORTED, None, values)]


def _declares(word: Saying, message: str) -> bool:
    known = word.part.sends | word.part.receives
    return (message in known or ALL in known) and (
        not word.messages or message in word.messages or ALL in word.messages
    )


def _no_option(first: Saying, second: Saying, need: Need) -> list[Reason]:
    lacking = ((who, need.options - word.options) for who, word in both(first, second))
    return [Reason(Why.OPTION_MISSING, who, tuple(sorted(missing))) for who, missing in lacking if missing]


@lru_cache(maxsize=MOST_KEPT)
def _weighed(first: Saying, second: Saying, stands: tuple[Stand, Stand], need: Need, ended: bool) -> Exchange:
    """The exchange is possible: how well is it proven?"""
    flows = needed(agreed_flows(first, second), need)
    proven = {flow for flow in flows if not ended and _is_proven(flow, (first, second), stands)}
    remarks = _remarks(first, second, need)
    if ended:
        remarks.append(Reason(Why.VERSION_ENDED, values=(first.part.version,), day=first.part.ends))
    return _told(
        first,
        second,
        _status(stands, len(proven), len(flows)),
        levels=(stands[0].level, stands[1].level),
        proven=in_order(proven),
        open=in_order(flows - proven),
        reasons=sorted_reasons([*remarks, *_doubts(stands, flows - proven)]),
    )


def _is_proven(flow: Flow, words: tuple[Saying, Saying], stands: tuple[Stand, Stand]) -> bool:
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


def _remarks(first: Saying, second: Saying, need: Need) -> list[Reason]:
    """What does not stand in the way but should be known: messages that the roles have and one side has not."""
    agreed = agreed_flows(first, second)
    lost = {flow.message for flow in flows_of(first.part, second.part) if not has(agreed, flow.message)}
    return _unsupported(first, second, lost - {ALL}) if lost - {ALL} and not need.messages else []


def _doubts(stands: tuple[Stand, Stand], unproven: Iterable[Flow]) -> Iterable[Reason]:
    open_flows = tuple(unproven)
    for who, one in both(*stands):
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
