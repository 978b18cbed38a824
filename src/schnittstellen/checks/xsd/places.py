"""Where in a message something is: readable XPath with position predicates, and back from libxml2's paths."""

import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

from schnittstellen.domain.finding import Place

LONGEST = 200
_STEP = re.compile(r"(?P<name>[^\[]+)(\[(?P<number>\d+)\])?\Z")


class Places:
    """Names and places in one tree. `prefixes` maps namespaces to the prefixes that the schema uses."""

    def __init__(self, root: etree._Element, prefixes: Mapping[str, str]) -> None:
        own = {uri: prefix for prefix, uri in root.nsmap.items() if prefix}
        self._prefixes = {**prefixes, **own}
        self._root = root
        self._searched = False
        self._steps: dict[etree._Element, str] = {}
        self._children: dict[etree._Element, list[etree._Element]] = {}

    def name(self, clark: str) -> str:
        """A name in Clark notation as people write it, cut where it is longer than anybody would read."""
        uri, _, local = clark.rpartition("}")
        prefix = self._prefix(uri[1:]) if uri else None
        readable = f"{prefix}:{local}" if prefix else local
        return readable if len(readable) <= LONGEST else readable[: LONGEST - 1] + "…"

    def place(self, node: etree._Element, attribute: str | None = None) -> Place:
        """Line and XPath of an element or of its attribute."""
        path = self.path(node)
        line = cast("int | None", node.sourceline)
        return Place(line, None, f"{path}/@{self.name(attribute)}" if attribute else path)

    def path(self, node: etree._Element) -> str:
        """XPath of an element; a position stands wherever siblings share the name."""
        steps: list[str] = []
        one: etree._Element | None = node
        while one is not None:
            steps.append(self._step(one))
            one = one.getparent()
        return "/" + "/".join(reversed(steps))

    def find(self, path: str) -> etree._Element | None:
        """The element behind a path as libxml2 writes it (`/*/a:b[3]`), or None."""
        node = self._root
        for number, step in enumerate(path.strip("/").split("/")):
            found = _STEP.match(step)
            if found is None or step.startswith("@"):
                return node if number else None
            if number:
                child = self._child(node, found["name"], int(found["number"] or 1))
                if child is None:
                    return None
                node = child
        return node

    def children(self, node: etree._Element) -> list[etree._Element]:
        """The child elements, without comments and processing instructions."""
        kept = self._children.get(node)
        if kept is None:
            kept = self._children[node] = [child for child in node if isinstance(child.tag, str)]
        return kept

    def _prefix(self, uri: str) -> str | None:
        if uri not in self._prefixes and not self._searched:
            self._searched = True
            for element in self._root.iter(etree.Element):
                for prefix, bound in element.nsmap.items():
                    self._prefixes.setdefault(bound, prefix or "")
        return self._prefixes.get(uri)

    def _child(self, node: etree._Element, name: str, number: int) -> etree._Element | None:
        fitting = self.children(node)
        if name != "*":
            fitting = [child for child in fitting if _written(child) == name]
        return fitting[number - 1] if number <= len(fitting) else None

    def _step(self, node: etree._Element) -> str:
        if node not in self._steps:
            parent = node.getparent()
            if parent is None:
                self._steps[node] = self.name(node.tag)
            else:
                self._number(parent)
        return self._steps[node]

    def _number(self, parent: etree._Element) -> None:
        by_tag: dict[str, list[etree._Element]] = {}
        for child in self.children(parent):
            by_tag.setdefault(child.tag, []).append(child)
        for tag, same in by_tag.items():
            name = self.name(tag)
            for number, child in enumerate(same, 1):
                self._steps[child] = f"{name}[{number}]" if len(same) > 1 else name


def _written(node: etree._Element) -> str:
    local = etree.QName(node).localname
    return f"{node.prefix}:{local}" if node.prefix else local
