"""What a schema says of the code list at a place: XÖV-Handbuch, "Nutzung von Codelisten", code types 1 to 4.

The schema documents are read as XML; a place is the path of element names from the root, each with its xsi:type.
Followed are local and global elements, references, groups, extension, restriction and xsi:type. An element that the
content model does not name (substitution, xs:any) is looked up among the global ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from schnittstellen.artefacts.schema_set import XSD, SchemaSet

URI, VERSION = "listURI", "listVersionID"
_KEPT = 20_000
Step = tuple[str, str | None]
"""Name of an element in Clark notation, and the same of its xsi:type."""


@dataclass(frozen=True, slots=True)
class Binding:
    """List and version that the schema fixes at a place (None: the message names them).

    `enumeration` holds the codes where the schema itself lists them (type 1): of any other, validation complains.
    """

    uri: str | None = None
    version: str | None = None
    uri_required: bool = False
    version_required: bool = False
    enumeration: frozenset[str] = frozenset()


class Bindings:
    """Answers by path; each path is worked out once."""

    def __init__(self, schemas: SchemaSet) -> None:
        self._schemas = schemas
        self._known: dict[tuple[Step, ...], etree._Element | None] = {}
        self._content: dict[etree._Element, dict[str, etree._Element]] = {}
        self._bound: dict[etree._Element, Binding | None] = {}

    def at(self, path: tuple[Step, ...]) -> Binding | None:
        """The binding of the element at `path`; None where its type has no listURI, or is unknown."""
        kind = self._type_at(path)
        if kind is None:
            return None
        if kind not in self._bound:
            self._bound[kind] = self._binding(kind)
        return self._bound[kind]

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all elements that are declared somewhere with a type that has listURI."""
        found: set[str] = set()
        for tree in self._schemas.trees.values():
            for element in tree.iter(_xs("element")):
                kind = self._type_of(element)
                if element.get("name") and kind is not None and self._attribute(kind, URI) is not None:
                    found.add(self._name(element))
        return frozenset(found)

    def _type_at(self, path: tuple[Step, ...]) -> etree._Element | None:
        if path not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._look_up(path)
            self._known[path] = found
            return found
        return self._known[path]

    def _look_up(self, path: tuple[Step, ...]) -> etree._Element | None:
        name, given = path[-1]
        if given is not None and given in self._types:
            return self._types[given]
        parent = self._type_at(path[:-1]) if len(path) > 1 else None
        declared = None if parent is None else self._children(parent).get(name)
        element = self._elements.get(name) if declared is None else declared
        return None if element is None else self._type_of(element)

    def _children(self, kind: etree._Element) -> dict[str, etree._Element]:
        if kind not in self._content:
            self._content[kind] = {}
            for part in self._inherited(kind):
                for element in self._particles(part):
                    self._content[kind].setdefault(self._name(element), element)
        return self._content[kind]

    def _particles(self, part: etree._Element) -> Iterator[etree._Element]:
        for child in part.iterchildren(tag=etree.Element):
            if child.tag == _xs("element"):
                reference = self._resolve(child, "ref", self._elements)
                yield child if reference is None else reference
            elif child.tag == _xs("group"):
                group = self._resolve(child, "ref", self._groups)
                yield from () if group is None else self._particles(group)
            elif child.tag != _xs("annotation") and not str(child.tag).endswith(
                ("attribute", "complexType", "simpleType")
            ):
                yield from self._particles(child)

    def _inherited(self, kind: etree._Element) -> Iterator[etree._Element]:
        """The type and the types that it extends or restricts, nearest first."""
        seen: set[etree._Element] = set()
        current: etree._Element | None = kind
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            derived = _derivation(current)
            current = None if derived is None else self._resolve(derived, "base", self._types)

    def _binding(self, kind: etree._Element) -> Binding | None:
        uri, version = self._attribute(kind, URI), self._attribute(kind, VERSION)
        if uri is None:
            return None
        return Binding(
            _stated(uri),
            _stated(version),
            _required(uri),
            version is not None and _required(version),
            self._enumeration(kind),
        )

    def _attribute(self, kind: etree._Element, name: str) -> etree._Element | None:
        for part in self._inherited(kind):
            for attribute in self._attributes(part):
                if attribute.get("name") == name:
                    return None if attribute.get("use") == "prohibited" else attribute
        return None

    def _attributes(self, part: etree._Element) -> Iterator[etree._Element]:
        holders = [part, *part.iterchildren(_xs("simpleContent"), _xs("complexContent"))]
        holders += [one for holder in holders for one in holder.iterchildren(_xs("extension"), _xs("restriction"))]
        for holder in holders:
            yield from holder.iterchildren(_xs("attribute"))
            for reference in holder.iterchildren(_xs("attributeGroup")):
                group = self._resolve(reference, "ref", self._attribute_groups)
                yield from () if group is None else self._attributes(group)

    def _enumeration(self, kind: etree._Element) -> frozenset[str]:
        code = next((one for name, one in self._children(kind).items() if etree.QName(name).localname == "code"), None)
        value = kind if code is None else self._type_of(code)
        parts = () if value is None else self._inherited(value)
        values = (one.get("value", "") for part in parts for one in part.iter(_xs("enumeration")))
        return frozenset(" ".join(one.split()) for one in values)

    def _type_of(self, element: etree._Element) -> etree._Element | None:
        inline = next(element.iterchildren(_xs("complexType"), _xs("simpleType")), None)
        if inline is not None:
            return inline
        reference = self._resolve(element, "ref", self._elements)
        return self._resolve(element, "type", self._types) if reference is None else self._type_of(reference)

    def _resolve(self, element: etree._Element, key: str, where: dict[str, etree._Element]) -> etree._Element | None:
        prefix, _, local = " ".join((element.get(key) or "").split()).rpartition(":")
        if not local:
            return None
        namespace = element.nsmap.get(prefix or None)
        if namespace is None:
            namespace = self._namespaces[element.getroottree().getroot()]
            return where.get(local, where.get(_clark(namespace, local)))
        return where.get(_clark(namespace, local))

    def _name(self, element: etree._Element) -> str:
        root = element.getroottree().getroot()
        qualified = element.getparent() is root or element.get("form", root.get("elementFormDefault")) == "qualified"
        return _clark(self._namespaces[root] if qualified else None, element.get("name", ""))

    @cached_property
    def _namespaces(self) -> dict[etree._Element, str | None]:
        """Target namespace by document; a document without one has that of the document that includes it."""
        trees = self._schemas.trees
        found = {tree: tree.get("targetNamespace") for tree in trees.values()}
        for tree in trees.values():
            for reference in tree.iterchildren(_xs("include"), _xs("redefine"), _xs("override")):
                included = trees.get(reference.get("schemaLocation", ""))
                if included is not None and found[included] is None:
                    found[included] = found[tree]
        return found

    @cached_property
    def _types(self) -> dict[str, etree._Element]:
        return self._globals("complexType", "simpleType")

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        return self._globals("element")

    @cached_property
    def _groups(self) -> dict[str, etree._Element]:
        return self._globals("group")

    @cached_property
    def _attribute_groups(self) -> dict[str, etree._Element]:
        return self._globals("attributeGroup")

    def _globals(self, *kinds: str) -> dict[str, etree._Element]:
        return {
            _clark(namespace, element.get("name", "")): element
            for tree, namespace in self._namespaces.items()
            for element in tree.iterchildren(*map(_xs, kinds))
        }


def _xs(name: str) -> str:
    return f"{{{XSD}}}{name}"


def _clark(namespace: str | None, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


def _derivation(kind: etree._Element) -> etree._Element | None:
    content = next(kind.iterchildren(_xs("simpleContent"), _xs("complexContent")), kind)
    return next(content.iterchildren(_xs("extension"), _xs("restriction")), None)


def _stated(attribute: etree._Element | None) -> str | None:
    if attribute is None:
        return None
    value = attribute.get("fixed") or attribute.get("default")
    return " ".join(value.split()) if value else None


def _required(attribute: etree._Element) -> bool:
    return attribute.get("use") == "required"
