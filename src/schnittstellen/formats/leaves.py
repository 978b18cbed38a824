"""The values of a document with their places, whatever it is: XML, JSON, or plain text.

Documents inside a value of JSON, as recorded exchanges (HAR) hold them, are read too; their place is that of the value.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from schnittstellen.domain.finding import Place
from schnittstellen.domain.personal_data import Leaf
from schnittstellen.formats.safe_xml import XmlProblem, parse

DEPTH = 3
"""Documents in values of documents are read so deep."""


def leaves(data: bytes) -> Iterator[Leaf]:
    """Every value of `data` with its place: line and XPath, JSON Pointer, or line."""
    found = _structured(data, 0)
    yield from _of_text(data) if found is None else found


def _structured(data: bytes, depth: int) -> Iterator[Leaf] | None:
    """The values of a document; None where it is neither XML nor JSON."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if start == b"<":
            return _of_xml(parse(data))
        if start in (b"{", b"["):
            return _of_json(json.loads(data), depth)
    except (XmlProblem, ValueError, RecursionError):
        return None
    return None


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


def _of_json(root: Any, depth: int) -> Iterator[Leaf]:
    waiting: list[tuple[Any, tuple[str, ...], str]] = [(root, (), "")]
    while waiting:
        value, path, pointer = waiting.pop()
        if isinstance(value, dict | list):
            waiting.extend(
                (one, (*path, name), f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
                for name, one in reversed(_members(value))
            )
        elif value is not None and not isinstance(value, bool):
            yield from _of_value(value, path, Place(pointer=pointer), depth)


def _members(holder: dict[str, Any] | list[Any]) -> list[tuple[str, Any]]:
    if isinstance(holder, dict):
        return list(_decoded(holder).items())
    return [(str(position), one) for position, one in enumerate(holder)]


def _of_value(value: Any, path: tuple[str, ...], place: Place, depth: int) -> Iterator[Leaf]:
    inner = _structured(value.encode("utf-8", "replace"), depth + 1) if _nested(value, depth) else None
    if inner is None:
        yield Leaf(path, str(value), place)
    else:
        yield from (Leaf((*path, *one.path), one.text, place) for one in inner)


def _nested(value: Any, depth: int) -> bool:
    return isinstance(value, str) and depth < DEPTH and value.lstrip()[:1] in ("<", "{", "[")


def _decoded(holder: dict[str, Any]) -> dict[str, Any]:
    """The content of an answer as HAR writes what is no text."""
    text = holder.get("text")
    if holder.get("encoding") != "base64" or not isinstance(text, str):
        return holder
    try:
        return {**holder, "text": base64.b64decode(text).decode("utf-8", "replace")}
    except ValueError:
        return holder


def _of_text(data: bytes) -> Iterator[Leaf]:
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        yield Leaf((str(number),), line, Place(line=number))
