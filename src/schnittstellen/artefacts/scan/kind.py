"""What kind of file something is, told by its content."""

import json
import re
from enum import StrEnum

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
XSL = "http://www.w3.org/1999/XSL/Transform"
SVRL = "http://purl.oclc.org/dsdl/svrl"
SCHEMATRON = ("http://purl.oclc.org/dsdl/schematron", "http://www.ascc.net/xml/schematron")
SCENARIOS = "http://www.xoev.de/de/validator/framework/1/scenarios"
SCENARIOS_2 = "http://www.xoev.de/de/validator/framework/2/scenarios"
"""Framework version 2, which is recognised and refused: it weighs rules otherwise and has no report stylesheet."""

CATALOG = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
WSDL = ("http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/ns/wsdl")

_YAML = re.compile(rb"^\s*[\"']?(openapi|swagger)[\"']?\s*:\s*[\"']?[23]", re.MULTILINE)


class Kind(StrEnum):
    """What a file is."""

    XSD = "xsd"
    SCHEMATRON = "schematron"
    SCHEMATRON_PART = "schematron_part"
    SVRL_XSLT = "svrl_xslt"
    XSLT = "xslt"
    GENERICODE = "genericode"
    SCENARIOS = "scenarios"
    CATALOG = "catalog"
    WSDL = "wsdl"
    OPENAPI = "openapi"
    SAMPLE = "sample"
    BROKEN = "broken"
    OTHER = "other"


_KNOWN_ROOTS = {
    (XSD, "schema"): Kind.XSD,
    (SCENARIOS, "scenarios"): Kind.SCENARIOS,
    (SCENARIOS_2, "scenarios"): Kind.SCENARIOS,
    (CATALOG, "catalog"): Kind.CATALOG,
}


def root_of(data: bytes) -> etree._Element | None:
    """The tree of an XML file; None for what is no well-formed XML. Entities that it declares itself are replaced."""
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)  # type: ignore[arg-type]
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def kind_of(data: bytes) -> tuple[Kind, etree._Element | None]:
    """The kind of a file, with its tree where it is XML."""
    if not looks_like_xml(data):
        return (Kind.OPENAPI if is_openapi(data) else Kind.OTHER), None
    root = root_of(data)
    if root is None:
        return (Kind.BROKEN if is_schema_text(data) else Kind.OTHER), None
    return _of_root(root), root


def looks_like_xml(data: bytes) -> bool:
    """Whether the first character is "<", in UTF-8 or UTF-16, after a byte order mark and white space."""
    head = data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return head.startswith(b"<")


def is_schema_text(data: bytes) -> bool:
    """Whether a file that is not well-formed was meant to be a schema or rules."""
    head = data[:4096]
    return XSD.encode() in head or any(one.encode() in head for one in SCHEMATRON) or SCENARIOS.encode() in head


def is_openapi(data: bytes) -> bool:
    """Whether JSON or YAML states a version of OpenAPI or Swagger at its top level."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return b"\0" not in data[:4096] and bool(_YAML.search(data[: 1 << 16]))
    if b'"openapi"' not in data and b'"swagger"' not in data:
        return False
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and isinstance(content.get("openapi", content.get("swagger")), str)


def _of_root(root: etree._Element) -> Kind:
    namespace, local = etree.QName(root).namespace or "", etree.QName(root).localname
    if namespace in SCHEMATRON:
        return Kind.SCHEMATRON if local == "schema" else Kind.SCHEMATRON_PART
    if namespace == XSL and local in ("stylesheet", "transform"):
        return Kind.SVRL_XSLT if _writes_svrl(root) else Kind.XSLT
    if "genericode" in namespace and local == "CodeList":
        return Kind.GENERICODE
    if namespace in WSDL:
        return Kind.WSDL
    return _KNOWN_ROOTS.get((namespace, local), Kind.SAMPLE)


def _writes_svrl(root: etree._Element) -> bool:
    """Ready rules write SVRL; what writes a stylesheet that will (it renames namespaces) is a compiler of rules."""
    if root.find(f"{{{XSL}}}namespace-alias") is not None:
        return False
    return next(root.iter(f"{{{SVRL}}}schematron-output"), None) is not None or any(
        one.get("name") == "svrl:schematron-output" for one in root.iter(f"{{{XSL}}}element")
    )
