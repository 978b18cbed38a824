"""The mixed content of messages: sch:value-of, sch:name, sch:emph, sch:dir, sch:span and foreign elements."""

from copy import deepcopy
from typing import cast

from lxml import etree

from schnittstellen.checks.schematron.names import LANG, SCH, XSL, local, namespace, svrl, xsl
from schnittstellen.checks.schematron.scope import Scope
from schnittstellen.checks.schematron.xpath import escape_braces

_DECORATION = {"emph": {}, "span": {"class": "class"}, "dir": {"value": "dir"}}


def add_text(target: etree._Element, text: str | None) -> None:
    """Append an xsl:text to `target`."""
    if text:
        etree.SubElement(target, xsl("text")).text = text


def add_content(target: etree._Element, source: etree._Element, scope: Scope) -> None:
    """Append instructions to `target` that write the content of `source`."""
    add_text(target, source.text)
    for child in source:
        if isinstance(child.tag, str):
            _add_element(target, child, scope)
        add_text(target, child.tail)


def _add_element(target: etree._Element, child: etree._Element, scope: Scope) -> None:
    if namespace(child) == SCH:
        _add_schematron(target, child, scope)
    elif namespace(child) == XSL:
        target.append(instruction(child, scope))
    else:
        copy = etree.SubElement(target, child.tag, nsmap=cast(dict[str, str], child.nsmap))
        for name, value in child.attrib.items():
            copy.set(name, escape_braces(str(value)))
        add_content(copy, child, scope)


def _add_schematron(target: etree._Element, child: etree._Element, scope: Scope) -> None:
    kind = local(child)
    if kind in ("value-of", "name"):
        written = child.get("select") if kind == "value-of" else child.get("path")
        etree.SubElement(target, xsl("value-of"), select=scope.expression(written) if written else "name(.)")
        return
    decorated = etree.SubElement(target, svrl(kind))
    for name, as_name in _DECORATION.get(kind, {}).items():
        if child.get(name) is not None:
            decorated.set(as_name, escape_braces(child.get(name, "")))
    if child.get(LANG) is not None:
        decorated.set(LANG, child.get(LANG, ""))
    add_content(decorated, child, scope)


def instruction(element: etree._Element, scope: Scope) -> etree._Element:
    """A copy of an XSLT element of the schema, with its expressions fitted to `scope`."""
    copy = deepcopy(element)
    copy.tail = None
    for part in copy.iter(etree.Element):
        for name, value in part.attrib.items():
            part.set(name, scope.expression(str(value)))
    return copy


def as_data(target: etree._Element, source: etree._Element, *, trim: bool = False) -> None:
    """Append instructions to `target` that build the content of `source` as it is, executing nothing of it.

    `trim` leaves out white space between the outermost nodes.
    """
    add_text(target, _trimmed(source.text, trim))
    for child in source:
        if isinstance(child.tag, str):
            made = etree.SubElement(target, xsl("element"), name=local(child), namespace=namespace(child) or "")
            for name, value in child.attrib.items():
                attribute = etree.SubElement(made, xsl("attribute"), name=etree.QName(name).localname)
                if etree.QName(name).namespace:
                    attribute.set("namespace", etree.QName(name).namespace or "")
                add_text(attribute, str(value))
            as_data(made, child)
        add_text(target, _trimmed(child.tail, trim))


def _trimmed(text: str | None, trim: bool) -> str | None:
    return None if text is None or (trim and not text.strip()) else text
