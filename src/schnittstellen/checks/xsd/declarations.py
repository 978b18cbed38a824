"""Declarations and complex types of a schema, as far as they are needed behind libxml2."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from lxml import etree

from schnittstellen.artefacts.schema_set import XSD
from schnittstellen.checks.xsd.simple import Simple


def xsd(name: str) -> str:
    """The name of an element of the schema language."""
    return f"{{{XSD}}}{name}"


class Owner(Protocol):
    """What declarations ask of the components that they belong to."""

    def element(self, name: str) -> "Element | None": ...

    def resolve(self, written: str, node: etree._Element, home: "Home") -> str: ...

    def type_at(self, node: etree._Element, home: "Home") -> "Simple | Complex": ...

    def type_named(self, written: str, node: etree._Element, home: "Home", within: str = "") -> "Simple | Complex": ...

    def simple(self, node: etree._Element, home: "Home", name: str = "") -> Simple: ...

    def restricted(self, node: etree._Element, base: Simple, name: str) -> Simple: ...

    def particle_in(self, holder: etree._Element, home: "Home") -> "Particle": ...

    def attributes_in(self, holder: etree._Element, home: "Home") -> Mapping[str, Simple]: ...


@dataclass(frozen=True, slots=True)
class Home:
    """The document that a component stands in: its (effective) target namespace and its defaults."""

    namespace: str | None
    elements_qualified: bool
    attributes_qualified: bool
    chameleon: bool
    block: str = ""

    def name(self, local: str, *, qualified: bool = True) -> str:
        """`local` as a name of this document in Clark notation."""
        return f"{{{self.namespace}}}{local}" if self.namespace and qualified else local


@dataclass(frozen=True, slots=True)
class Wildcard:
    """xs:any. `namespaces` is the attribute's text with ##targetNamespace and ##local left in."""

    namespaces: str
    process: str
    target: str | None

    def allows(self, tag: str) -> bool:
        """Whether an element of this name (Clark notation) fits."""
        uri = tag[1:].rpartition("}")[0] if tag.startswith("{") else ""
        if self.namespaces == "##any":
            return True
        if self.namespaces == "##other":
            return uri not in ("", self.target or "")
        words = {"##targetNamespace": self.target or "", "##local": ""}
        return uri in {words.get(one, one) for one in self.namespaces.split()}


@dataclass(frozen=True, slots=True)
class Particle:
    """`kind` is element, any, sequence, choice or all; `high` is None for unbounded."""

    kind: str
    low: int = 1
    high: int | None = 1
    element: "Element | None" = None
    wildcard: Wildcard | None = None
    parts: tuple["Particle", ...] = ()

    def leaves(self) -> Iterator["Particle"]:
        """All particles that stand for elements or wildcards."""
        if self.kind in ("element", "any"):
            yield self
        for part in self.parts:
            yield from part.leaves()


EMPTY = Particle("sequence")


@dataclass(eq=False)
class Element:
    """A declaration of an element; `tag` is its name in Clark notation."""

    tag: str
    node: etree._Element
    home: Home
    owner: Owner = field(repr=False)

    @cached_property
    def type(self) -> "Simple | Complex":
        """Its type; a member of a substitution group without a type has that of its head."""
        head = self.node.get("substitutionGroup")
        if self.node.get("type") is None and head and self.node.find(xsd("complexType")) is None:
            above = self.owner.element(self.owner.resolve(head.split()[0], self.node, self.home))
            if above is not None and self.node.find(xsd("simpleType")) is None:
                return above.type
        return self.owner.type_at(self.node, self.home)

    @cached_property
    def blocked(self) -> frozenset[str]:
        """Kinds of derivation whose types may not stand in its place."""
        words = frozenset((self.node.get("block", self.home.block)).split())
        return frozenset(("extension", "restriction", "substitution")) if "#all" in words else words

    def admits(self, member: "Element") -> bool:
        """Whether a member of its substitution group may stand for it."""
        if not self.blocked:
            return True
        return "substitution" not in self.blocked and not self.blocked & _derivations(member.type, self.type)

    @cached_property
    def abstract(self) -> bool:
        """Whether only members of its substitution group may stand for it."""
        return self.node.get("abstract") in ("true", "1")


@dataclass(eq=False)
class Complex:
    """A complex type; `node` is None for xs:anyType."""

    name: str
    node: etree._Element | None
    home: Home
    owner: Owner = field(repr=False)

    @cached_property
    def _derivation(self) -> etree._Element | None:
        if self.node is None:
            return None
        for content in self.node.iterchildren(xsd("complexContent"), xsd("simpleContent")):
            return next(content.iterchildren(xsd("extension"), xsd("restriction")), None)
        return None

    @property
    def derivation(self) -> str:
        """How it is derived: extension, restriction, or "" where it names no base."""
        return "" if self._derivation is None else etree.QName(self._derivation).localname

    @cached_property
    def base(self) -> "Simple | Complex | None":
        """The type it is derived from, where it names one."""
        derivation = self._derivation
        if derivation is None:
            return None
        return self.owner.type_named(derivation.get("base", ""), derivation, self.home, self.name)

    @cached_property
    def value(self) -> Simple | None:
        """The type of its text where it has simple content."""
        derivation = self._derivation
        if derivation is None:
            return None
        base = self.base.value if isinstance(self.base, Complex) else self.base
        if derivation.getparent().tag != xsd("simpleContent") or base is None:  # type: ignore[union-attr]
            return base if isinstance(self.base, Complex) else None
        if derivation.tag == xsd("restriction"):
            own = derivation.find(xsd("simpleType"))
            return self.owner.restricted(derivation, self.owner.simple(own, self.home) if own is not None else base, "")
        return base

    @cached_property
    def particle(self) -> Particle:
        """Its content model, with that of the type it extends."""
        if self.node is None:
            return Particle("any", 0, None, wildcard=Wildcard("##any", "lax", None))
        holder = self._derivation if self._derivation is not None else self.node
        own = self.owner.particle_in(holder, self.home)
        if holder.tag == xsd("extension") and isinstance(self.base, Complex) and self.base.node is not None:
            parts = [one for one in (self.base.particle, own) if one is not EMPTY]
            return parts[0] if len(parts) == 1 else Particle("sequence", parts=tuple(parts))
        return own

    @cached_property
    def children(self) -> dict[str, Element]:
        """The elements that its content model names."""
        return {one.element.tag: one.element for one in self.particle.leaves() if one.element is not None}

    @cached_property
    def wildcards(self) -> list[Wildcard]:
        """The wildcards of its content model."""
        return [one.wildcard for one in self.particle.leaves() if one.wildcard is not None]

    @cached_property
    def attributes(self) -> dict[str, Simple]:
        """The types of its attributes, by name in Clark notation."""
        if self.node is None:
            return {}
        inherited = self.base.attributes if isinstance(self.base, Complex) else {}
        holder = self._derivation if self._derivation is not None else self.node
        return {**inherited, **self.owner.attributes_in(holder, self.home)}


def _derivations(type_: Simple | Complex | None, base: Simple | Complex) -> frozenset[str]:
    """The kinds of derivation on the way from `type_` to `base`."""
    found: set[str] = set()
    while type_ is not None and type_ is not base:
        if isinstance(type_, Simple):
            found.add("restriction")
            break
        found.add(type_.derivation)
        type_ = type_.base
    return frozenset(found)
