"""Components of a schema as far as they are needed behind libxml2: which type an element has, and what it may hold.

Read from the gathered documents themselves, lazily; nothing here judges a schema.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from lxml import etree

from schnittstellen.artefacts.schema_set import XSD, SchemaSet
from schnittstellen.checks.xsd.declarations import EMPTY, Complex, Element, Home, Particle, Wildcard, xsd
from schnittstellen.checks.xsd.simple import Simple, built_in

_KINDS = {f"{{{XSD}}}{kind}": kind for kind in ("element", "attribute", "group", "attributeGroup")} | {
    f"{{{XSD}}}complexType": "type",
    f"{{{XSD}}}simpleType": "type",
}
_LENGTHS = ("length", "minLength", "maxLength")
_LIMITS = tuple(map(xsd, (*_LENGTHS, "minInclusive", "maxInclusive", "minExclusive", "maxExclusive")))
_GROUPS = ("sequence", "choice", "all", "group")
_INCLUDES = (f"{{{XSD}}}include", f"{{{XSD}}}redefine", f"{{{XSD}}}override")


class Components:
    """All components of the gathered documents, by kind and name."""

    def __init__(self, schemas: SchemaSet, *, every_pattern: bool = False) -> None:
        """`every_pattern`: libxml2 does not see the patterns of this schema."""
        self._every_pattern = every_pattern
        self._trees = schemas.trees
        self._globals: dict[tuple[str, str], tuple[etree._Element, Home]] = {}
        self._made: dict[tuple[etree._Element, str | None], Simple | Complex] = {}
        self._visited: set[tuple[str, str | None]] = set()
        self._builtin: dict[str, Simple | Complex] = {}
        self._visit(schemas.entry, None)

    def elements(self) -> Iterator[Element]:
        """Every global element."""
        for kind, name in list(self._globals):
            if kind == "element" and (found := self.element(name)) is not None:
                yield found

    def types(self) -> Iterator[Simple | Complex]:
        """Every named type."""
        for kind, name in list(self._globals):
            if kind == "type" and (found := self.type(name)) is not None:
                yield found

    def element(self, name: str) -> Element | None:
        """The global element of this name."""
        return self._elements.get(name)

    @cached_property
    def _elements(self) -> dict[str, Element]:
        return {
            name: Element(name, node, home, self)
            for (kind, name), (node, home) in self._globals.items()
            if kind == "element"
        }

    @cached_property
    def members(self) -> dict[str, list[Element]]:
        """For each head of a substitution group, all elements that may stand for it, however far down."""
        direct: dict[str, list[Element]] = {}
        for one in self._elements.values():
            for head in (one.node.get("substitutionGroup") or "").split():
                direct.setdefault(self.resolve(head, one.node, one.home), []).append(one)
        return {head: list(_below(head, direct)) for head in direct}

    def type(self, name: str) -> Simple | Complex | None:
        """The type of this name, built-in ones included."""
        uri, _, local = name.rpartition("}")
        if uri == "{" + XSD:
            return self._built_in(local)
        found = self._globals.get(("type", name))
        return None if found is None else self._make(*found, name)

    def type_named(self, written: str, node: etree._Element, home: Home, within: str = "") -> Simple | Complex:
        """The type that a QName in a document means; a redefined type that names itself means the original."""
        name = self.resolve(written, node, home)
        if name == within and ("type", name + "'") in self._globals:
            name += "'"
        return self.type(name) or self._built_in("anyType")

    def type_at(self, node: etree._Element, home: Home) -> Simple | Complex:
        """The type that a declaration names or holds; anyType where it says nothing."""
        named = node.get("type")
        if named is not None:
            return self.type_named(named, node, home)
        own = next(node.iterchildren(xsd("complexType"), xsd("simpleType")), None)
        default = "anyType" if node.tag == xsd("element") else "anySimpleType"
        return self._built_in(default) if own is None else self._make(own, home, "")

    def resolve(self, written: str, node: etree._Element, home: Home) -> str:
        """A QName of a schema document in Clark notation."""
        prefix, _, local = written.strip().rpartition(":")
        uri = node.nsmap.get(prefix or None)
        if uri is None and not prefix and home.chameleon:
            uri = home.namespace
        return f"{{{uri}}}{local}" if uri else local

    def simple(self, node: etree._Element, home: Home, name: str = "") -> Simple:
        """The simple type that an xs:simpleType defines."""
        made = self._make(node, home, name)
        return made if isinstance(made, Simple) else built_in("anySimpleType")

    def restricted(self, node: etree._Element, base: Simple, name: str) -> Simple:
        """`base` with the facets of an xs:restriction."""
        patterns = tuple(one.get("value", "") for one in node.iterchildren(xsd("pattern")))
        listed = tuple(one.get("value", "") for one in node.iterchildren(xsd("enumeration")))
        limits = {etree.QName(one).localname: one.get("value", "") for one in node.iterchildren(*_LIMITS)}
        space = node.find(xsd("whiteSpace"))
        changed = replace(
            base,
            steps=(*base.steps, patterns) if patterns else base.steps,
            enumeration=listed or base.enumeration,
            limits=tuple({**dict(base.limits), **limits}.items()),
            space=base.space if space is None else space.get("value", base.space),
            every=self._every_pattern,
        )
        facets = any(isinstance(one.tag, str) and one.tag != xsd("annotation") for one in node)
        changed.name = name or (base.name if not facets else "")
        return changed

    def particle_in(self, holder: etree._Element, home: Home) -> Particle:
        """The content model that stands in a type or group; `EMPTY` where there is none."""
        for node in holder.iterchildren(*map(xsd, _GROUPS)):
            return self._particle(node, home)
        return EMPTY

    def attributes_in(self, holder: etree._Element, home: Home) -> dict[str, Simple]:
        """The attributes that a type or an attribute group lists."""
        found: dict[str, Simple] = {}
        for node in holder.iterchildren(xsd("attribute"), xsd("attributeGroup")):
            referred = self._referred("attributeGroup", node, home)
            if node.tag == xsd("attributeGroup") and referred is not None:
                found.update(self.attributes_in(*referred))
            elif node.tag == xsd("attribute") and node.get("use") != "prohibited":
                found.update(self._attribute(node, home))
        return found

    def _attribute(self, node: etree._Element, home: Home) -> dict[str, Simple]:
        if node.get("ref") is not None:
            name = self.resolve(node.get("ref", ""), node, home)
            referred = self._globals.get(("attribute", name))
            if referred is None:
                return {}
            node, home = referred
        else:
            form = node.get("form")
            qualified = form == "qualified" if form else home.attributes_qualified
            name = home.name(node.get("name", ""), qualified=qualified)
        type_ = self.type_at(node, home)
        return {name: type_} if isinstance(type_, Simple) else {}

    def _particle(self, node: etree._Element, home: Home) -> Particle:
        low, high = int(node.get("minOccurs") or 1), node.get("maxOccurs") or "1"
        bounds = (low, None if high.strip() == "unbounded" else int(high))
        kind = etree.QName(node).localname
        if kind == "element":
            return Particle("element", *bounds, element=self._local(node, home))
        if kind == "any":
            wildcard = Wildcard(
                node.get("namespace") or "##any", node.get("processContents") or "strict", home.namespace
            )
            return Particle("any", *bounds, wildcard=wildcard)
        if kind == "group":
            referred = self._referred("group", node, home)
            inner = EMPTY if referred is None else self.particle_in(*referred)
            return inner if bounds == (1, 1) else Particle("sequence", *bounds, parts=(inner,))
        inside = node.iterchildren(*map(xsd, (*_GROUPS, "element", "any")))
        return Particle(kind, *bounds, parts=tuple(self._particle(one, home) for one in inside))

    def _local(self, node: etree._Element, home: Home) -> Element:
        if node.get("ref") is not None:
            name = self.resolve(node.get("ref", ""), node, home)
            return self.element(name) or Element(name, node, home, self)
        form = node.get("form")
        qualified = form == "qualified" if form else home.elements_qualified
        return Element(home.name(node.get("name", ""), qualified=qualified), node, home, self)

    def _referred(self, kind: str, node: etree._Element, home: Home) -> tuple[etree._Element, Home] | None:
        if node.get("ref") is None:
            return None
        name = self.resolve(node.get("ref", ""), node, home)
        above = {etree.QName(one).localname: one.get("name") for one in node.iterancestors(xsd(kind))}
        if above.get(kind) == etree.QName(name).localname and (kind, name + "'") in self._globals:
            name += "'"
        return self._globals.get((kind, name))

    def _make(self, node: etree._Element, home: Home, name: str) -> Simple | Complex:
        key = (node, home.namespace)
        if key not in self._made:
            is_complex = node.tag == xsd("complexType")
            self._made[key] = Complex(name, node, home, self) if is_complex else self._simple(node, home, name)
        return self._made[key]

    def _simple(self, node: etree._Element, home: Home, name: str) -> Simple:
        readable = name.rpartition("}")[2]
        for one in node.iterchildren(xsd("restriction"), xsd("list"), xsd("union")):
            inside = [self.simple(inner, home) for inner in one.iterchildren(xsd("simpleType"))]
            if one.tag == xsd("list"):
                item = self._as_simple(one.get("itemType"), one, home) if one.get("itemType") else inside[0]
                return Simple(readable, "list", "list", item=item)
            if one.tag == xsd("union"):
                named = [self._as_simple(text, one, home) for text in (one.get("memberTypes") or "").split()]
                return Simple(readable, "union", "union", members=(*named, *inside), space="collapse")
            base = inside[0] if inside else self._as_simple(one.get("base"), one, home, name)
            return self.restricted(one, base, readable)
        return built_in("anySimpleType")

    def _as_simple(self, written: str | None, node: etree._Element, home: Home, within: str = "") -> Simple:
        found = self.type_named(written or "", node, home, within)
        return found if isinstance(found, Simple) else built_in("anySimpleType")

    def _built_in(self, local: str) -> Simple | Complex:
        if local not in self._builtin:
            nowhere = Home(XSD, True, False, False)
            made = Complex("anyType", None, nowhere, self) if local == "anyType" else built_in(local)
            self._builtin[local] = made
        return self._builtin[local]

    def _visit(self, address: str | None, namespace: str | None) -> None:
        if address is None or address not in self._trees:
            return
        tree = self._trees[address]
        own = tree.get("targetNamespace")
        if (address, own or namespace) in self._visited:
            return
        self._visited.add((address, own or namespace))
        home = Home(
            own or namespace,
            tree.get("elementFormDefault") == "qualified",
            tree.get("attributeFormDefault") == "qualified",
            own is None and namespace is not None,
            tree.get("blockDefault", ""),
        )
        for reference in tree.iterchildren(xsd("import"), *_INCLUDES):
            self._visit(reference.get("schemaLocation"), home.namespace if reference.tag in _INCLUDES else None)
            if reference.tag in _INCLUDES:
                self._redefine(reference, home)
        for node in tree.iterchildren(*_KINDS):
            self._globals[_KINDS[str(node.tag)], home.name(node.get("name", ""))] = (node, home)

    def _redefine(self, reference: etree._Element, home: Home) -> None:
        for node in reference.iterchildren(*_KINDS):
            kind, name = _KINDS[str(node.tag)], home.name(node.get("name", ""))
            if (kind, name) in self._globals and (kind, name + "'") not in self._globals:
                self._globals[kind, name + "'"] = self._globals[kind, name]
            self._globals[kind, name] = (node, home)


def _below(head: str, direct: dict[str, list[Element]]) -> Iterator[Element]:
    seen: set[str] = set()
    waiting = list(direct[head])
    while waiting:
        one = waiting.pop(0)
        if one.tag not in seen:
            seen.add(one.tag)
            yield one
            waiting += direct.get(one.tag, [])
