"""The messages that two declarations exchange."""

from collections.abc import Iterable
from functools import lru_cache

from schnittstellen.domain.exchange.terms import ALL, Flow, Ids, Need, Part, Saying, Who


@lru_cache(maxsize=4096)
def flows_of(first: Part, second: Part) -> frozenset[Flow]:
    """What the two roles can exchange."""
    return frozenset(
        [Flow(message, Who.FIRST) for message in _shared(first.sends, second.receives)]
        + [Flow(message, Who.SECOND) for message in _shared(second.sends, first.receives)]
    )


def _shared(one: Ids, other: Ids) -> Ids:
    if ALL in one:
        return other
    return one if ALL in other else one & other


def agreed_flows(first: Saying, second: Saying) -> frozenset[Flow]:
    """What the two declarations exchange of it."""
    return _agreed(first.part, second.part, first.messages, second.messages)


@lru_cache(maxsize=4096)
def _agreed(first: Part, second: Part, *declared: Ids) -> frozenset[Flow]:
    found = flows_of(first, second)
    for messages in declared:
        if messages and ALL not in messages:
            found = frozenset(one for flow in found for one in narrowed(flow, messages))
    return found


def narrowed(flow: Flow, messages: Ids) -> Iterable[Flow]:
    if flow.message == ALL:
        return (Flow(message, flow.sender) for message in messages)
    return (flow,) if flow.message in messages else ()


def has(flows: Iterable[Flow], message: str) -> bool:
    return any(flow.message in (message, ALL) for flow in flows)


def needed(agreed: frozenset[Flow], need: Need) -> frozenset[Flow]:
    if not need.messages:
        return agreed
    return frozenset(one for flow in agreed for one in narrowed(flow, need.messages))
