"""Facts of one XML Schema document: what it refers to, what it declares, and which component uses which."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from schnittstellen.artefacts.scan.kind import XSD
from schnittstellen.artefacts.scan.xoev import Metadata, codelist_uses, metadata_of
from schnittstellen.domain.codelist import CodelistUse

_REFERENCES = tuple(f"{{{XSD}}}{name}" for name in ("import", "include", "redefine", "override"))
_KINDS = {
    f"{{{XSD}}}element": "element",
    f"{{{XSD}}}complexType": "type",
    f"{{{XSD}}}simpleType": "type",
    f"{{{XSD}}}group": "group",
    f"{{{XSD}}}attributeGroup": "attributeGroup",
    f"{{{XSD}}}attribute": "attribute",
}
_TYPE_NAMES = ("type", "base", "itemType", "memberTypes")
_FEW = 8


class Component(NamedTuple):
    """A global component by kind (element, type, group, attributeGroup, attribute), namespace and name."""

    kind: str
    namespace: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`kind` is import, include, redefine or override; `namespace` the one that is expected at the other end."""

    kind: str
    location: str
    namespace: str | None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """A global element. `head` is the head of its substitution group, `type` its named type."""

    name: str
    abstract: bool = False
    head: Component | None = None
    type: Component | None = None
    title: str = ""
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """A global type: its base, and its attributes that may only have few values (by name, with these values)."""

    base: Component | None = None
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchemaFacts:
    """One schema document. `uses` says which components each global component refers to."""

    namespace: str | None
    version: str
    references: tuple[Reference, ...]
    elements: Mapping[str, ElementFacts]
    types: Mapping[str, TypeFacts]
    uses: Mapping[Component, frozenset[Component]]
    referenced_elements: frozenset[Component]
    metadata: Metadata | None = None
    codelists: tuple[CodelistUse, ...] = ()

    def inside(self, namespace: str | None) -> "SchemaFacts":
        """The facts of a document without namespace as they are where one with `namespace` includes it."""
        if self.namespace is not None or namespace is None:
            return self

        def moved(one: Component) -> Component:
            return one if one.namespace is not None else one._replace(namespace=namespace)

        return replace(
            self,
            namespace=namespace,
            elements={name: _moved_element(one, moved) for name, one in self.elements.items()},
            types={name: replace(one, base=moved(one.base) if one.base else None) for name, one in self.types.items()},
            uses={moved(one): frozenset(map(moved, used)) for one, used in self.uses.items()},
            referenced_elements=frozenset(map(moved, self.referenced_elements)),
        )


def schema_facts(root: etree._Element) -> SchemaFacts:
    """Read the facts of a schema document."""
    namespace = root.get("targetNamespace")
    declared = list(_declared(root))
    enumerations = {str(one.get("name")): _values(one) for one in root.iterchildren(f"{{{XSD}}}simpleType")}
    return SchemaFacts(
        namespace,
        (root.get("version") or "").strip(),
        tuple(_reference(one, namespace) for one in root.iterchildren(*_REFERENCES)),
        {one.name: _element(node, enumerations) for one, node in declared if one.kind == "element"},
        {one.name: _type(node, enumerations) for one, node in declared if one.kind == "type"},
        _uses(declared),
        frozenset(_element_references(root)),
        metadata_of(root),
        codelist_uses(root),
    )


def _declared(root: etree._Element) -> Iterator[tuple[Component, etree._Element]]:
    namespace = root.get("targetNamespace")
    parents = (root, *root.iterchildren(f"{{{XSD}}}redefine", f"{{{XSD}}}override"))
    for parent in parents:
        for node in parent.iterchildren(*_KINDS):
            name = node.get("name")
            if name:
                yield Component(_KINDS[str(node.tag)], namespace, name), node


def _reference(node: etree._Element, namespace: str | None) -> Reference:
    kind = etree.QName(node).localname
    location = " ".join((node.get("schemaLocation") or "").split())
    return Reference(kind, location, node.get("namespace") if kind == "import" else namespace, node.sourceline or None)  # type: ignore[arg-type]


def _element(node: etree._Element, enumerations: Mapping[str, tuple[str, ...]]) -> ElementFacts:
    head = node.get("substitutionGroup")
    named = node.get("type")
    inner = node.find(f"{{{XSD}}}complexType")
    base = None if inner is None else _base(inner)
    return ElementFacts(
        str(node.get("name")),
        node.get("abstract") in ("true", "1"),
        _component("element", head.split()[0], node) if head and head.split() else None,
        _component("type", named, node) if named else base,
        _title(node),
        {} if inner is None else _fixed(inner, enumerations),
    )


def _type(node: etree._Element, enumerations: Mapping[str, tuple[str, ...]]) -> TypeFacts:
    return TypeFacts(_base(node), _fixed(node, enumerations))


def _base(node: etree._Element) -> Component | None:
    for content in node.iterchildren(f"{{{XSD}}}complexContent", f"{{{XSD}}}simpleContent"):
        for derivation in content.iterchildren(f"{{{XSD}}}extension", f"{{{XSD}}}restriction"):
            if derivation.get("base"):
                return _component("type", str(derivation.get("base")), derivation)
    restriction = node.find(f"{{{XSD}}}restriction")
    named = None if restriction is None else restriction.get("base")
    return _component("type", named, node) if named else None


def _fixed(node: etree._Element, enumerations: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Attributes of the type itself whose value the schema restricts to one or a few."""
    found: dict[str, tuple[str, ...]] = {}
    for attribute in node.iter(f"{{{XSD}}}attribute"):
        name = attribute.get("name")
        owner = next(attribute.iterancestors(f"{{{XSD}}}complexType"), None)
        if not name or owner is not node or attribute.get("form") == "qualified":
            continue
        fixed = attribute.get("fixed")
        inner = attribute.find(f"{{{XSD}}}simpleType")
        named = (attribute.get("type") or "").rpartition(":")[2]
        values = _values(inner) if inner is not None else enumerations.get(named, ())
        if fixed is not None or values:
            found[name] = (fixed,) if fixed is not None else values
    return found


def _values(node: etree._Element) -> tuple[str, ...]:
    found = tuple(str(one.get("value")) for one in node.iterfind(f"{{{XSD}}}restriction/{{{XSD}}}enumeration"))
    return found if len(found) <= _FEW else ()


def _uses(declared: list[tuple[Component, etree._Element]]) -> dict[Component, frozenset[Component]]:
    found: dict[Component, set[Component]] = {}
    for component, node in declared:
        found.setdefault(component, set()).update(_used(node))
    return {component: frozenset(used - {component}) for component, used in found.items()}


def _used(node: etree._Element) -> Iterator[Component]:
    for one in node.iter(f"{{{XSD}}}*"):
        for attribute in _TYPE_NAMES:
            for name in (one.get(attribute) or "").split():
                yield _component("type", name, one)
        if one.get("ref"):
            yield _component(_KINDS.get(str(one.tag), "element"), str(one.get("ref")), one)
        for name in (one.get("substitutionGroup") or "").split():
            yield _component("element", name, one)
        if one.tag == f"{{{XSD}}}any" and one.get("processContents", "strict") == "strict":
            yield from (Component("any", word, "*") for word in (one.get("namespace") or "").split() if word[0] != "#")


def _element_references(root: etree._Element) -> Iterator[Component]:
    for one in root.iter(f"{{{XSD}}}element"):
        if one.get("ref"):
            yield _component("element", str(one.get("ref")), one)


def _component(kind: str, name: str, node: etree._Element) -> Component:
    prefix, _, local = name.strip().rpartition(":")
    meant = node.nsmap.get(prefix or None)
    return Component(kind, meant, local)


def _title(node: etree._Element) -> str:
    text = node.findtext(f"{{{XSD}}}annotation/{{{XSD}}}documentation") or ""
    sentence = " ".join(text.split()).split(". ")[0].rstrip(".")
    return sentence if len(sentence) <= 160 else sentence[:157].rsplit(" ", 1)[0] + " …"


def _moved_element(one: ElementFacts, moved: Callable[[Component], Component]) -> ElementFacts:
    return replace(one, head=moved(one.head) if one.head else None, type=moved(one.type) if one.type else None)
