"""The values of a document with their places, whatever it is: XML, JSON, or plain text."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from schnittstellen.domain.finding import Place
from schnittstellen.domain.personal_data import Leaf
from schnittstellen.formats.safe_xml import XmlProblem, parse


def leaves(data: bytes) -> Iterator[Leaf]:
    """Every value of `data` with its place: line and XPath, JSON Pointer, or line."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        try:
            yield from _of_xml(parse(data))
            return
        except XmlProblem:
            pass
    if start in (b"{", b"["):
        try:
            yield from _of_json(json.loads(data), (), "")
            return
        except (ValueError, RecursionError):
            pass
    yield from _of_text(data)


def _of_xml(tree: etree._ElementTree) -> Iterator[Leaf]:
    root = tree.getroot()
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, (_name(root),))]
    while waiting:
        element, path = waiting.pop()
        line = element.sourceline if isinstance(element.sourceline, int) else None
        place = Place(line=line, xpath="/" + "/".join(path))
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            yield Leaf((*path, f"@{local}"), str(value), Place(line=place.line, xpath=f"{place.xpath}/@{local}"))
        children = [*element.iterchildren(etree.Element)]
        text = "".join(filter(None, [element.text, *(child.tail for child in element)]))
        comments = "".join(child.text or "" for child in element.iterchildren(etree.Comment))
        yield from (Leaf(path, one, place) for one in (text, comments) if one.strip())
        waiting.extend(reversed([*zip(children, _numbered(path, children), strict=True)]))


def _numbered(path: tuple[str, ...], children: list[etree._Element]) -> Iterator[tuple[str, ...]]:
    names = [_name(child) for child in children]
    counts, seen = Counter(names), Counter[str]()
    for name in names:
        seen[name] += 1
        yield (*path, f"{name}[{seen[name]}]" if counts[name] > 1 else name)


def _name(element: etree._Element) -> str:
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local


def _of_json(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for name, one in value.items():
            escaped = name.replace("~", "~0").replace("/", "~1")
            yield from _of_json(one, (*path, name), f"{pointer}/{escaped}")
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from _of_json(one, (*path, str(position)), f"{pointer}/{position}")
    elif value is not None and not isinstance(value, bool):
        yield Leaf(path, str(value), Place(pointer=pointer))


def _of_text(data: bytes) -> Iterator[Leaf]:
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        yield Leaf((str(number),), line, Place(line=number))
