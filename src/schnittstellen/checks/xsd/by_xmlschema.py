"""What xmlschema says of a message: for XML Schema 1.1 and for schemas that libxml2 does not compile."""

import re
from collections.abc import Iterator
from typing import Any

import xmlschema
from lxml import etree
from xmlschema.validators.exceptions import XMLSchemaChildrenValidationError, XMLSchemaValidationError

from schnittstellen.artefacts.schema_set import XSD
from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.compiled import Compiled
from schnittstellen.checks.xsd.giving_up import failed
from schnittstellen.checks.xsd.places import LONGEST, Places
from schnittstellen.checks.xsd.simple import Simple, built_in
from schnittstellen.checks.xsd.watch import text_of
from schnittstellen.domain.finding import Code, Finding, Place

ATTRIBUTES = 5_000
"""xmlschema takes minutes for elements with more attributes than this."""
Described = tuple[Code, dict[str, str]]
_FACETS = {
    **dict.fromkeys(("length", "minLength", "maxLength"), codes.LENGTH),
    **dict.fromkeys(("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"), codes.RANGE),
    **dict.fromkeys(("totalDigits", "fractionDigits"), codes.DIGITS),
}
_REASONS: tuple[tuple[re.Pattern[str], Code], ...] = tuple(
    (re.compile(text), code)
    for text, code in (
        (r".* is not an element of the schema", codes.UNKNOWN_ROOT),
        (r".* cannot substitute |\"?global component ", codes.XSI_TYPE),
        (r"attribute \S+ not found|attribute \S+=None: unavailable namespace", codes.UNDECLARED),
        (r".* attribute not allowed|attribute \S+ not allowed|use of attribute ", codes.UNEXPECTED_ATTRIBUTE),
        (r"duplicated value ", codes.KEY),
        (r"(duplicate|duplicated) (xs:)?ID|.*xs:ID value", codes.DUPLICATE_ID),
        (r"IDREF ", codes.DANGLING_IDREF),
        (r"missing key field", codes.KEY),
        (r"value .* not found for", codes.KEYREF),
        (r"can't use an abstract|.* is abstract", codes.ABSTRACT),
        (r"usage of .* is blocked|substitution of .* is blocked", codes.XSI_TYPE),
        (r".*xsi:nil|element is not nillable", codes.NIL),
        (r"character data", codes.TEXT_NOT_ALLOWED),
        (r"a simple content element can't have child|.*child elements", codes.CHILDREN_NOT_ALLOWED),
        (r"must have the fixed value|attribute .* has a fixed value", codes.FIXED),
        (r"missing required attribute", codes.MISSING_ATTRIBUTE),
        (r"unavailable namespace|element .* not found|.* does not match any declared element", codes.UNDECLARED),
    )
)
_OURS = (codes.DUPLICATE_ID.id, codes.DANGLING_IDREF.id)
_WRONG = ("XsdAtomic", "XsdUnion", "XsdList", "XsdPattern")
_NAMED = re.compile(r"'((?:\{[^}]*\})?[^']*)'")
_CONSTRAINT = re.compile(r"Xsd(?:11)?(?:Unique|Key|Keyref)\(name='([^']*)'")
_ATTRIBUTE = re.compile(r"attribute ((?:\{[^}]*\})?[^=\s']+)=")


def findings(schema: Compiled, tree: etree._ElementTree) -> Iterator[Finding]:
    """All faults that xmlschema finds. Raises `CannotJudge` where it gives up."""
    if any(len(element.attrib) > ATTRIBUTES for element in tree.iter(etree.Element)):
        raise failed("attributes")
    places = Places(tree.getroot(), schema.prefixes)
    told: set[tuple[object, ...]] = set()
    try:
        for error in schema.exact.iter_errors(tree, use_location_hints=False, extra_validator=_forms):
            found = _finding(error, places)
            key = (found.code, found.place, *sorted(found.parameters.items()))
            if key not in told and found.code not in _OURS:
                told.add(key)
                yield found
        yield from schema.tamed_watch.findings(tree, places)
    except (xmlschema.XMLSchemaException, ArithmeticError, RecursionError, KeyError, ValueError) as error:
        raise failed(type(error).__name__) from None


def _finding(error: XMLSchemaValidationError, places: Places) -> Finding:
    code, parameters = _described(error, places)
    node: Any = error.elem
    if not isinstance(node, etree._Element):
        return Finding(code.id, Place(error.sourceline), {"element": "", **parameters})
    if isinstance(error, XMLSchemaChildrenValidationError) and code is codes.UNEXPECTED_ELEMENT:
        node = node[error.index]
    attribute = _ATTRIBUTE.match(error.reason or "") if code not in (codes.MISSING_ATTRIBUTE,) else None
    name = attribute[1] if attribute else None
    element = places.name(node.tag) + (f"/@{places.name(name)}" if name else "")
    return Finding(code.id, places.place(node, name), {"element": element, **parameters})


def _described(error: XMLSchemaValidationError, places: Places) -> Described:
    if isinstance(error, XMLSchemaChildrenValidationError):
        return _children(error, places)
    kind = type(error.validator).__name__
    facet = kind[3:4].lower() + kind[4:].removesuffix("Facet")
    if kind == "XsdEnumerationFacets":
        values = ", ".join(map(str, getattr(error.validator, "enumeration", ())))
        return codes.ENUMERATION, {"facet": "enumeration", "expected": values[:LONGEST]}
    if facet in _FACETS:
        return _FACETS[facet], {"facet": facet, "limit": str(getattr(error.validator, "value", ""))}
    if kind.startswith("XsdAssert"):
        return codes.ASSERTION, {"limit": str(getattr(error.validator, "path", ""))}
    return _by_reason(error, places)


def _children(error: XMLSchemaChildrenValidationError, places: Places) -> Described:
    expected = [places.name(str(one.name)) for one in error.expected or () if getattr(one, "name", None)]
    too_few = error.particle.min_occurs > error.occurs and error.invalid_tag is None
    code = codes.MISSING_ELEMENT if too_few or error.invalid_tag is None else codes.UNEXPECTED_ELEMENT
    return code, {"expected": ", ".join(dict.fromkeys(expected)) or "—"}


def _by_reason(error: XMLSchemaValidationError, places: Places) -> Described:
    reason = error.reason or ""
    code = next((code for pattern, code in _REASONS if pattern.match(reason)), None)
    if code is codes.MISSING_ATTRIBUTE or code is codes.UNEXPECTED_ATTRIBUTE:
        named = _NAMED.search(reason)
        return code, {"attribute": places.name(named[1]) if named else "—"}
    if code is codes.KEY or code is codes.KEYREF:
        constraints = _CONSTRAINT.findall(reason)
        return code, {"constraint": constraints[-1] if constraints else "—"}
    if code is not None:
        return code, {}
    if type(error.validator).__name__.startswith(_WRONG):
        return codes.WRONG_TYPE, {"type": places.name(str(getattr(error.validator, "name", None) or "—"))}
    return codes.OTHER, {"rule": type(error.validator).__name__}


def _forms(node: Any, declared: Any) -> Iterator[XMLSchemaValidationError]:
    """Values whose form xmlschema takes too lightly: digits of other scripts, 1_000, no-break spaces."""
    type_ = declared.type
    if type_.is_simple() or type_.has_simple_content():
        yield from _form(node, type_.simple_type if type_.has_simple_content() else type_, text_of(node), "")
    for name, raw in node.attrib.items():
        attribute = declared.attributes.get(name)
        if attribute is not None and getattr(attribute, "type", None) is not None:
            yield from _form(node, attribute.type, raw, f"attribute {name}=: ")


def _form(node: Any, type_: Any, raw: str, prefix: str) -> Iterator[XMLSchemaValidationError]:
    known = _built_in(type_)
    if known is not None and raw.strip(" \t\r\n") and not known.has_form(known.normal(raw)):
        yield XMLSchemaValidationError(type_, node, f"{prefix}not of its form")


def _built_in(type_: Any) -> Simple | None:
    """The nearest built-in type above an atomic type."""
    while type_ is not None and type_.is_atomic():
        if type_.target_namespace == XSD and type_.local_name:
            return built_in(str(type_.local_name))
        type_ = type_.base_type
    return None
