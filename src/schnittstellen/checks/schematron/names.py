"""Namespaces and qualified names that the Schematron modules share."""

from lxml import etree

SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"
SVRL = "http://purl.oclc.org/dsdl/svrl"
XML = "http://www.w3.org/XML/1998/namespace"
XINCLUDE = "http://www.w3.org/2001/XInclude"
LANG = f"{{{XML}}}lang"
OWN = "urn:schnittstellen:schematron"
"""Namespace of what the stylesheets that we write or rewrite say to us beside SVRL."""

RULE = f"{{{OWN}}}rule"
"""Attribute that carries the catalogue id of a test into the SVRL."""

FIRED = f"{{{OWN}}}fired"
"""Attribute that carries the number of a rule context into the SVRL."""


def sch(name: str) -> str:
    """Clark name of a Schematron element."""
    return f"{{{SCH}}}{name}"


def xsl(name: str) -> str:
    """Clark name of an XSLT element."""
    return f"{{{XSL}}}{name}"


def svrl(name: str) -> str:
    """Clark name of an SVRL element."""
    return f"{{{SVRL}}}{name}"


def own(name: str) -> str:
    """Clark name in our own namespace."""
    return f"{{{OWN}}}{name}"


def local(element: etree._Element) -> str:
    """Local name of an element; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str | None:
    """Namespace of an element; None for comments and processing instructions."""
    return etree.QName(element).namespace if isinstance(element.tag, str) else None
