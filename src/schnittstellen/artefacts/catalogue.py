"""All files of all sources, and where a reference between them leads: by place, address, name and namespace."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from schnittstellen.artefacts.scan.kind import Kind, kind_of
from schnittstellen.artefacts.scan.xsd import Reference, SchemaFacts, schema_facts
from schnittstellen.artefacts.sources.files import Source, Tree
from schnittstellen.artefacts.sources.package import package_tree
from schnittstellen.domain.codelist import Codelist
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.genericode import GenericodeProblem, codelist_of

W3C = {
    "http://www.w3.org/XML/1998/namespace": "xmlschema/schemas/XML/xml.xsd",
    "http://www.w3.org/1999/xlink": "xmlschema/schemas/XLINK/xlink.xsd",
    "http://www.w3.org/2000/09/xmldsig#": "xmlschema/schemas/DSIG/xmldsig-core-schema.xsd",
    "http://www.w3.org/2001/04/xmlenc#": "xmlschema/schemas/XENC/xenc-schema.xsd",
    "http://schemas.xmlsoap.org/soap/envelope/": "xmlschema/schemas/WSDL/soap-envelope.xsd",
}
"""Schemas of W3C namespaces that a dependency of ours ships: used in place where no source holds them."""
W3C_PACKAGE = "xmlschema"

_VERSION = re.compile(r"\d+(?:[._-]\d+)+|(?<=v)\d+|\d{4}-\d{2}")


@dataclass(eq=False, slots=True)
class File:
    """One file of a source with what was found out about it. `rank` counts sources in the order they were named."""

    tree: Tree
    path: str
    data: bytes = field(repr=False)
    kind: Kind
    rank: int = 0
    root: etree._Element | None = field(default=None, repr=False)
    root_name: str = ""
    schema: SchemaFacts | None = None
    codelist: Codelist | None = None
    problem: str | None = None

    @property
    def place(self) -> tuple[int, str]:
        """A key to sort by."""
        return self.rank, self.path

    @property
    def namespace(self) -> str | None:
        """The target namespace of a schema document."""
        return self.schema.namespace if self.schema else None


class Catalogue:
    """The files of all sources. The first source is what is added; the others only answer references."""

    def __init__(self, sources: Sequence[Sequence[Source]]) -> None:
        self.files: list[File] = []
        self._by_place: dict[tuple[int, str], File] = {}
        self._schemas: dict[str | None, list[File]] = {}
        self._addresses: dict[str, File] = {}
        for rank, group in enumerate(sources):
            for source in group:
                self._take(source, rank)
        self._read_catalogs()

    def main(self) -> Iterator[File]:
        """The files of the first source."""
        return (file for file in self.files if file.rank == 0)

    def at(self, tree: Tree, path: str) -> File | None:
        """The file at a path of a tree; files of a named folder know those beside it in a larger named folder."""
        return self._by_place.get((id(tree), posixpath.normpath(path)))

    def relative(self, referrer: File, location: str) -> File | None:
        """Where a relative reference leads."""
        path = unquote(location.partition("#")[0])
        return self.at(referrer.tree, posixpath.join(posixpath.dirname(referrer.path), path)) or self.at(
            referrer.tree, posixpath.join(posixpath.dirname(referrer.path), location)
        )

    def address(self, location: str) -> File | None:
        """The file with this public address, whatever its scheme or a trailing slash."""
        return self._addresses.get(plain_address(location))

    def schema(self, referrer: File, reference: Reference, inside: str | None) -> File | None:
        """The schema document that a reference leads to, or None. `inside` is the referrer's effective namespace."""
        wanted = reference.namespace if reference.kind == "import" else inside
        direct = self._direct(referrer, reference.location)
        if direct is not None and _fits(direct, reference.kind, wanted):
            return direct
        if reference.kind != "import":
            return self._same_name(referrer, reference.location, wanted)
        found = [file for file in self._schemas.get(wanted, ()) if wanted is not None]
        if not found:
            return self._built_in(wanted)
        return min(found, key=lambda file: (self._distance(file, referrer, reference.location), file.place))

    def other(self, referrer: File, location: str) -> File | None:
        """The file that a reference in rules or stylesheets leads to: by place, address, or a unique name."""
        direct = self._direct(referrer, location)
        if direct is not None:
            return direct
        name = posixpath.basename(location.partition("#")[0].rstrip("/"))
        named = [file for file in self.files if posixpath.basename(file.path) == name]
        same = [file for file in named if file.tree is referrer.tree] or named
        return same[0] if name and len({file.data for file in same}) == 1 else None

    def of_kind(self, *kinds: Kind) -> Iterator[File]:
        """All files of these kinds, those of the first source first."""
        return (file for file in self.files if file.kind in kinds)

    def _direct(self, referrer: File, location: str) -> File | None:
        if not location:
            return None
        return self.relative(referrer, location) or self.address(location)

    def _same_name(self, referrer: File, location: str, namespace: str | None) -> File | None:
        """A document of the same namespace and version with the same file name (includes never cross versions)."""
        name = posixpath.basename(location)
        version = referrer.schema.version if referrer.schema else ""
        found = [
            file
            for file in (*self._schemas.get(namespace, ()), *(self._schemas.get(None, ()) if namespace else ()))
            if posixpath.basename(file.path) == name and file.schema and file.schema.version in (version, "")
        ]
        return min(found, key=lambda file: (self._distance(file, referrer, location), file.place), default=None)

    def _distance(self, file: File, referrer: File, location: str) -> tuple[int, ...]:
        """How far a document is from answering: by name, version in the address, end of the path, nearness, reach."""
        wanted = [part for part in plain_address(location).split("/") if part]
        path = file.path.split("/")
        tail = 0
        while tail < min(len(wanted), len(path)) and wanted[-1 - tail] == path[-1 - tail]:
            tail += 1
        versions = set(_VERSION.findall(location.replace("_", ".")))
        known = set(_VERSION.findall(file.path.replace("_", "."))) | {file.schema.version if file.schema else ""}
        same_tree = file.tree is referrer.tree
        near = len(posixpath.commonprefix([file.path.split("/"), referrer.path.split("/")])) if same_tree else 0
        reach = sum(one.kind != "import" for one in file.schema.references) if file.schema else 0
        return (-int(bool(tail)), -len(versions & known), -tail, -int(same_tree), -near, -reach)

    def _built_in(self, namespace: str | None) -> File | None:
        path = W3C.get(namespace or "")
        if path is None:
            return None
        try:
            tree = package_tree(W3C_PACKAGE)
        except SchnittstellenError:
            return None
        if path not in tree.files:
            return None
        known = next((file for file in self.files if file.tree.package == W3C_PACKAGE and file.path == path), None)
        return known or self._add(tree, path, len(self.files) + 1)

    def _take(self, source: Source, rank: int) -> None:
        for path in source.tree.files:
            if source.holds(path):
                self._add(source.tree, path, rank)
        if rank == 0 and source.prefix:
            for path in source.tree.files:
                self._add(source.tree, path, 1)

    def _add(self, tree: Tree, path: str, rank: int) -> File:
        known = self._by_place.get((id(tree), path))
        if known is not None:
            return known
        file = _scanned(tree, path, rank)
        self.files.append(file)
        self._by_place[id(tree), path] = file
        if file.schema is not None:
            self._schemas.setdefault(file.namespace, []).append(file)
        if path in tree.addresses:
            self._addresses.setdefault(plain_address(tree.addresses[path]), file)
        return file

    def _read_catalogs(self) -> None:
        """OASIS XML catalogs in the sources say which file stands for which address."""
        for file in list(self.of_kind(Kind.CATALOG)):
            assert file.root is not None
            for entry in file.root.iter("{*}uri", "{*}system", "{*}public"):
                address = entry.get("name") or entry.get("systemId") or entry.get("publicId")
                target = self.relative(file, entry.get("uri") or "")
                if address and target is not None:
                    self._addresses.setdefault(plain_address(address), target)


def plain_address(address: str) -> str:
    """An address as it is compared: without scheme, `www.`, fragment and trailing slash, percent-encoding undone."""
    plain = unquote(address.strip()).partition("#")[0]
    plain = re.sub(r"^[a-z][a-z0-9+.-]*://", "", plain, flags=re.IGNORECASE)
    host, slash, path = plain.partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/")


def chosen_codelists(files: Iterable[File]) -> Mapping[str, list[File]]:
    """Files of code lists by the URI of the list; of equal versions the first."""
    found: dict[str, list[File]] = {}
    seen: set[str] = set()
    for file in files:
        if file.codelist is not None and file.codelist.name not in seen:
            seen.add(file.codelist.name)
            found.setdefault(file.codelist.uri, []).append(file)
    return found


def _fits(file: File, kind: str, namespace: str | None) -> bool:
    if file.schema is None:
        return False
    return file.namespace == namespace or (kind != "import" and file.namespace is None)


def _scanned(tree: Tree, path: str, rank: int) -> File:
    data = tree.files[path]
    kind, root = kind_of(data)
    file = File(tree, path, data, kind, rank, root, "" if root is None else str(root.tag))
    if kind is Kind.XSD and root is not None:
        file.schema = schema_facts(root)
        file.root = None
    elif kind is Kind.GENERICODE and root is not None:
        try:
            file.codelist = codelist_of(root)
        except GenericodeProblem as problem:
            file.problem = str(problem)
        file.root = None
    elif kind is Kind.SAMPLE:
        file.root = None
    return file
