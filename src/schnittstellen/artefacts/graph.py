"""Schema documents and what they refer to: closures and unresolved references."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.scan.kind import XSD
from schnittstellen.artefacts.scan.xsd import Reference, SchemaFacts

XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Document(NamedTuple):
    """A schema document in the namespace that it declares, or into which it is included."""

    file: File
    namespace: str | None

    @property
    def facts(self) -> SchemaFacts:
        """The facts of the document in that namespace."""
        assert self.file.schema is not None
        return self.file.schema.inside(self.namespace)


@dataclass(frozen=True, slots=True)
class Link:
    """A reference with the document that it leads to (None: it leads nowhere)."""

    referrer: File
    reference: Reference
    target: Document | None


class Graph:
    """The references between all schema documents of a catalogue, resolved when they are first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._links: dict[Document, list[Link]] = {}

    def links(self, document: Document) -> list[Link]:
        """What a document refers to, in its order."""
        if document not in self._links:
            assert document.file.schema is not None
            found = (self._link(document, one) for one in document.file.schema.references)
            self._links[document] = [one for one in found if one is not None]
        return self._links[document]

    def closure(self, start: Iterable[Document], *, own_only: bool = False) -> list[Document]:
        """All documents that are reached, the first ones first; with `own_only` not through imports."""
        found: dict[Document, None] = {}
        waiting = list(start)
        while waiting:
            document = waiting.pop(0)
            if document in found:
                continue
            found[document] = None
            waiting += [
                link.target
                for link in self.links(document)
                if link.target is not None and not (own_only and link.reference.kind == "import")
            ]
        return list(found)

    def unresolved(self, documents: Iterable[Document]) -> list[Link]:
        """The references of `documents` that lead nowhere."""
        return [link for document in documents for link in self.links(document) if link.target is None]

    def _link(self, document: Document, reference: Reference) -> Link | None:
        if reference.kind == "import" and reference.namespace in (XSD, XSI):
            return None
        target = self.catalogue.schema(document.file, reference, document.namespace)
        if target is None:
            return Link(document.file, reference, None)
        inside = target.namespace
        if reference.kind != "import" and inside is None:
            inside = document.namespace
        return Link(document.file, reference, Document(target, inside))
