"""The messages of a standard: root elements, and the schema documents that each must be validated against at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schnittstellen.artefacts.catalogue import File
from schnittstellen.artefacts.components import Components
from schnittstellen.artefacts.graph import Document, Graph
from schnittstellen.artefacts.group import NUMBERED
from schnittstellen.artefacts.scan.xsd import Component, ElementFacts

_VERSION_NAME = re.compile(r"version", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A message: its element, the documents to load at once, all that they lead to, and what the element reaches."""

    id: str
    element: Component
    title: str
    entries: tuple[Document, ...]
    closure: frozenset[Document]
    namespaces: frozenset[str | None]
    match: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The name of the root element in Clark notation."""
        return clark(self.element)

    def needs(self, namespace: str | None) -> bool:
        """Whether something that a message may hold uses a component of `namespace`."""
        return namespace in self.namespaces


class Messages:
    """Finds the messages of the documents of one standard."""

    def __init__(self, graph: Graph, own: list[Document], samples: Iterable[str] = (), *, every: bool = False) -> None:
        """`every` says that each global element is a message (XÖV declares nothing else globally)."""
        self._every = every
        self._graph = graph
        self._own = own
        self._samples = frozenset(samples)
        self._all = graph.closure(own)
        self._components = Components(self._all)
        self._inside = {one: frozenset(graph.closure([one])) for one in own}
        self._enough: dict[tuple[Document, ...], tuple[Document, ...]] = {}

    def find(self) -> list[Found]:
        """All messages, in the order of their documents."""
        chosen = self._chosen()
        names: dict[str, int] = {}
        found: list[Found] = []
        for component, element in chosen:
            count = names[element.name] = names.get(element.name, 0) + 1
            id = element.name if count == 1 else f"{element.name}-{count}"
            found.append(self.message(component, id))
        return found

    def message(self, component: Component, id: str) -> Found:
        """The message that has the global element `component` as its root."""
        element = self._components.elements[component]
        reached = self._components.reached(component)
        entries = self._entries(component, reached)
        inside = frozenset(one for entry in entries for one in self._closure(entry))
        match = tuple(_condition(name, values) for name, values in self._components.fixed(element).items())
        known = tuple(one for one in match if one)
        return Found(id, component, element.title, entries, inside, self._components.namespaces(reached), known)

    def elements(self) -> dict[Component, ElementFacts]:
        """All global elements that are not abstract, imported ones included."""
        return {one: facts for one, facts in self._components.elements.items() if not facts.abstract}

    def _chosen(self) -> list[tuple[Component, ElementFacts]]:
        """Elements that a document may begin with: numbered as XÖV does, used nowhere else, or seen in a sample."""
        referenced = {one for document in self._all for one in document.facts.referenced_elements}
        own: dict[Component, ElementFacts] = {}
        for document in sorted(self._starts(), key=lambda one: one.file.place):
            for name, element in document.facts.elements.items():
                if not element.abstract:
                    own.setdefault(Component("element", document.facts.namespace, name), element)
        likely = (
            own
            if self._every
            else {
                one: facts
                for one, facts in own.items()
                if NUMBERED.search(facts.name)
                or clark(one) in self._samples
                or (one not in referenced and facts.head is None)
            }
        )
        return list((likely or own).items())

    def _starts(self) -> list[Document]:
        """The standard's own documents, with the helpers that they include."""
        files = {one.file.tree for one in self._own}
        reach = self._graph.closure(self._own, own_only=True)
        return [one for one in reach if one.file.tree in files or one in self._own]

    def _entries(self, component: Component, reached: int) -> tuple[Document, ...]:
        """The fewest documents that together hold all that a message may hold and all that they themselves use."""
        first = self._entry_for(self._components.owners[component])
        wanted = self._components.documents(reached)
        covered = set(self._closure(first))
        entries = [first]
        wanted -= covered
        while wanted or (wanted := self._components.lacking(covered) - covered):
            entry = self._entry_for(min(wanted, key=lambda one: one.file.place))
            if entry in entries:
                break
            entries.append(entry)
            covered |= set(self._closure(entry))
            wanted -= covered
        return self._without_twins(tuple(entries))

    def _without_twins(self, entries: tuple[Document, ...]) -> tuple[Document, ...]:
        """`entries` without those that others lead to; the first alone where together they contradict each other."""
        if entries not in self._enough:
            kept = tuple(one for one in entries if not self._leads(entries, one)) or entries[:1]
            kept = self._around(kept) if len(kept) > 1 else kept
            together = [document for one in kept for document in self._closure(one)]
            self._enough[entries] = entries[:1] if len(kept) > 1 and self._contradict(together) else kept
        return self._enough[entries]

    def _leads(self, entries: tuple[Document, ...], to: Document) -> bool:
        return any(to in self._closure(other) for other in entries if other is not to)

    def _around(self, entries: tuple[Document, ...]) -> tuple[Document, ...]:
        """The one document of the standard that leads to all of `entries`, where there is one."""
        around = [one for one in self._own if all(entry in self._inside[one] for entry in entries)]
        smallest = min(around, key=lambda one: (len(self._inside[one]), one.file.place), default=None)
        return entries if smallest is None else (smallest,)

    def _contradict(self, documents: list[Document]) -> bool:
        """Whether two different documents declare the same component (redefinitions may)."""
        replaced = {
            link.target
            for one in documents
            for link in self._graph.links(one)
            if link.reference.kind in ("redefine", "override")
        }
        owners: dict[Component, File] = {}
        for document in dict.fromkeys(documents):
            if document in replaced:
                continue
            for component in document.facts.uses:
                owner = owners.setdefault(component, document.file)
                if owner.data != document.file.data:
                    return True
        return False

    def _entry_for(self, document: Document) -> Document:
        """The document itself, or for a helper without namespace the smallest one that includes it."""
        if document.file.namespace == document.namespace:
            return document
        around = [one for one in self._own if document in self._inside[one]]
        return min(around, key=lambda one: (len(self._inside[one]), one.file.place), default=document)

    def _closure(self, document: Document) -> frozenset[Document]:
        if document not in self._inside:
            self._inside[document] = frozenset(self._graph.closure([document]))
        return self._inside[document]


def clark(component: Component) -> str:
    """A component's name in Clark notation."""
    return f"{{{component.namespace}}}{component.name}" if component.namespace else component.name


def _condition(name: str, values: tuple[str, ...]) -> str:
    """A version that the schema fixes tells versions with one namespace apart; a message without it fits each."""
    if not _VERSION_NAME.search(name) or name == "listVersionID" or any("'" in one for one in values):
        return ""
    return " or ".join((f"not(/*/@{name})", *(f"/*/@{name} = '{value}'" for value in values)))
