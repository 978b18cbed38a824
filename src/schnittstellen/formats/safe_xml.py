"""Reading XML that strangers wrote. Only this module parses untrusted text; it hands on trees, never text.

Refused before any parser sees it: nothing at all, gzip, binary files, encodings that contradict themselves, and every
DOCTYPE, so that no entity is ever declared, let alone expanded or fetched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from typing import Any, Protocol

from lxml import etree

from schnittstellen.formats.xml_prologue import refuse, wide_encoding

BLOCK = 1 << 16
DEPTH = 256
"""Elements may stand this deep in each other, no deeper; libxml2's own limit where it builds a tree."""
_HUGE_TEXT = ("Text node too long", "CData section too big", "Comment too big")
_REASONS = {
    5: "extra",
    9: "character",
    26: "entity",
    27: "entity",
    32: "encoding",
    42: "attribute",
    76: "tags",
    77: "truncated",
    81: "encoding",
    99: "namespace",
    110: "too_large",
    114: "too_large",
    **dict.fromkeys(range(200, 206), "namespace"),
    203: "attribute",
}
_PARSER_DOMAINS = (etree.ErrorDomains.PARSER, etree.ErrorDomains.NAMESPACE, etree.ErrorDomains.IO)


@dataclass(frozen=True, slots=True)
class XmlProblem(Exception):
    """Untrusted text that is refused or is not well-formed. Line and column count from 1.

    `reason` is one of: empty, compressed, binary, encoding, doctype (refused); too_deep, too_large (beyond our limits);
    tags, truncated, extra, character, entity, attribute, namespace, syntax (not well-formed). `detail` never holds
    content: it is an encoding's name or libxml2's name of the error.
    """

    reason: str
    line: int | None = None
    column: int | None = None
    detail: str = ""


class Readable(Protocol):
    """What `document` reads: a payload that keeps shared things in `memo`."""

    memo: dict[str, Any]

    def data(self) -> bytes: ...


def parser(**more: object) -> etree.XMLParser:
    """A parser that loads no DTD, resolves no entity and reaches no network."""
    settings: dict[str, object] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    return etree.XMLParser(**{**settings, **more})  # type: ignore[arg-type]


def pull_parser(events: tuple[str, ...], **more: object) -> etree.XMLPullParser:
    """A parser for reading piece by piece. It leaves out comments and processing instructions, which would pile up."""
    settings: dict[str, object] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    settings |= {"remove_comments": True, "remove_pis": True}
    return etree.XMLPullParser(events, **{**settings, **more})  # type: ignore[arg-type]


def document(payload: Readable) -> etree._ElementTree:
    """The tree of a payload, parsed once and shared by all checks; nobody may change it. Raises `XmlProblem`."""
    tree: etree._ElementTree | None = payload.memo.get("tree")
    if tree is not None:
        return tree
    known: XmlProblem | None = payload.memo.get("problem")
    if known is not None:
        raise known
    try:
        tree = payload.memo["tree"] = parse(payload.data())
    except XmlProblem as problem:
        payload.memo["problem"] = problem
        raise
    return tree


def parse(data: bytes) -> etree._ElementTree:
    """The tree of `data`. Raises `XmlProblem`."""
    _refuse(data, whole=True)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        root = _again(data, error)
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise XmlProblem("doctype", 1)
    return tree


def root_of(stream: BufferedIOBase) -> str:
    """The name of the root element in Clark notation, read from as few bytes as possible. Raises `XmlProblem`."""
    head = stream.read(BLOCK)
    _refuse(head, whole=False)
    pull = pull_parser(("start",))
    fault: XmlProblem | None = None
    while head and fault is None:
        fault = _fed(pull, head)
        root = _first(pull)
        if root is not None:
            return root
        head = stream.read(BLOCK)
    fault = fault or _fed(pull, b"")
    root = _first(pull)
    if root is None:
        raise fault or XmlProblem("empty")
    return root


def _fed(pull: etree.XMLPullParser, data: bytes) -> XmlProblem | None:
    """What is wrong with the text up to the end of `data` (nothing: the end); what was read before is in the events."""
    try:
        if data:
            pull.feed(data)
        else:
            pull.close()
    except etree.XMLSyntaxError as error:
        return _problem(error)
    return None


def _first(pull: etree.XMLPullParser) -> str | None:
    for _, element in pull.read_events():
        assert isinstance(element, etree._Element)
        if element.getroottree().docinfo.internalDTD is not None:
            raise XmlProblem("doctype", 1)
        return str(element.tag)
    return None


class Feed:
    """Reads a stream block by block in memory that does not grow with it; validates on the way where told to."""

    def __init__(self, schema: etree.XMLSchema | None = None) -> None:
        self._parser = parser(target=_Silent(), schema=schema)
        self._depth = _Depth()

    def blocks(self, stream: BufferedIOBase) -> Iterator[bytes]:
        """Read all of `stream`; yields each block once it is read. Raises `XmlProblem`."""
        head = stream.read(BLOCK)
        _refuse(head, whole=False)
        while head:
            self.read(head)
            yield head
            head = stream.read(BLOCK)
        self.close()

    def read(self, chunk: bytes) -> None:
        """Read on. Raises `XmlProblem`."""
        self._depth.see(chunk)
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise self._fault() or _problem(error) from None

    def close(self) -> None:
        """Say that nothing follows. Raises `XmlProblem`."""
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise self._fault() or _problem(error) from None
        fault = self._fault()
        if fault is not None:
            raise fault

    @property
    def errors(self) -> list[etree._LogEntry]:
        """What the schema found so far; libxml2 gives neither line nor path while streaming."""
        return [entry for entry in self._parser.feed_error_log if entry.domain == etree.ErrorDomains.SCHEMASV]

    def _fault(self) -> XmlProblem | None:
        for entry in self._parser.feed_error_log:
            if entry.domain in _PARSER_DOMAINS and entry.level >= etree.ErrorLevels.ERROR:
                return _described(entry.type, entry.message, entry.line, entry.column)
        return None


class Window:
    """Builds the tree of a stream, but keeps only what is open and what was read last.

    With `tags` (Clark notation), `read` returns these elements once they are complete; without, every element, first
    when it begins ("start"), then when it is complete ("end").
    """

    def __init__(self, tags: tuple[str, ...] | None = None) -> None:
        events = ("end",) if tags else ("start", "end")
        self._parser = pull_parser(events, tag=tags, huge_tree=True)
        self._gone: dict[etree._Element, dict[str, int]] = {}

    def read(self, chunk: bytes) -> list[tuple[str, etree._Element]]:
        """Read on; nothing that was returned before `prune` may be used after it. Raises `XmlProblem`."""
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise _problem(error) from None
        return list(self._parser.read_events())  # type: ignore[arg-type]

    def prune(self, node: etree._Element) -> None:
        """Forget what is complete; `node` is any element that was returned."""
        one: etree._Element | None = node.getroottree().getroot()
        kept: dict[etree._Element, dict[str, int]] = {}
        while one is not None:
            gone = kept[one] = self._gone.get(one, {})
            last = one[-1] if len(one) else None
            while last is not None and one[0] is not last:
                if isinstance(one[0].tag, str):
                    gone[one[0].tag] = gone.get(one[0].tag, 0) + 1
                del one[0]
            one = last
        self._gone = kept

    def position(self, node: etree._Element) -> int:
        """Which one `node` is among its siblings of the same name, from 1, those forgotten included."""
        parent = node.getparent()
        if parent is None:
            return 1
        before = self._gone.get(parent, {}).get(node.tag, 0)
        return before + 1 + sum(1 for _ in node.itersiblings(node.tag, preceding=True))


class _Silent:
    """A parser target without handlers for elements, so that libxml2 builds nothing and calls nobody."""

    def doctype(self, *_: object) -> None:
        raise XmlProblem("doctype")

    def close(self) -> None:
        return None


class _Depth:
    """Guesses from the bytes how deep a stream is nested; a guess beyond reason ends the reading."""

    LIMIT = 100_000

    def __init__(self) -> None:
        self._open = 0
        self._marks: tuple[bytes, ...] = ()

    def see(self, block: bytes) -> None:
        if not self._marks:
            wide = wide_encoding(block)
            self._marks = tuple(mark.encode(wide or "ascii") for mark in ("<", "</", "<!", "<?", "/>"))
        any_tag, closing, declaration, instruction, empty = map(block.count, self._marks)
        self._open = max(0, self._open + any_tag - 2 * closing - declaration - instruction - empty)
        if self._open > self.LIMIT:
            raise XmlProblem("too_deep")


def _refuse(head: bytes, *, whole: bool) -> None:
    refused = refuse(head, whole=whole)
    if refused is not None:
        raise XmlProblem(*refused)


def _again(data: bytes, error: etree.XMLSyntaxError) -> etree._Element:
    """Long texts are legal (attachments in base64): read them where nothing else is beyond the limits."""
    if not (error.msg or "").removeprefix("Resource limit exceeded: ").startswith(_HUGE_TEXT):
        raise _problem(error) from None
    try:
        root = etree.fromstring(data, parser(huge_tree=True))
    except etree.XMLSyntaxError as second:
        raise _problem(second) from None
    if deeper_than(root, DEPTH):
        raise XmlProblem("too_deep")
    return root


def deeper_than(root: etree._Element, limit: int) -> bool:
    """Whether any element below `root` has more than `limit` ancestors."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _problem(error: etree.XMLSyntaxError) -> XmlProblem:
    line, column = error.position
    return _described(getattr(error, "code", 0), error.msg or "", line, column)


def _described(code: int, message: str, line: int | None, column: int | None) -> XmlProblem:
    reason = _REASONS.get(code, "syntax")
    if reason == "too_large" and message.startswith("Excessive depth"):
        reason = "too_deep"
    if message.startswith("Incomplete UTF-8"):
        reason = "encoding"
    name = etree.ErrorTypes._getName(code, "")
    return XmlProblem(reason, line or None, (column or None) if line else None, name)


_PARSER = parser()
