"""Which standards the schema documents of a source make up, and which documents belong to each."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from schnittstellen.artefacts.graph import Document, Graph
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.artefacts.scan.xoev import Metadata

NUMBERED = re.compile(r"\.\d{2,6}[A-Za-z]?$")
"""Names of XÖV messages end in their number."""

_VERSION = re.compile(r"(?<![A-Za-z0-9])v?(\d+(?:[._-]\d+)*(?:-?(?:rc|beta|alpha|draft)\d*)?)(?![A-Za-z0-9])")
_NO_WORD = {
    "def",
    "xsd",
    "schema",
    "schemas",
    "schemata",
    "xml",
    "de",
    "www",
    "urn",
    "org",
    "com",
    "eu",
    "http",
    "https",
}
_NO_WORD |= {"xoev-de", "ns", "specification", "names", "tc", "digital", "oasis"}


@dataclass(slots=True)
class Group:
    """The documents of one standard. `imported` says that another standard of the source needs them."""

    documents: list[Document]
    metadata: Metadata | None = None
    imported: bool = False
    has_elements: bool = False
    numbered: bool = False
    namespaces: tuple[str | None, ...] = field(default_factory=tuple)

    @property
    def id(self) -> str:
        """A name for the standard: what it says of itself, else a word of its namespace or of its folder."""
        if self.metadata is not None:
            return clean_id(_without_version(self.metadata.id))
        shared = _shared([one or "" for one in self.namespaces])
        words = [*_words(shared), *reversed(self._folders())]
        return clean_id(next((one for one in words if len(clean_id(one)) > 1), "standard"))

    @property
    def version(self) -> str:
        """Its version: what it says of itself, else what namespace, `version` or folder say, else "0"."""
        if self.metadata is not None and self.metadata.version:
            return clean_version(self.metadata.version)
        stated = Counter(one.facts.version for one in self.documents if one.facts.version)
        places = [found for one in (self.namespaces[0] or "", *self._folders()) for found in _VERSION.findall(one)]
        return clean_version(next(iter([*(one for one, _ in stated.most_common(1)), *places]), "0"))

    @property
    def title(self) -> str:
        """What people call it."""
        return (self.metadata.title if self.metadata else "") or self.id

    def _folders(self) -> list[str]:
        folder = posixpath.commonpath([posixpath.dirname(one.file.path) or "." for one in self.documents])
        return [self.documents[0].file.tree.name, *(part for part in folder.split("/") if part not in ("", "."))]


def groups(graph: Graph) -> list[Group]:
    """The standards in the first source, in the order of their files; helpers that others import come last."""
    parts = _joined(_parts(graph))
    imported = _imported(graph, parts)
    found = [_described(part, any(document in imported for document in part)) for part in parts]
    return sorted(found, key=lambda one: (one.imported, one.documents[0].file.place))


def wanted(found: Iterable[Group]) -> tuple[list[Group], list[Group]]:
    """The groups that are standards to be added, and those that stay out.

    What others import is a part of them. Where some describe themselves as XÖV standards, the others are attachments.
    """
    every = list(found)
    free = [one for one in every if not one.imported] or every
    named = [one for one in free if one.metadata is not None or one.numbered] or free
    with_messages = [one for one in named if one.has_elements] or named
    return with_messages, [one for one in every if one not in with_messages]


def clean_id(text: str) -> str:
    """`text` in the form that ids of standards have."""
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9._-]+", "-", text.lower().translate(table))).strip("-._")


def clean_version(text: str) -> str:
    """`text` in the form that versions have."""
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", text).strip("-._+") or "0"


def _parts(graph: Graph) -> list[list[Document]]:
    """Documents that include one another, apart from helpers without namespace."""
    own = [file for file in graph.catalogue.main() if file.kind is Kind.XSD]
    documents = [Document(file, file.namespace) for file in own]
    included = {
        link.target.file
        for document in documents
        for link in graph.links(document)
        if link.target and link.target.file.namespace is None and document.namespace is not None
    }
    documents = [one for one in documents if one.file not in included]
    leader = {one: one for one in documents}

    def first(one: Document) -> Document:
        while leader[one] is not one:
            one = leader[one]
        return one

    for document in documents:
        for link in graph.links(document):
            if link.target in leader and link.reference.kind != "import":
                assert link.target is not None
                leader[first(link.target)] = first(document)
    parts: dict[Document, list[Document]] = {}
    for document in documents:
        parts.setdefault(first(document), []).append(document)
    return list(parts.values())


def _joined(parts: list[list[Document]]) -> list[list[Document]]:
    """Parts of one XÖV standard and version, or of one namespace and version, together."""
    found: dict[tuple[str, ...], list[Document]] = {}
    for part in parts:
        metadata = _metadata(part)
        version = Counter(one.facts.version for one in part).most_common(1)[0][0]
        if metadata is not None:
            key: tuple[str, ...] = ("xoev", metadata.urn or metadata.id, metadata.version or version)
        else:
            key = ("namespace", part[0].namespace or "", version)
        found.setdefault(key, []).extend(part)
    return _one_folder([*found.values()])


def _one_folder(parts: list[list[Document]]) -> list[list[Document]]:
    """Entry documents without XÖV metadata that lie in one folder and state one version are one standard (UBL)."""
    found: dict[tuple[str, ...], list[Document]] = {}
    for number, part in enumerate(parts):
        if _metadata(part) is not None or len(part) > 1 or not part[0].facts.elements:
            found["", str(number)] = part
        else:
            first = part[0]
            folder = posixpath.dirname(first.file.path)
            found.setdefault((str(id(first.file.tree)), folder, first.facts.version), []).extend(part)
    return list(found.values())


def _imported(graph: Graph, parts: list[list[Document]]) -> set[Document]:
    owner = {document: number for number, part in enumerate(parts) for document in part}
    return {one for number, part in enumerate(parts) for one in graph.closure(part) if owner.get(one, number) != number}


def _described(part: list[Document], imported: bool) -> Group:
    namespaces = Counter(one.namespace for one in part)
    elements = [element.name for one in part for element in one.facts.elements.values() if not element.abstract]
    numbered = any(NUMBERED.search(one) for one in elements)
    ordered = tuple(one for one, _ in namespaces.most_common())
    return Group(part, _metadata(part), imported, bool(elements), numbered, ordered)


def _metadata(part: list[Document]) -> Metadata | None:
    found = Counter(one.facts.metadata for one in part if one.facts.metadata is not None)
    return found.most_common(1)[0][0] if found else None


def _shared(namespaces: list[str]) -> str:
    """What several namespaces have in common from their beginning, in whole words."""
    if len(namespaces) == 1:
        return namespaces[0]
    parts = [re.split(r"(?<=[/:#])", one) for one in namespaces]
    return "".join(posixpath.commonprefix(parts))


def _words(namespace: str) -> list[str]:
    """Words of a namespace that may name a standard, the likeliest first."""
    plain = re.sub(r"^[a-z]+://", "", namespace.removeprefix("urn:"))
    parts = [one for one in re.split(r"[/:#]", plain) if one]
    hosts = [word for one in parts[:1] for word in one.split(".")] if "." in (parts or [""])[0] else []
    words = [_without_version(one) for one in reversed(parts[1:] if hosts else parts)]
    return [one for one in (*words, *hosts) if one and one.lower() not in _NO_WORD and not _VERSION.fullmatch(one)]


def _without_version(text: str) -> str:
    return re.sub(r"[._-]?v?\d+([._-]\d+)*$", "", text) or text
