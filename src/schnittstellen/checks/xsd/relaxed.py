"""A schema that no longer minds the order, number or presence of elements.

libxml2 stops looking at the children of an element at the first one it does not expect. With content models out of the
way, and what is not declared taken out of a copy of the message, it finds every fault in values and attributes.
"""

from copy import deepcopy
from dataclasses import replace

from lxml import etree

from schnittstellen.artefacts.schema_set import SchemaProblem, SchemaSet
from schnittstellen.artefacts.schemas import quick
from schnittstellen.checks.xsd.declarations import xsd
from schnittstellen.checks.xsd.regex import pattern

_HOLDERS = tuple(map(xsd, ("complexType", "extension", "restriction", "group")))
_COMPOSITORS = tuple(map(xsd, ("sequence", "choice", "all")))
_IDENTITY = tuple(map(xsd, ("key", "keyref", "unique")))


def relaxed(schemas: SchemaSet) -> etree.XMLSchema | None:
    """The relaxed schema, or None where libxml2 does not take it."""
    documents = {address: _relax(tree) for address, tree in schemas.trees.items()}
    try:
        return quick(replace(schemas, documents=documents))
    except SchemaProblem:
        return None


def without_patterns(schemas: SchemaSet) -> SchemaSet:
    """The schemas without the patterns that can be matched here; the trees stay as they are."""
    return replace(schemas, documents={address: _strip(tree) for address, tree in schemas.trees.items()})


def _strip(tree: etree._Element) -> bytes:
    tree = deepcopy(tree)
    for facet in list(tree.iter(xsd("pattern"))):
        known = pattern(facet.get("value", ""))
        if known is not None and not known.names:
            _drop(facet)
    return etree.tostring(tree, encoding="utf-8")


def _relax(tree: etree._Element) -> bytes:
    tree = deepcopy(tree)
    for constraint in list(tree.iter(*_IDENTITY)):
        _drop(constraint)
    for holder in tree.iter(*_HOLDERS):
        for compositor in list(holder.iterchildren(*_COMPOSITORS, xsd("group"))):
            place = holder.index(compositor)
            holder.insert(place, _loose(compositor))
            if compositor.getparent() is holder:
                holder.remove(compositor)
    return etree.tostring(tree, encoding="utf-8")


def _loose(compositor: etree._Element) -> etree._Element:
    choice = etree.Element(xsd("choice"), {"minOccurs": "0", "maxOccurs": "unbounded"})
    seen: set[tuple[str, str | None]] = set()
    for particle in _leaves(compositor):
        key = (str(particle.tag), particle.get("name") or particle.get("ref") or particle.get("namespace"))
        if key not in seen:
            seen.add(key)
            particle.attrib.pop("minOccurs", "")
            particle.attrib.pop("maxOccurs", "")
            choice.append(particle)
    return choice


def _leaves(node: etree._Element) -> list[etree._Element]:
    if node.tag not in _COMPOSITORS:
        return [node]
    children = node.iterchildren(*_COMPOSITORS, xsd("element"), xsd("any"), xsd("group"))
    return [leaf for child in list(children) for leaf in _leaves(child)]


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
