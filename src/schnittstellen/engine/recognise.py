"""Which standard, version and message a payload is: root element, namespace, XPath conditions as in KoSIT scenarios."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import elementpath
from lxml import etree

from schnittstellen.domain.finding import Finding
from schnittstellen.domain.standard import Message, Standard
from schnittstellen.domain.suite import Suite
from schnittstellen.engine import codes
from schnittstellen.engine.ports import Payload
from schnittstellen.formats.safe_xml import XmlProblem, parse, root_of


@dataclass(frozen=True, slots=True)
class Recognised:
    """A suite that fits, with the message that the payload is."""

    suite: Suite
    message: Message


def root_element(payload: Payload) -> str:
    """Name of the payload's root element in Clark notation. Raises `XmlProblem`."""
    known: str | None = payload.memo.get("root")
    if known is None:
        with payload.open() as stream:
            known = payload.memo["root"] = root_of(stream)
    return known


def message_of(payload: Payload, standard: Standard) -> Message | None:
    """The message of `standard` that the payload is, or None. Raises `XmlProblem`."""
    root = root_element(payload)
    fitting = [message for message in standard.messages if message.root == root and _matches(payload, message)]
    return max(fitting, key=lambda message: len(message.match), default=None)


def candidates(payload: Payload, choices: Iterable[tuple[Suite, Standard]]) -> Iterator[Recognised]:
    """Each of `choices` that the payload fits. Raises `XmlProblem`."""
    for suite, standard in choices:
        message = message_of(payload, standard)
        if message is not None:
            yield Recognised(suite, message)


def one_of(payload: Payload, choices: Iterable[tuple[Suite, Standard]]) -> Recognised | Finding:
    """The single suite that fits, or the finding that says why there is none. Raises `XmlProblem`."""
    found = list(candidates(payload, choices))
    if len(found) == 1:
        return found[0]
    if not found:
        return Finding(codes.NOT_RECOGNISED.id, parameters={"root": root_element(payload), "candidates": ""})
    names = [one.suite.name for one in found]
    return Finding(codes.AMBIGUOUS.id, parameters={"candidates": ", ".join(names), "first": names[0]})


def _matches(payload: Payload, message: Message) -> bool:
    return all(_holds(payload, condition, message) for condition in message.match)


def _holds(payload: Payload, condition: str, message: Message) -> bool:
    tree = _tree(payload)
    try:
        return _truth(tree.xpath(condition, namespaces=dict(message.namespaces)))
    except etree.XPathError:
        return _truth(elementpath.select(tree, condition, dict(message.namespaces)))


def _truth(value: object) -> bool:
    return value if isinstance(value, bool) else bool(value)


def _tree(payload: Payload) -> etree._ElementTree:
    kept: etree._ElementTree | None = payload.memo.get("tree")
    if kept is None:
        kept = payload.memo["tree"] = parse(payload.data())
    return kept


__all__ = ["Recognised", "XmlProblem", "candidates", "message_of", "one_of", "root_element"]
