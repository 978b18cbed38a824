"""Validating a message too large to hold: in bounded memory, read again only where something is to be said.

libxml2 validates while it reads, without building anything, but then knows neither line nor path. So where it found
faults, or where values must be looked at behind it, the message is read a second time beside a tree of which only the
open elements are kept; blocks with faults go through tag by tag.
"""

from collections.abc import Iterator
from contextlib import closing

from lxml import etree

from schnittstellen.checks.reading import unreadable
from schnittstellen.checks.xsd import codes, libxml2
from schnittstellen.checks.xsd.arbiter import Entry, certain, upheld
from schnittstellen.checks.xsd.compiled import Compiled
from schnittstellen.checks.xsd.declarations import Complex
from schnittstellen.checks.xsd.giving_up import failed
from schnittstellen.checks.xsd.places import Places
from schnittstellen.checks.xsd.types import Types
from schnittstellen.checks.xsd.watch import Identity, Spot
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note, Place
from schnittstellen.engine.folding import Folder
from schnittstellen.engine.ports import Payload
from schnittstellen.formats.safe_xml import Feed, Window, XmlProblem

MOST = 1_000
"""Reading ends when libxml2 has found so many faults."""


def validate(schema: Compiled, payload: Payload) -> Iterator[Item]:
    """Findings of a large payload. Raises `CannotJudge`."""
    if schema.quick is None:
        raise failed("size")
    yield Note("validator", libxml2.VERSION)
    try:
        faulty = _faulty_blocks(schema.quick, payload)
        if faulty is None:
            schema = schema.tame
            faulty = _faulty_blocks(schema.quick, payload)
        if faulty is None:
            raise failed("internal error", libxml2.VERSION)
        if faulty or schema.watch.tags or schema.unknown:
            folder = Folder()
            for finding in _Second(schema, payload, faulty).findings():
                folder.add(finding)
            yield from folder.findings()
        if faulty:
            yield Note("at most", str(MOST))
    except XmlProblem as problem:
        raise unreadable(problem) from None


def _faulty_blocks(quick: etree.XMLSchema | None, payload: Payload) -> frozenset[int] | None:
    """The numbers of the blocks in which libxml2 found faults; None where it gave up."""
    feed, known, found, number = Feed(quick), 0, set[int](), 0
    with closing(payload.open()) as stream:
        for number, _ in enumerate(feed.blocks(stream)):
            errors = len(feed.errors)
            if errors > known:
                known = errors
                found.add(number)
            if errors >= MOST:
                break
    if len(feed.errors) > known:
        found.add(number)
    return None if any(one.type_name == libxml2.INTERNAL for one in feed.errors) else frozenset(found)


class _Second:
    """The second reading."""

    def __init__(self, schema: Compiled, payload: Payload, faulty: frozenset[int]) -> None:
        self._schema = schema
        self._payload = payload
        self._faulty = faulty
        self._window = Window(None if faulty else ("*",) if schema.unknown else schema.watch.tags)
        self._feed = Feed(schema.quick if faulty else None)
        self._ids: set[str] = set()
        self._references: dict[str, Finding | None] = {}
        self._line = 1
        self._known = 0

    def findings(self) -> Iterator[Finding]:
        """Everything that is to be said."""
        with closing(self._payload.open()) as stream:
            for number, block in enumerate(iter(lambda: stream.read(1 << 16), b"")):
                for chunk in _tags(block) if number in self._faulty else (block,):
                    yield from self._chunk(chunk)
                if self._known >= MOST:
                    return
        for id, finding in self._references.items():
            if id not in self._ids:
                yield finding or Finding(codes.DANGLING_IDREF.id, parameters={"element": "…"}, content={"value": id})

    def _chunk(self, chunk: bytes) -> Iterator[Finding]:
        if self._faulty:
            self._feed.read(chunk)
        events = self._window.read(chunk)
        self._line += chunk.count(b"\n")
        if not events:
            return
        last = events[-1][1]
        yield from self._rejected(last)
        types = Types(self._schema.watch.components)
        for event, node in events:
            if event == "end":
                yield from self._watched(node, types)
        self._window.prune(last)

    def _rejected(self, node: etree._Element) -> Iterator[Finding]:
        if not self._faulty:
            return
        errors = self._feed.errors[self._known :]
        self._known += len(errors)
        places = _WindowPlaces(self._window, node, self._schema.prefixes, self._line)
        types = Types(self._schema.watch.components)
        entries: list[Entry] = [(entry, node) for entry in errors]
        for entry, at in upheld(types, entries):
            if certain(self._schema.watch, types, entry, node):
                yield libxml2.finding(entry, at, places)
            else:
                yield _uncertain(places.place(node), entry.type_name.removeprefix("SCHEMAV_").lower())

    def _watched(self, node: etree._Element, types: Types) -> Iterator[Finding]:
        uri = str(node.tag)[1:].rpartition("}")[0] or None
        if uri in self._schema.unknown:
            raise CannotJudge(self._schema.unresolved(uri))
        type_ = types.of(node) if node.tag in self._schema.watch.tags else None
        if type_ is None:
            return
        places = _WindowPlaces(self._window, node, self._schema.prefixes, None)
        identity = Identity(self._ids)
        if isinstance(type_, Complex) and self._schema.watch.doubts(type_):
            yield _uncertain(places.place(node), "content model")
        yield from self._schema.watch.judge_values(node, type_, places, identity)
        for id, spots in identity.waiting.items():
            self._refer(id, spots[0], places)

    def _refer(self, id: str, spot: Spot, places: Places) -> None:
        """Remember a reference; its place only while there are not too many."""
        if id not in self._references:
            known = len(self._references) < MOST
            self._references[id] = spot.finding(codes.DANGLING_IDREF, places) if known else None


def _uncertain(place: Place, reason: str) -> Finding:
    return Finding(codes.VALIDATOR_FAILED.id, place, {"validator": libxml2.VERSION, "reason": reason})


def _tags(block: bytes) -> Iterator[bytes]:
    """`block` in pieces that each end with at most one tag."""
    start = 0
    while start < len(block):
        end = block.find(b">", start) + 1 or len(block)
        yield block[start:end]
        start = end


class _WindowPlaces(Places):
    """Places in a tree of which the beginning is forgotten."""

    def __init__(self, window: Window, node: etree._Element, prefixes: dict[str, str], line: int | None) -> None:
        super().__init__(node.getroottree().getroot(), prefixes)
        self._window = window
        self._line = line

    def place(self, node: etree._Element, attribute: str | None = None) -> Place:
        found = super().place(node, attribute)
        return Place(self._line or found.line, None, found.xpath)

    def _step(self, node: etree._Element) -> str:
        if node.getparent() is None:
            return self.name(node.tag)
        return f"{self.name(node.tag)}[{self._window.position(node)}]"
