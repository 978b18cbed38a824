"""All schema documents that a validation needs, gathered offline and made to point at each other only.

XML Schema lets a processor ignore a second import of a namespace, and all known processors do. So where several
documents of one namespace are imported, every import of it is led to one umbrella document that includes them all.
"""

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.artefacts.placeholders import placeholder

XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
ROOT = "http://schema.invalid/"
"""Addresses of gathered documents start so; the name never resolves (RFC 6761)."""
UMBRELLA = "urn:schnittstellen:umbrella"

_IMPORT, _INCLUDE = f"{{{XSD}}}import", f"{{{XSD}}}include"
_REFERENCES = (_IMPORT, _INCLUDE, f"{{{XSD}}}redefine", f"{{{XSD}}}override")
_PARTICLES = tuple(f"{{{XSD}}}{name}" for name in ("element", "group", "any", "sequence", "choice", "all"))
_XML_SCHEMA = f"""<xs:schema xmlns:xs="{XSD}" targetNamespace="{XML}">
  <xs:attribute name="lang"><xs:simpleType><xs:union memberTypes="xs:language"><xs:simpleType>
    <xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType></xs:union>
  </xs:simpleType></xs:attribute>
  <xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
    <xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute>
  <xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/>
  <xs:attributeGroup name="specialAttrs">
    <xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/>
    <xs:attribute ref="xml:id"/>
  </xs:attributeGroup>
</xs:schema>"""


class SchemaProblem(Exception):
    """A schema that cannot be used.

    `reason` is one of: missing, changed (the artefact), unreadable (no well-formed schema document), unresolved (a
    reference leads to no artefact; `location` and `namespace` name it), invalid (it breaks the rules of XML Schema).
    """

    def __init__(  # noqa: PLR0913
        self,
        reason: str,
        path: str,
        *,
        line: int | None = None,
        detail: str = "",
        location: str = "",
        namespace: str | None = None,
    ) -> None:
        super().__init__(f"{path}: {reason} {location or detail}".rstrip())
        self.reason = reason
        self.path = path
        self.line = line
        self.detail = detail
        self.location = location
        self.namespace = namespace


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a schema document. `kind` is import, include, redefine or override; `target` an artefact path."""

    kind: str
    location: str
    referrer: str
    namespace: str | None
    target: str | None


@dataclass(slots=True)
class _Document:
    path: str
    tree: etree._Element
    namespace: str | None
    sha256: str
    references: list[tuple[etree._Element, Reference]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SchemaSet:
    """Schema documents by address, all below `ROOT`; `entry` is the address to begin with.

    `trees` are the documents before serialisation, `unresolved` the references that lead to no artefact.
    """

    entry: str
    documents: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]
    unresolved: tuple[Reference, ...]


def gather(bundle: Bundle, paths: tuple[str, ...]) -> SchemaSet:
    """Read `paths` (artefact paths) and all that they refer to. Raises `SchemaProblem`."""
    documents: dict[str, _Document] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop(0)
        if path not in documents:
            documents[path] = document = _read(bundle, path)
            waiting += [one.target for _, one in document.references if one.target]
    missing = {one.namespace for one in bundle.standard.unresolved if one.namespace}
    return _Joined(documents, paths, frozenset(missing)).result()


def references(bundle: Bundle, path: str) -> list[Reference]:
    """The references in one schema document. Raises `SchemaProblem`."""
    return [one for _, one in _read(bundle, path).references]


def _read(bundle: Bundle, path: str) -> _Document:
    try:
        data = bundle.read(path)
    except ArtefactProblem as problem:
        raise SchemaProblem(problem.reason, problem.path) from None
    root = _root(data, path)
    _drop_prohibited(root)
    document = _Document(path, root, root.get("targetNamespace"), hashlib.sha256(data).hexdigest())
    for element in root.iterchildren(*_REFERENCES):
        document.references.append((element, _reference(bundle, element, document)))
    return document


def _drop_prohibited(root: etree._Element) -> None:
    """Particles with maxOccurs="0" stand for nothing at all (XML Schema part 1, 3.9.2); libxml2 lets them in once."""
    for element in list(root.iterdescendants(*_PARTICLES)):
        if (element.get("maxOccurs") or "").strip() == "0":
            _remove(element)


def _root(data: bytes, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)  # type: ignore[arg-type]
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SchemaProblem("unreadable", path, line=error.position[0] or None, detail=error.msg or "") from None
    if root.tag != f"{{{XSD}}}schema":
        raise SchemaProblem("unreadable", path, line=1, detail=f"root element {root.tag}")
    return root


def _reference(bundle: Bundle, element: etree._Element, document: _Document) -> Reference:
    kind = etree.QName(element).localname
    location = " ".join((element.get("schemaLocation") or "").split())
    namespace = element.get("namespace") if kind == "import" else document.namespace
    target = bundle.resolve(location or None, document.path, namespace if kind == "import" else None)
    return Reference(kind, location, document.path, namespace, target)


class _Joined:
    """Makes the documents point at each other by address."""

    def __init__(self, documents: dict[str, _Document], paths: tuple[str, ...], known_missing: frozenset[str]) -> None:
        self._documents = documents
        self._known_missing = known_missing
        self._canonical = self._twins()
        self._paths = tuple(dict.fromkeys(self._canonical[path] for path in paths))
        self._entries = self._entries_by_namespace()
        self._extra: dict[str, etree._Element] = {}
        self._unresolved: list[Reference] = []

    def result(self) -> SchemaSet:
        for document in self._documents.values():
            if self._canonical[document.path] == document.path:
                for element, reference in document.references:
                    self._lead(element, reference)
        entry = self._entry()
        trees = {ROOT + path: one.tree for path, one in self._documents.items() if self._canonical[path] == path}
        trees |= self._extra
        serialised = {address: etree.tostring(tree, encoding="utf-8") for address, tree in trees.items()}
        return SchemaSet(entry, serialised, trees, tuple(self._unresolved))

    def _twins(self) -> dict[str, str]:
        """Byte-identical copies whose references lead to identical copies count as one document."""
        first: dict[tuple[str, frozenset[str]], str] = {}
        return {
            path: first.setdefault((one.sha256, frozenset(self._documents[p].sha256 for p in self._reach(path))), path)
            for path, one in self._documents.items()
        }

    def _reach(self, path: str, kinds: tuple[str, ...] = ("import", "include", "redefine", "override")) -> set[str]:
        seen: set[str] = set()
        waiting = [path]
        while waiting:
            for _, one in self._documents[waiting.pop()].references:
                if one.target and one.kind in kinds and one.target not in seen:
                    seen.add(one.target)
                    waiting.append(one.target)
        return seen

    def _entries_by_namespace(self) -> dict[str | None, list[str]]:
        entries: dict[str | None, dict[str, None]] = {}
        imports = (one.target for doc in self._documents.values() for _, one in doc.references if one.kind == "import")
        for path in (*self._paths, *(self._canonical[target] for target in imports if target)):
            entries.setdefault(self._documents[path].namespace, {})[path] = None
        return {namespace: self._uncovered(list(paths)) for namespace, paths in entries.items()}

    def _uncovered(self, paths: list[str]) -> list[str]:
        """`paths` without those that another one of them includes (of a circle, the first stays)."""
        reach = {p: {self._canonical[q] for q in self._reach(p, ("include", "redefine", "override"))} for p in paths}
        kept: list[str] = []
        for path in paths:
            above = [p for p in paths if p != path and path in reach[p]]
            if not any(p in kept or path not in reach or p not in reach[path] for p in above):
                kept.append(path)
        return kept

    def _lead(self, element: etree._Element, reference: Reference) -> None:
        if reference.target is not None:
            path = self._canonical[reference.target]
            own = reference.kind != "import" or self._documents[path].namespace != reference.namespace
            element.set("schemaLocation", ROOT + path if own else self._address(reference.namespace))
            return
        element.attrib.pop("schemaLocation", "")
        if reference.kind != "import":
            _remove(element)
            self._unresolved.append(reference)
        elif reference.namespace == XML:
            element.set("schemaLocation", self._built_in(ROOT + "xml.xsd", _XML_SCHEMA))
        elif reference.namespace in self._entries:
            element.set("schemaLocation", self._address(reference.namespace))
        elif reference.namespace != XSD:
            self._unresolved.append(reference)
            if reference.namespace in self._known_missing:
                element.set("schemaLocation", self._placeholder(str(reference.namespace)))

    def _address(self, namespace: str | None) -> str:
        entries = self._entries[namespace]
        if len(entries) == 1:
            return ROOT + entries[0]
        address = f"{ROOT}umbrella-{list(self._entries).index(namespace)}.xsd"
        if address not in self._extra:
            self._extra[address] = _umbrella(namespace, [(_INCLUDE, None, ROOT + path) for path in entries])
        return address

    def _entry(self) -> str:
        namespaces = list(dict.fromkeys(self._documents[path].namespace for path in self._paths))
        if len(namespaces) == 1:
            return self._address(namespaces[0])
        address = ROOT + "umbrella.xsd"
        imports = [(_IMPORT, namespace, self._address(namespace)) for namespace in namespaces]
        self._extra[address] = _umbrella(UMBRELLA, imports)
        return address

    def _placeholder(self, namespace: str) -> str:
        """A stand-in for a namespace that the standard itself says is missing, with the messages that need it."""
        address = f"{ROOT}missing-{sorted(self._known_missing).index(namespace)}.xsd"
        if address not in self._extra:
            self._extra[address] = placeholder(namespace, [one.tree for one in self._documents.values()])
        return address

    def _built_in(self, address: str, text: str) -> str:
        if address not in self._extra:
            self._extra[address] = etree.fromstring(text)
        return address


def _umbrella(namespace: str | None, parts: list[tuple[str, str | None, str]]) -> etree._Element:
    root = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD})
    if namespace is not None:
        root.set("targetNamespace", namespace)
    for tag, imported, address in parts:
        element = etree.SubElement(root, tag, schemaLocation=address)
        if imported is not None:
            element.set("namespace", imported)
    return root


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def path_of(address: str) -> str:
    """The artefact path behind the address of a gathered document (or the name of an umbrella)."""
    return posixpath.normpath(address.removeprefix(ROOT))


def components(schemas: SchemaSet) -> Iterator[etree._Element]:
    """Every element of the schema language in the gathered documents, without what stands inside annotations."""
    for tree in schemas.trees.values():
        waiting = [tree]
        while waiting:
            element = waiting.pop()
            if isinstance(element.tag, str) and element.tag.startswith(f"{{{XSD}}}"):
                yield element
                if element.tag != f"{{{XSD}}}annotation":
                    waiting.extend(element)
