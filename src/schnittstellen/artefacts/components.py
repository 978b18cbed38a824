"""The global components of a set of schema documents, and what each leads to: sets of them are bits of an integer."""

from collections.abc import Iterable

from schnittstellen.artefacts.graph import Document
from schnittstellen.artefacts.scan.kind import XSD
from schnittstellen.artefacts.scan.xsd import Component, ElementFacts, TypeFacts


class Components:
    """All components that some documents declare or use."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.elements: dict[Component, ElementFacts] = {}
        self.owners: dict[Component, Document] = {}
        self._types: dict[Component, TypeFacts] = {}
        self._numbers: dict[Component, int] = {}
        self._leads: list[set[int]] = []
        self._declared: dict[Document, int] = {}
        self._used: dict[Document, int] = {}
        for document in sorted(documents, key=lambda one: one.file.place):
            self._take(document)
        self._add_derived()
        self._owned: dict[Document, int] = {}
        for component, document in self.owners.items():
            self._owned[document] = self._owned.get(document, 0) | 1 << self._numbers[component]
        self._in_namespace: dict[str | None, int] = {}
        for component, number in self._numbers.items():
            self._in_namespace[component.namespace] = self._in_namespace.get(component.namespace, 0) | 1 << number
        self._reach = reach(self._leads)

    def reached(self, start: Component) -> int:
        """`start` and all it leads to: used components, members of substitution groups, derived types."""
        return self._reach[self._numbers[start]]

    def documents(self, components: int) -> set[Document]:
        """The documents that declare these components."""
        return {document for document, owned in self._owned.items() if owned & components}

    def namespaces(self, components: int) -> frozenset[str | None]:
        """The namespaces of these components."""
        return frozenset(one for one, within in self._in_namespace.items() if within & components)

    def lacking(self, documents: Iterable[Document]) -> set[Document]:
        """Documents that declare what `documents` use and none of them declares."""
        held = used = 0
        for document in documents:
            held |= self._declared.get(document, 0)
            used |= self._used.get(document, 0)
        return self.documents(used & ~held)

    def fixed(self, element: ElementFacts) -> dict[str, tuple[str, ...]]:
        """Attributes of an element that may only have few values, those of its base types included."""
        found = dict(element.fixed)
        here, seen = element.type, set[Component]()
        while here is not None and here not in seen:
            seen.add(here)
            facts = self._types.get(here)
            if facts is None:
                break
            found = {**facts.fixed, **found}
            here = facts.base
        return found

    def _take(self, document: Document) -> None:
        facts = document.facts
        declared = used = 0
        for component, uses in facts.uses.items():
            number = self._number(component)
            declared |= 1 << number
            self.owners.setdefault(component, document)
            for one in uses:
                other = self._number(one)
                used |= 1 << other
                self._leads[number].add(other)
        self._declared[document], self._used[document] = declared, used
        for name, element in facts.elements.items():
            self.elements.setdefault(Component("element", facts.namespace, name), element)
        for name, type_ in facts.types.items():
            self._types.setdefault(Component("type", facts.namespace, name), type_)

    def _add_derived(self) -> None:
        """Where a component may stand, so may the members of its substitution group and types derived from it."""
        for component, element in self.elements.items():
            if element.head is not None:
                self._leads[self._number(element.head)].add(self._number(component))
        for component, type_ in self._types.items():
            if type_.base is not None and type_.base.namespace != XSD:
                self._leads[self._number(type_.base)].add(self._number(component))

    def _number(self, component: Component) -> int:
        number = self._numbers.setdefault(component, len(self._numbers))
        if number == len(self._leads):
            self._leads.append(set())
        return number


def reach(leads: list[set[int]]) -> list[int]:
    """For each number the bits of all numbers that it leads to, itself included (Tarjan, without recursion)."""
    count = len(leads)
    found, low, order = [0] * count, [0] * count, [0] * count
    stack: list[int] = []
    clock = 0
    for start in range(count):
        if order[start]:
            continue
        clock += 1
        order[start] = low[start] = clock
        stack.append(start)
        path = [(start, iter(leads[start]))]
        while path:
            here, rest = path[-1]
            for one in rest:
                if not order[one]:
                    clock += 1
                    order[one] = low[one] = clock
                    stack.append(one)
                    path.append((one, iter(leads[one])))
                    break
                if not found[one]:
                    low[here] = min(low[here], order[one])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[here])
                if low[here] == order[here]:
                    _close(here, stack, leads, found)
    return found


def _close(root: int, stack: list[int], leads: list[set[int]], found: list[int]) -> None:
    """Give all members of a circle the same bits: their own, and those of what lies behind them."""
    members = [stack.pop()]
    while members[-1] != root:
        members.append(stack.pop())
    bits = 0
    for one in members:
        bits |= 1 << one
        for other in leads[one]:
            bits |= found[other]
    for one in members:
        found[one] = bits
