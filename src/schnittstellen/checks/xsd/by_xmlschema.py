"""What xmlschema says of a message: for XML Schema 1.1 and for schemas that libxml2 does not compile."""

import re
from collections.abc import Iterator
from typing import Any

import xmlschema
from lxml import etree
from xmlschema.validators import facets, identities
from xmlschema.validators.exceptions import XMLSchemaChildrenValidationError, XMLSchemaValidationError

from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.compiled import Compiled
from schnittstellen.checks.xsd.places import LONGEST, Places
from schnittstellen.domain.finding import CannotJudge, Code, Finding, Place

VERSION = f"xmlschema {xmlschema.__version__}"
ATTRIBUTES = 5_000
"""xmlschema takes minutes for elements with more attributes than this."""
_NAME = re.compile(r"'((?:\{[^}]*\})?[^']*)' attribute|attribute '((?:\{[^}]*\})?[^']*)'|attribute ((?:\{[^}]*\})?\S+)")


def findings(schema: Compiled, tree: etree._ElementTree) -> Iterator[Finding]:
    """All faults that xmlschema finds. Raises `CannotJudge` where it gives up."""
    if any(len(element.attrib) > ATTRIBUTES for element in tree.iter(etree.Element)):
        raise failed("attributes")
    places = Places(tree.getroot(), schema.prefixes)
    try:
        for error in schema.exact.iter_errors(tree, use_location_hints=False):
            yield _finding(error, places)
    except (xmlschema.XMLSchemaException, RecursionError, OverflowError, KeyError, ValueError) as error:
        raise failed(type(error).__name__) from None


def failed(reason: str, validator: str = VERSION) -> CannotJudge:
    """What is said where a validator gives up."""
    return CannotJudge(Finding(codes.VALIDATOR_FAILED.id, parameters={"validator": validator, "reason": reason}))


def _finding(error: XMLSchemaValidationError, places: Places) -> Finding:
    node: Any = error.obj if isinstance(error.obj, etree._Element) else error.elem
    element = places.name(node.tag) if isinstance(node, etree._Element) else ""
    place = places.place(node) if isinstance(node, etree._Element) else Place(error.sourceline)
    code, parameters = _described(error, places)
    return Finding(code.id, place, {"element": element, **parameters})


def _described(error: XMLSchemaValidationError, places: Places) -> tuple[Code, dict[str, str]]:
    if isinstance(error, XMLSchemaChildrenValidationError):
        return _children(error, places)
    by_kind: dict[type, Any] = {
        facets.XsdPatternFacets: _pattern,
        facets.XsdEnumerationFacets: _enumeration,
        identities.XsdKeyref: lambda one: (codes.KEYREF, {"constraint": one.name or ""}),
        identities.XsdIdentity: lambda one: (codes.KEY, {"constraint": one.name or ""}),
    }
    for kind, describe in by_kind.items():
        if isinstance(error.validator, kind):
            described: tuple[Code, dict[str, str]] = describe(error.validator)
            return described
    return _by_name(error, places)


def _children(error: XMLSchemaChildrenValidationError, places: Places) -> tuple[Code, dict[str, str]]:
    expected = [places.name(str(one.name)) for one in error.expected or () if getattr(one, "name", None)]
    code = codes.MISSING_ELEMENT if error.invalid_child is None else codes.UNEXPECTED_ELEMENT
    return code, {"expected": ", ".join(dict.fromkeys(expected)) or "—"}


def _pattern(facet: Any) -> tuple[Code, dict[str, str]]:
    return codes.PATTERN, {"facet": "pattern", "limit": " | ".join(facet.regexps)[:LONGEST]}


def _enumeration(facet: Any) -> tuple[Code, dict[str, str]]:
    values = ", ".join(str(value) for value in facet.enumeration)
    return codes.ENUMERATION, {"facet": "enumeration", "expected": values[:LONGEST]}


def _by_name(error: XMLSchemaValidationError, places: Places) -> tuple[Code, dict[str, str]]:
    name = type(error.validator).__name__
    if isinstance(error.validator, facets.XsdFacet):
        limit = {
            "facet": str(getattr(error.validator, "local_name", "")),
            "limit": str(getattr(error.validator, "value", "")),
        }
        return _FACETS.get(limit["facet"], codes.WRONG_TYPE), {**limit, "type": "—"}
    if name.startswith("XsdAssert"):
        return codes.ASSERTION, {"limit": str(getattr(error.validator, "path", ""))}
    if name == "XsdAttributeGroup":
        return _attribute(error, places)
    if hasattr(error.validator, "primitive_type") or name.startswith("XsdAtomic"):
        return codes.WRONG_TYPE, {"type": places.name(str(getattr(error.validator, "name", None) or "—"))}
    return codes.OTHER, {"rule": name}


_FACETS = {
    **dict.fromkeys(("length", "minLength", "maxLength"), codes.LENGTH),
    **dict.fromkeys(("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"), codes.RANGE),
    **dict.fromkeys(("totalDigits", "fractionDigits"), codes.DIGITS),
}


def _attribute(error: XMLSchemaValidationError, places: Places) -> tuple[Code, dict[str, str]]:
    reason = error.reason or ""
    found = _NAME.search(reason)
    name = places.name(next((part for part in found.groups() if part), "")) if found else "—"
    code = codes.MISSING_ATTRIBUTE if reason.startswith("missing") else codes.UNEXPECTED_ATTRIBUTE
    return code, {"attribute": name}
