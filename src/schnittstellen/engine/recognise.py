"""Which message of a standard a payload is: root element, namespace, XPath conditions as in KoSIT scenarios."""

from contextlib import suppress
from functools import lru_cache
from io import BufferedIOBase
from typing import cast

from lxml import etree

from schnittstellen.domain.standard import Message, Standard
from schnittstellen.engine.ports import Payload
from schnittstellen.formats.safe_xml import XmlProblem, document, pull_parser, root_of

_CHUNK = 1 << 16
_DEPTH = 4
_KEPT = 2000
_Namespaces = tuple[tuple[str, str], ...]


def root_element(payload: Payload) -> str:
    """Name of the root element in Clark notation, also where what follows it is broken. Raises `XmlProblem`."""
    known: str | None = payload.memo.get("root")
    if known is None:
        known = payload.memo["root"] = _root(payload)
    return known


def message_of(payload: Payload, standard: Standard) -> Message | None:
    """The message of `standard` that the payload is (the most specific one), or None. Raises `XmlProblem`."""
    root = root_element(payload)
    fitting = [one for one in standard.messages if one.root in (root, "*") and matches(payload, one)]
    return max(fitting, key=lambda message: len(message.match), default=None)


def matches(payload: Payload, message: Message) -> bool:
    """Whether the payload meets all conditions of `message` beside its root element. Raises `XmlProblem`."""
    return failed_condition(payload, message) is None


def failed_condition(payload: Payload, message: Message) -> str | None:
    """The first condition of `message` that the payload does not meet. Raises `XmlProblem`."""
    if not message.match:
        return None
    tree = outline(payload) if payload.large else _whole(payload)
    namespaces = tuple(sorted(message.namespaces.items()))
    return next((one for one in message.match if not _holds(tree, one, namespaces)), None)


def outline(payload: Payload) -> etree._ElementTree:
    """The top of a large payload's tree: elements to a depth of 4, at most 2,000 of them. Raises `XmlProblem`.

    Conditions look at what a message says of itself near its start; the rest never enters memory.
    """
    kept: etree._ElementTree | None = payload.memo.get("outline")
    if kept is None:
        with payload.open() as stream:
            kept = payload.memo["outline"] = _outline(stream)
    return kept


def _whole(payload: Payload) -> etree._ElementTree:
    """The tree, or what can be read before the first fault: a broken message is still a message of its standard."""
    try:
        return document(payload)
    except XmlProblem:
        return outline(payload)


def _root(payload: Payload) -> str:
    if not payload.large:
        with suppress(XmlProblem):
            return str(document(payload).getroot().tag)
    with payload.stream() as stream:
        return root_of(stream)


def _outline(stream: BufferedIOBase) -> etree._ElementTree:
    pull = pull_parser(("start", "end"))
    top, fault = _Top(), ""
    while not top.full and not fault and (data := stream.read(_CHUNK)):
        try:
            pull.feed(data)
        except etree.XMLSyntaxError as error:
            fault = error.msg or "?"
        for event, element in pull.read_events():
            top.see(event, cast(etree._Element, element))
    if top.root is None:
        raise XmlProblem("syntax" if fault else "empty")
    return top.root.getroottree()


class _Top:
    """Keeps the first elements of a tree that is being read, and drops what lies deep as soon as it ends."""

    def __init__(self) -> None:
        self.root: etree._Element | None = None
        self._depth = 0
        self._kept = 0

    @property
    def full(self) -> bool:
        return self._kept > _KEPT

    def see(self, event: str, element: etree._Element) -> None:
        if event == "start":
            self.root = element if self.root is None else self.root
            self._depth += 1
            self._kept += self._depth <= _DEPTH
            return
        self._depth -= 1
        parent = element.getparent()
        if self._depth >= _DEPTH and parent is not None:
            parent.remove(element)


def _holds(tree: etree._ElementTree, condition: str, namespaces: _Namespaces) -> bool:
    try:
        return bool(_compiled(condition, namespaces)(tree))
    except etree.XPathError:
        import elementpath

        return bool(elementpath.select(tree, condition, dict(namespaces)))


@lru_cache(maxsize=1024)
def _compiled(condition: str, namespaces: _Namespaces) -> etree.XPath:
    return etree.XPath(condition, namespaces=dict(namespaces))


__all__ = ["XmlProblem", "failed_condition", "matches", "message_of", "outline", "root_element"]
