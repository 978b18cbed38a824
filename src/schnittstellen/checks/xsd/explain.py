"""A message that libxml2 rejected: all that is wrong with it, and nothing that libxml2 only imagines.

Order and presence of elements are judged by our own automaton; values and attributes by libxml2, once as the schema
stands and once with content models out of the way. Rejections of a kind that libxml2 is known to get wrong are weighed
again.
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from schnittstellen.checks.xsd import codes, libxml2
from schnittstellen.checks.xsd.arbiter import Entry, smoothed, upheld
from schnittstellen.checks.xsd.compiled import Compiled
from schnittstellen.checks.xsd.declarations import Complex
from schnittstellen.checks.xsd.places import Places
from schnittstellen.checks.xsd.types import Types
from schnittstellen.checks.xsd.watch import is_nil
from schnittstellen.domain.finding import Finding

_ELEMENT = re.compile(r"Element '((?:\{[^}]*\})?[^']*)'")
_STRUCTURE = "SCHEMAV_ELEMENT_CONTENT"


class Explanation:
    """Everything about one rejected message; `quick` is the schema that rejected it."""

    def __init__(self, schema: Compiled, quick: etree.XMLSchema, tree: etree._ElementTree) -> None:
        self._schema = schema
        self._tree = tree
        self._places = Places(tree.getroot(), schema.prefixes)
        self._types = Types(schema.watch.components)
        self._unexpected: list[etree._Element] = []
        self._smoothed: dict[tuple[etree._Element, str | None], str] = {}
        self._log = [(entry, _node(entry, self._places, tree)) for entry in _log(quick)]
        self._smoothed = smoothed(self._types, self._log)
        if self._smoothed:
            self._log = list(self._again(quick))

    def findings(self) -> Iterator[Finding]:
        """The findings, in the order of the message's lines."""
        found = [*self._structure(), *self._values()]
        found += self._schema.watch.findings(self._tree, self._places)
        return iter(sorted(_distinct(found), key=lambda one: one.place.line or 0))

    def _structure(self) -> Iterator[Finding]:
        blamed: set[etree._Element] = set()
        for node in self._tree.iter(etree.Element):
            type_ = self._types.of(node)
            if isinstance(type_, Complex) and _has_model(node, type_):
                found = list(self._schema.watch.structure(node, type_, self._places))
                if found or (self._schema.watch.doubts(type_) and self._schema.watch.model(type_) is not None):
                    blamed.add(node)
                self._note_unexpected(node, type_)
                yield from found
        for entry, at in self._log:
            if entry.type_name == _STRUCTURE and _owner(entry, at) not in blamed:
                yield libxml2.finding(entry, at, self._places)

    def _note_unexpected(self, node: etree._Element, type_: Complex) -> None:
        model = self._schema.watch.model(type_)
        if model is not None:
            self._unexpected += [child for child in self._places.children(node) if not model.knows(child.tag)]

    def _values(self) -> Iterator[Finding]:
        entries = [*self._log, *self._hidden()]
        others = [(entry, at) for entry, at in entries if entry.type_name != _STRUCTURE]
        for entry, at in upheld(self._types, others):
            yield libxml2.finding(entry, at, self._places)

    def _hidden(self) -> Iterator[Entry]:
        """What libxml2 says of the parts that it did not look at the first time."""
        relaxed = self._schema.relaxed
        if relaxed is not None and any(entry.type_name == _STRUCTURE for entry, _ in self._log):
            yield from (one for one in self._again(relaxed) if one[0].type_name != _STRUCTURE)

    def _again(self, schema: etree.XMLSchema) -> Iterator[Entry]:
        """What `schema` says of a copy with smooth values and without what is not declared."""
        copy = deepcopy(self._tree)
        back = dict(zip(self._tree.iter(etree.Element), copy.iter(etree.Element), strict=True))
        own = {one: original for original, one in back.items()}
        for (node, attribute), value in self._smoothed.items():
            _put(back[node], attribute, value)
        for node in self._unexpected:
            _take_out(back[node])
        places = Places(copy.getroot(), {})
        schema.validate(copy)
        for entry in _log(schema):
            at = _node(entry, places, copy)
            yield entry, own.get(at) if at is not None else None


def _log(schema: etree.XMLSchema) -> list[etree._LogEntry]:
    entries: list[etree._LogEntry] = list(schema.error_log)  # type: ignore[call-overload]
    return entries


def _node(entry: etree._LogEntry, places: Places, tree: etree._ElementTree) -> etree._Element | None:
    """The element that an entry speaks of; where libxml2 gives no path, the only one of that name on that line."""
    if entry.path:
        return places.find(entry.path)
    name = _ELEMENT.match(entry.message)
    fitting = [one for one in tree.iter(name[1]) if one.sourceline == entry.line] if name else []
    return fitting[0] if len(fitting) == 1 else None


def _put(node: etree._Element, attribute: str | None, value: str) -> None:
    if attribute:
        node.set(attribute, value)
        return
    for child in list(node):
        node.remove(child)
    node.text = value


def _has_model(node: etree._Element, type_: Complex) -> bool:
    return not is_nil(node) and type_.value is None and any(type_.particle.leaves())


def _owner(entry: etree._LogEntry, at: etree._Element | None) -> etree._Element | None:
    """The element whose content model an entry speaks of."""
    if at is None or ": Missing child element(s)." in entry.message:
        return at
    return at.getparent()


def _take_out(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _distinct(found: list[Finding]) -> list[Finding]:
    """Each fault once: an identity fault instead of libxml2's word for it, and nothing said twice."""
    kept: dict[tuple[object, ...], Finding] = {}
    for one in found:
        named = () if one.code == codes.WRONG_TYPE.id else tuple(sorted(one.parameters.items()))
        key = (one.code, one.place.line, one.place.xpath, named)
        kept.setdefault(key, one)
    duplicates = {one.place.xpath for one in kept.values() if one.code == codes.DUPLICATE_ID.id}
    return [one for one in kept.values() if not (one.code == codes.WRONG_TYPE.id and one.place.xpath in duplicates)]
