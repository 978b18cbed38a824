"""Where a message holds codes: XÖV codes (with a child `code`), coded elements, and places that a suite names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from schnittstellen.checks.codelists.bindings import URI, VERSION, Binding, Bindings, Step
from schnittstellen.domain.finding import Place

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LINES = 65535
"""libxml2 counts lines no further than this in some trees; beyond, a line is not told."""


class BadOption(Exception):
    """An option of the suite that makes no sense; `option` and `value` name it."""

    def __init__(self, option: str, value: str) -> None:
        super().__init__(f"{option}: {value}")
        self.option = option
        self.value = value


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the suite names: the end of an element path, in Clark notation, and perhaps an attribute."""

    path: tuple[str, ...]
    attribute: str | None
    uri: str
    version: str | None


@dataclass(frozen=True, slots=True)
class Coded:
    """One code in a message with what says where it is from. `uri` and `version` are "" where given but empty."""

    value: str
    uri: str | None
    version: str | None
    binding: Binding
    element: etree._Element
    attribute: str | None = None

    @property
    def name(self) -> str:
        """The element as people know it, with the attribute that holds the code."""
        name = etree.QName(self.element).localname
        return f"{name}/@{self.attribute}" if self.attribute else name


Placer = Callable[[Coded], Place]
"""Tells where a code stands."""


class Finder:
    """Finds the codes at an element; `wanted` are the element names worth a look (lxml's notation)."""

    def __init__(self, bindings: Bindings, named: tuple[Named, ...]) -> None:
        self._bindings = bindings
        self._named: dict[str, list[Named]] = {}
        for one in named:
            self._named.setdefault(one.path[-1], []).append(one)
        self.wanted = tuple(sorted({"{*}code", *bindings.names, *self._named}))

    def at(self, element: etree._Element) -> Iterator[Coded]:
        """The codes whose last part is this element."""
        text = text_of(element)
        for one in self._named.get(element.tag, ()):
            value = text if one.attribute is None else element.get(one.attribute)
            if value is not None and _ends(element, one.path):
                yield Coded(_tidy(value), one.uri, one.version, Binding(), element, one.attribute)
        if text is None:
            return
        parent = element.getparent()
        if parent is not None and etree.QName(element).localname == "code":
            yield from self._of(parent, text)
        if element.tag in self._bindings.names:
            yield from self._of(element, text)

    def _of(self, holder: etree._Element, value: str) -> Iterator[Coded]:
        if holder.get(f"{{{_XSI}}}nil") in ("true", "1"):
            return
        uri, version = holder.get(URI), holder.get(VERSION)
        binding = None
        if not uri or not version:
            binding = self._bindings.at(_path(holder))
            if binding is None and uri is None and version is None:
                return
        binding = binding or Binding()
        yield Coded(_tidy(value), _either(uri, binding.uri), _either(version, binding.version), binding, holder)


def named(options: Iterable[Mapping[str, Any]], namespaces: Mapping[str, str]) -> tuple[Named, ...]:
    """The option `places`: each with `path` such as "cbc:Amount/@currencyID", `list` and perhaps `version`.

    Raises `BadOption`.
    """
    return tuple(_named(one, namespaces) for one in options)


def text_of(element: etree._Element) -> str | None:
    """The text of an element, whatever comments stand in it; None where it holds elements."""
    if len(element) == 0:
        return element.text or ""
    if any(isinstance(child.tag, str) for child in element):
        return None
    return (element.text or "") + "".join(child.tail or "" for child in element)


def line_of(element: etree._Element) -> int | None:
    """The line of an element, where it is known."""
    line = cast(int | None, element.sourceline)
    return line if line is not None and line < _LINES else None


def place_in_tree(coded: Coded) -> Place:
    """Line and XPath of a code in a whole tree."""
    path = coded.element.getroottree().getpath(coded.element)
    return Place(line_of(coded.element), xpath=f"{path}/@{coded.attribute}" if coded.attribute else path)


def _named(option: Mapping[str, Any], namespaces: Mapping[str, str]) -> Named:
    written, uri = option.get("path"), option.get("list")
    if not isinstance(written, str) or not isinstance(uri, str) or not written.strip("/"):
        raise BadOption("places", str(dict(option)))
    *steps, last = written.strip("/").split("/")
    attribute = last[1:] if last.startswith("@") else None
    names = steps if attribute is not None else [*steps, last]
    if not names:
        raise BadOption("places", written)
    version = option.get("version")
    return Named(
        tuple(_qualified(one, namespaces) for one in names), attribute, uri, None if version is None else str(version)
    )


def _qualified(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return name
    if prefix not in namespaces:
        raise BadOption("places", name)
    return f"{{{namespaces[prefix]}}}{local}"


def _ends(element: etree._Element, path: tuple[str, ...]) -> bool:
    current: etree._Element | None = element
    for name in reversed(path):
        if current is None or current.tag != name:
            return False
        current = current.getparent()
    return True


def _path(element: etree._Element) -> tuple[Step, ...]:
    steps = [_step(element), *map(_step, element.iterancestors())]
    return tuple(reversed(steps))


def _step(element: etree._Element) -> Step:
    given = element.get(f"{{{_XSI}}}type")
    if given is None:
        return str(element.tag), None
    prefix, _, local = given.strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    return str(element.tag), f"{{{namespace}}}{local}" if namespace else local


def _either(given: str | None, stated: str | None) -> str | None:
    value = stated if given is None else given
    return None if value is None else _tidy(value)


def _tidy(value: str) -> str:
    return " ".join(value.split())
