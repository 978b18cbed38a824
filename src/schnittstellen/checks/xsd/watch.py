"""What is looked at behind libxml2 although it accepted a message: identity, doubtful values, doubtful models."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.automaton import TooManyStates
from schnittstellen.checks.xsd.components import Components
from schnittstellen.checks.xsd.content import Model, is_doubtful
from schnittstellen.checks.xsd.declarations import Complex, Element
from schnittstellen.checks.xsd.places import LONGEST, Places
from schnittstellen.checks.xsd.simple import Simple
from schnittstellen.checks.xsd.types import XSI_NIL, XSI_TYPE, Type, Types
from schnittstellen.domain.finding import Code, Finding, Place

_RETYPED = etree.XPath(f"//*[@t:{XSI_TYPE.rpartition('}')[2]}]", namespaces={"t": XSI_TYPE[1:].rpartition("}")[0]})


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in a message: the text of an element or one of its attributes."""

    node: etree._Element
    attribute: str | None
    raw: str

    def finding(self, code: Code, places: Places, **parameters: str) -> Finding:
        """A finding about this value; the value itself is content."""
        name = places.name(self.node.tag) + (f"/@{places.name(self.attribute)}" if self.attribute else "")
        place = places.place(self.node, self.attribute)
        return Finding(code.id, place, {"element": name, **parameters}, {"value": self.raw[:LONGEST]})


@dataclass(slots=True)
class Identity:
    """IDs of one message, and references whose ID has not come yet."""

    seen: set[str] = field(default_factory=set)
    waiting: dict[str, list[Spot]] = field(default_factory=dict)

    def add(self, id: str) -> bool:
        """Take in an ID; False where it was there already."""
        if id in self.seen:
            return False
        self.seen.add(id)
        self.waiting.pop(id, None)
        return True

    def refer(self, id: str, spot: Spot) -> None:
        """Take in a reference."""
        if id not in self.seen:
            self.waiting.setdefault(id, []).append(spot)


class Watch:
    """Knows, for one schema, which elements must be looked at; for most schemas none or few."""

    def __init__(self, components: Components) -> None:
        self.components = components
        self._by_tag: dict[str, set[Type]] = {}
        self._models: dict[Complex, Model | None] = {}
        self._doubts: dict[Complex, bool] = {}
        self._open = False
        self._collect()
        watched = {tag for tag, types in self._by_tag.items() if any(self.matters(one) for one in types)}
        self.tags = tuple(sorted(watched))
        self._single = {tag: next(iter(self._by_tag[tag])) for tag in watched if len(self._by_tag[tag]) == 1}

    def findings(self, tree: etree._ElementTree, places: Places) -> Iterator[Finding]:
        """What libxml2 overlooks in this message."""
        identity = Identity()
        for node, type_ in self.nodes(tree):
            yield from self.judge(node, type_, places, identity)
        for spots in identity.waiting.values():
            yield from (spot.finding(codes.DANGLING_IDREF, places) for spot in spots)

    def nodes(self, tree: etree._ElementTree) -> Iterator[tuple[etree._Element, Type]]:
        """The elements to look at, each with its type, in document order."""
        if not self.tags:
            return
        retyped = _RETYPED(tree)
        direct = not retyped and not self._open
        types = Types(self.components)
        chosen = tree.iter(etree.Element) if retyped else tree.iter(*self.tags)
        for node in chosen:
            type_ = self._single.get(node.tag) if direct else None
            type_ = type_ or types.of(node)
            if type_ is not None:
                yield node, type_

    def judge(self, node: etree._Element, type_: Type, places: Places, identity: Identity) -> Iterator[Finding]:
        """Look at one element: its value, its attributes, the order of its children."""
        yield from self.judge_values(node, type_, places, identity)
        if isinstance(type_, Complex) and self.doubts(type_) and not is_nil(node):
            yield from self.structure(node, type_, places)

    def judge_values(self, node: etree._Element, type_: Type, places: Places, identity: Identity) -> Iterator[Finding]:
        """Look at the value and the attributes of one element."""
        value = type_ if isinstance(type_, Simple) else type_.value
        if value is not None and value.watched and not is_nil(node):
            yield from self._value(Spot(node, None, text_of(node)), value, places, identity)
        if isinstance(type_, Complex):
            for name, raw in node.attrib.items():
                own = type_.attributes.get(str(name))
                if own is not None and own.watched:
                    yield from self._value(Spot(node, str(name), str(raw)), own, places, identity)

    def structure(self, node: etree._Element, type_: Complex, places: Places) -> Iterator[Finding]:
        """Every departure from the content model of an element."""
        model = self.model(type_)
        if model is None:
            return
        children = places.children(node)
        for one in model.departures([child.tag for child in children]):
            expected = ", ".join(places.name(name) for name in one.expected) or "—"
            if one.kind == "unexpected":
                child = children[one.index]
                named = {"element": places.name(child.tag), "expected": expected}
                yield Finding(codes.UNEXPECTED_ELEMENT.id, places.place(child), named)
            else:
                beside = children[one.index] if one.index < len(children) else node
                place = Place(places.place(beside).line, None, places.path(node))
                yield Finding(codes.MISSING_ELEMENT.id, place, {"element": places.name(node.tag), "expected": expected})

    def doubts(self, type_: Complex) -> bool:
        """Whether libxml2 may misjudge the children of such an element."""
        if type_ not in self._doubts:
            self._doubts[type_] = is_doubtful(type_, self.components.members)
        return self._doubts[type_]

    def model(self, type_: Complex) -> Model | None:
        """The content model of a type, or None where it is too large to match."""
        if type_ not in self._models:
            try:
                self._models[type_] = Model(type_, self.components.members)
            except TooManyStates:
                self._models[type_] = None
        return self._models[type_]

    def matters(self, type_: Type) -> bool:
        """Whether elements of this type must be looked at."""
        if isinstance(type_, Simple):
            return type_.watched
        values = (*type_.attributes.values(), *((type_.value,) if type_.value else ()))
        return any(self.matters(value) for value in values) or self.doubts(type_)

    def _value(self, spot: Spot, type_: Simple, places: Places, identity: Identity) -> Iterator[Finding]:
        fault = type_.fault(spot.raw) if type_.doubtful else None
        if fault is not None:
            code, named = _fault(*fault)
            yield spot.finding(code, places, **named)
        elif type_.identifies == "ID":
            if not identity.add(type_.normal(spot.raw)):
                yield spot.finding(codes.DUPLICATE_ID, places)
        elif type_.identifies == "IDREF":
            for id in type_.normal(spot.raw).split():
                identity.refer(id, spot)

    def _collect(self) -> None:
        waiting: list[Type] = []
        for element in self.components.elements():
            self._note(element, waiting)
        waiting += self.components.types()
        seen: set[Type] = set()
        while waiting:
            type_ = waiting.pop()
            if isinstance(type_, Complex) and type_ not in seen:
                seen.add(type_)
                self._open |= bool(type_.wildcards)
                for element in type_.children.values():
                    self._note(element, waiting)

    def _note(self, element: Element, waiting: list[Type]) -> None:
        self._by_tag.setdefault(element.tag, set()).add(element.type)
        waiting.append(element.type)


def is_nil(node: etree._Element) -> bool:
    """Whether xsi:nil says that the element has no content."""
    return (node.get(XSI_NIL) or "").strip() in ("true", "1")


def text_of(node: etree._Element) -> str:
    """The text of an element without its children, across comments."""
    if not len(node):
        return node.text or ""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def _fault(kind: str, name: str) -> tuple[Code, dict[str, str]]:
    if kind == "type":
        return codes.WRONG_TYPE, {"type": name}
    return codes.PATTERN if kind == "pattern" else codes.RANGE, {"facet": kind, "limit": name[: LONGEST * 5]}
