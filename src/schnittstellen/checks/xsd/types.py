"""Which type each element of a message has, as a validator would assign it."""

from lxml import etree

from schnittstellen.checks.xsd.components import Components
from schnittstellen.checks.xsd.declarations import Complex, Element
from schnittstellen.checks.xsd.simple import Simple

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
Type = Simple | Complex


class Types:
    """Types of the elements of one message, found from the root down and remembered.

    None stands for elements that are not assessed at all (below a wildcard that says skip, or declared nowhere).
    """

    def __init__(self, components: Components) -> None:
        self._components = components
        self._known: dict[etree._Element, Type | None] = {}

    def of(self, node: etree._Element) -> Type | None:
        """The type of an element."""
        waiting: list[etree._Element] = []
        one: etree._Element | None = node
        while one is not None and one not in self._known:
            waiting.append(one)
            one = one.getparent()
        for one in reversed(waiting):
            self._known[one] = self._type(one)
        return self._known[node]

    def _type(self, node: etree._Element) -> Type | None:
        declared = self._declared(node)
        written = node.get(XSI_TYPE)
        if written is None or declared is None:
            return declared
        prefix, _, local = written.strip().rpartition(":")
        uri = node.nsmap.get(prefix or None)
        return self._components.type(f"{{{uri}}}{local}" if uri else local) or declared

    def _declared(self, node: etree._Element) -> Type | None:
        parent = node.getparent()
        if parent is None:
            return self._global(node)
        above = self._known[parent]
        if not isinstance(above, Complex):
            return None
        own = above.children.get(node.tag)
        if own is not None:
            return own.type
        found = self._components.element(node.tag)
        if found is not None and self._stands_in(found, above):
            return found.type
        return self._wild(node, above)

    def _stands_in(self, element: Element, above: Complex) -> bool:
        return any(element in members for head, members in self._components.members.items() if head in above.children)

    def _wild(self, node: etree._Element, above: Complex) -> Type | None:
        wildcard = next((one for one in above.wildcards if one.allows(node.tag)), None)
        if wildcard is None or wildcard.process == "skip":
            return None
        return self._global(node) or self._components.type("{http://www.w3.org/2001/XMLSchema}anyType")

    def _global(self, node: etree._Element) -> Type | None:
        found = self._components.element(node.tag)
        return None if found is None else found.type
