"""Reading XML that strangers wrote. Only this module parses untrusted text; it hands on trees, never text."""

from dataclasses import dataclass
from io import BufferedIOBase

from lxml import etree

GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class XmlProblem(Exception):
    """Untrusted text that is refused or is not well-formed.

    `reason` is one of: empty, compressed, doctype, encoding, syntax, too_deep, too_large. Line and column count from 1.
    """

    reason: str
    line: int | None = None
    column: int | None = None
    detail: str = ""


def parser(**more: object) -> etree.XMLParser:
    """A parser that loads no DTD, resolves no entity and reaches no network."""
    settings: dict[str, object] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    return etree.XMLParser(**{**settings, **more})  # type: ignore[arg-type]


def parse(data: bytes) -> etree._ElementTree:
    """The tree of `data`. Raises `XmlProblem`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise XmlProblem("empty")
    if data.startswith(GZIP):
        raise XmlProblem("compressed")
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser()))
    except etree.XMLSyntaxError as error:
        raise XmlProblem("syntax", *_position(error), detail=error.msg or "") from None
    if tree.docinfo.internalDTD is not None:
        raise XmlProblem("doctype", 1)
    return tree


def root_of(stream: BufferedIOBase) -> str:
    """The name of the root element in Clark notation, read from as few bytes as possible. Raises `XmlProblem`."""
    head = stream.read(1 << 16)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise XmlProblem("empty")
    if head.startswith(GZIP):
        raise XmlProblem("compressed")
    pull = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        while head:
            pull.feed(head)
            for _, element in pull.read_events():
                assert isinstance(element, etree._Element)
                if element.getroottree().docinfo.internalDTD is not None:
                    raise XmlProblem("doctype", 1)
                return str(element.tag)
            head = stream.read(1 << 16)
        pull.close()
    except etree.XMLSyntaxError as error:
        raise XmlProblem("syntax", *_position(error), detail=error.msg or "") from None
    raise XmlProblem("empty")


def _position(error: etree.XMLSyntaxError) -> tuple[int | None, int | None]:
    line, column = error.position
    return (line or None, column or None) if line else (None, None)
