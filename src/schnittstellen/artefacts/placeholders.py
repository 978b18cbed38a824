"""Stand-ins for components of a namespace whose schema is missing.

They let the rest of a schema be loaded, for messages that can never hold such a component; which these are was found
out when the standard was added (`Unresolved.needed_by` names the others, and those are not tested).
"""

from collections.abc import Iterable

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
_REFERRING = ("element", "attribute", "group", "attributeGroup")


def placeholder(namespace: str, documents: Iterable[etree._Element]) -> etree._Element:
    """A schema document of `namespace` that declares everything that `documents` use of it, and says nothing of it."""
    root = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD}, targetNamespace=namespace)
    wanted: dict[tuple[str, str], str] = {}
    for document in documents:
        for node in document.iter(f"{{{XSD}}}*"):
            for kind, name, form in _used(node, namespace):
                wanted[kind, name] = min(form, wanted.get((kind, name), form))
    for (kind, name), form in sorted(wanted.items()):
        root.append(_declared(kind, name, form))
    return root


def _used(node: etree._Element, namespace: str) -> Iterable[tuple[str, str, str]]:
    """Kind and name of each component of `namespace` that a node refers to, and the form its stand-in must have."""
    local = etree.QName(node).localname
    for attribute in ("type", "base", "itemType", "memberTypes", "ref", "substitutionGroup"):
        for word in (node.get(attribute) or "").split():
            prefix, _, name = word.rpartition(":")
            if node.nsmap.get(prefix or None) != namespace:
                continue
            if attribute == "ref" and local in _REFERRING:
                yield local, name, ""
            elif attribute == "substitutionGroup":
                yield "element", name, ""
            else:
                yield "type", name, _form(node, attribute)


def _form(node: etree._Element, attribute: str) -> str:
    """`1simple` where only a simple type may stand, `2empty` below an extension, else `3any`."""
    parent = node.getparent()
    around = "" if parent is None else etree.QName(parent).localname
    local = etree.QName(node).localname
    if local in ("attribute", "list", "union") or around in ("simpleType", "simpleContent"):
        return "1simple"
    return "2empty" if local == "extension" and attribute == "base" else "3any"


def _declared(kind: str, name: str, form: str) -> etree._Element:
    if kind != "type":
        node = etree.Element(f"{{{XSD}}}{kind}", name=name)
        if kind == "group":
            etree.SubElement(node, f"{{{XSD}}}sequence")
        return node
    node = etree.Element(f"{{{XSD}}}{'simpleType' if form == '1simple' else 'complexType'}", name=name)
    if form == "1simple":
        etree.SubElement(node, f"{{{XSD}}}restriction", base="xs:string")
    elif form == "3any":
        node.set("mixed", "true")
        content = etree.SubElement(node, f"{{{XSD}}}sequence")
        etree.SubElement(content, f"{{{XSD}}}any", processContents="lax", minOccurs="0", maxOccurs="unbounded")
        etree.SubElement(node, f"{{{XSD}}}anyAttribute", processContents="lax")
    return node
