"""What libxml2 says of a message, turned into findings without a word of the message's content."""

import re
from collections.abc import Callable

from lxml import etree

from schnittstellen.checks.xsd import codes
from schnittstellen.checks.xsd.places import LONGEST, Places
from schnittstellen.domain.finding import Code, Finding, Place

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
VERSION = "libxml2 {}.{}.{} (lxml {}.{}.{})".format(*etree.LIBXML_VERSION, *etree.LXML_VERSION[:3])
INTERNAL = "SCHEMAV_INTERNAL"
"""Type of the entry in which libxml2 says that it gave up, as over patterns that make it backtrack."""

_CODES: dict[str, Code] = {
    "CVC_ELT_1": codes.UNKNOWN_ROOT,
    "CVC_ELT_2": codes.ABSTRACT,
    "CVC_TYPE_2": codes.ABSTRACT,
    "CVC_ELT_3_1": codes.NIL,
    "CVC_ELT_3_2_1": codes.NIL,
    "CVC_ELT_3_2_2": codes.NIL,
    "CVC_ELT_4_1": codes.XSI_TYPE,
    "CVC_ELT_4_2": codes.XSI_TYPE,
    "CVC_ELT_4_3": codes.XSI_TYPE,
    "CVC_ELT_5_1_1": codes.FIXED,
    "CVC_ELT_5_1_2": codes.FIXED,
    "CVC_ELT_5_2_1": codes.FIXED,
    "CVC_ELT_5_2_2_1": codes.FIXED,
    "CVC_ELT_5_2_2_2": codes.FIXED,
    "CVC_ELT_5_2_2_2_1": codes.FIXED,
    "CVC_ELT_5_2_2_2_2": codes.FIXED,
    "CVC_AU": codes.FIXED,
    "CVC_COMPLEX_TYPE_4": codes.MISSING_ATTRIBUTE,
    "CVC_COMPLEX_TYPE_3_2_1": codes.UNEXPECTED_ATTRIBUTE,
    "CVC_COMPLEX_TYPE_3_2_2": codes.UNEXPECTED_ATTRIBUTE,
    "CVC_TYPE_3_1_1": codes.UNEXPECTED_ATTRIBUTE,
    "CVC_COMPLEX_TYPE_2_2": codes.CHILDREN_NOT_ALLOWED,
    "CVC_TYPE_3_1_2": codes.CHILDREN_NOT_ALLOWED,
    "CVC_COMPLEX_TYPE_2_3": codes.TEXT_NOT_ALLOWED,
    "CVC_WILDCARD": codes.UNDECLARED,
    "CVC_DATATYPE_VALID_1_2_1": codes.WRONG_TYPE,
    "CVC_DATATYPE_VALID_1_2_2": codes.WRONG_TYPE,
    "CVC_DATATYPE_VALID_1_2_3": codes.WRONG_TYPE,
    "CVC_ENUMERATION_VALID": codes.ENUMERATION,
    "CVC_PATTERN_VALID": codes.PATTERN,
    "CVC_LENGTH_VALID": codes.LENGTH,
    "CVC_MINLENGTH_VALID": codes.LENGTH,
    "CVC_MAXLENGTH_VALID": codes.LENGTH,
    "CVC_MININCLUSIVE_VALID": codes.RANGE,
    "CVC_MAXINCLUSIVE_VALID": codes.RANGE,
    "CVC_MINEXCLUSIVE_VALID": codes.RANGE,
    "CVC_MAXEXCLUSIVE_VALID": codes.RANGE,
    "CVC_TOTALDIGITS_VALID": codes.DIGITS,
    "CVC_FRACTIONDIGITS_VALID": codes.DIGITS,
}
_OF_INSTANCE = {f"{XSI}type": codes.XSI_TYPE, f"{XSI}nil": codes.NIL}
FACETS = frozenset(code.id for code in (codes.ENUMERATION, codes.PATTERN, codes.LENGTH, codes.RANGE, codes.DIGITS))
_ELEMENT = re.compile(r"Element '((?:\{[^}]*\})?[^']*)'")
_ATTRIBUTE = re.compile(r"Element '[^']*', attribute '(?P<name>(?:\{[^}]*\})?[^']*)': ")
_MISSING = re.compile(r"The attribute '((?:\{[^}]*\})?[^']*)' is required but missing\.\Z")
_FACET = re.compile(r"\[facet '(\w+)'\] ")
_LIMIT = re.compile(r"\('([^']*)'\)\.\Z|of '([^']*)'\.\Z")
_PATTERN = re.compile(r".* is not accepted by the pattern '(.*)'\.\Z", re.DOTALL)
_SET = re.compile(r".* is not an element of the set \{(.*)\}\.\Z", re.DOTALL)
_TYPE = re.compile(
    r".* is not a valid value of the (?:(local) )?(?:(?:atomic|list|union) )?type(?: '([^']*)')?\.\Z", re.DOTALL
)
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.\Z")
_CONSTRAINT = re.compile(r"(?:(?:unique|key) identity-constraint|of keyref) '((?:\{[^}]*\})?[^']*)'")
_KEYREF = re.compile(r"of keyref '[^']*'\.\Z")


def finding(entry: etree._LogEntry, node: etree._Element | None, places: Places) -> Finding:
    """The finding behind one line of libxml2's log; `node` is the element that it speaks of."""
    attribute = _attribute(entry.message)
    code = _code(entry, attribute)
    named = _ELEMENT.match(entry.message)
    element = places.name(node.tag if node is not None else named[1] if named else "")
    parameters = {"element": f"{element}/@{places.name(attribute)}" if attribute else element}
    parameters.update(_PARAMETERS.get(code.id, _rule)(entry, places))
    if code is codes.UNEXPECTED_ATTRIBUTE or code is codes.MISSING_ATTRIBUTE:
        parameters["element"] = element
    place = places.place(node, attribute) if node is not None else Place(entry.line or None)
    if code is codes.MISSING_ATTRIBUTE and node is not None:
        place = places.place(node)
    return Finding(code.id, place, parameters, _content(code, node, attribute))


def attribute_of(message: str) -> str | None:
    """The attribute that a message of libxml2 speaks of, in Clark notation."""
    return _attribute(message)


def _attribute(message: str) -> str | None:
    found = _ATTRIBUTE.match(message)
    if found is not None:
        return found["name"]
    missing = _MISSING.search(message)
    return missing[1] if missing else None


def _code(entry: etree._LogEntry, attribute: str | None) -> Code:
    name = entry.type_name.removeprefix("SCHEMAV_")
    if attribute in _OF_INSTANCE:
        return _OF_INSTANCE[attribute]
    if name == "CVC_ELT_1" and "strict wildcard" in entry.message:
        return codes.UNDECLARED
    if name == "ELEMENT_CONTENT":
        return codes.MISSING_ELEMENT if ": Missing child element(s)." in entry.message else codes.UNEXPECTED_ELEMENT
    if name == "CVC_COMPLEX_TYPE_2_1":
        is_text = "': Character content is not allowed" in entry.message
        return codes.TEXT_NOT_ALLOWED if is_text else codes.CHILDREN_NOT_ALLOWED
    if name == "CVC_IDC":
        return codes.KEYREF if _KEYREF.search(entry.message) else codes.KEY
    return _CODES.get(name, codes.OTHER)


def _expected(entry: etree._LogEntry, places: Places) -> dict[str, str]:
    found = _EXPECTED.search(entry.message)
    names = [places.name(name.strip()) for name in found[1].split(", ")] if found else []
    return {"expected": ", ".join(names) or "—"}


def _named_attribute(entry: etree._LogEntry, places: Places) -> dict[str, str]:
    return {"attribute": places.name(_attribute(entry.message) or "")}


def _type(entry: etree._LogEntry, places: Places) -> dict[str, str]:
    found = _TYPE.match(entry.message)
    return {"type": places.name(found[2]) if found and found[2] else "—"}


def _limit(entry: etree._LogEntry, _: Places) -> dict[str, str]:
    facet = _FACET.search(entry.message)
    limit = _LIMIT.search(entry.message)
    return {"facet": facet[1] if facet else "", "limit": (limit[1] or limit[2] or "") if limit else ""}


def _pattern(entry: etree._LogEntry, _: Places) -> dict[str, str]:
    found = _PATTERN.match(entry.message)
    return {"facet": "pattern", "limit": _cut(found[1]) if found else ""}


def _enumeration(entry: etree._LogEntry, _: Places) -> dict[str, str]:
    found = _SET.match(entry.message)
    return {"facet": "enumeration", "expected": _cut(found[1].replace("'", "")) if found else ""}


def _constraint(entry: etree._LogEntry, places: Places) -> dict[str, str]:
    found = _CONSTRAINT.findall(entry.message)
    return {"constraint": places.name(found[-1]) if found else ""}


def _rule(entry: etree._LogEntry, _: Places) -> dict[str, str]:
    name = entry.type_name.removeprefix("SCHEMAV_").lower().replace("_", "-")
    return {"rule": name}


def _nothing(_: etree._LogEntry, __: Places) -> dict[str, str]:
    return {}


_PARAMETERS: dict[str, Callable[[etree._LogEntry, Places], dict[str, str]]] = {
    codes.OTHER.id: _rule,
    codes.MISSING_ELEMENT.id: _expected,
    codes.UNEXPECTED_ELEMENT.id: _expected,
    codes.MISSING_ATTRIBUTE.id: _named_attribute,
    codes.UNEXPECTED_ATTRIBUTE.id: _named_attribute,
    codes.WRONG_TYPE.id: _type,
    codes.LENGTH.id: _limit,
    codes.RANGE.id: _limit,
    codes.DIGITS.id: _limit,
    codes.PATTERN.id: _pattern,
    codes.ENUMERATION.id: _enumeration,
    codes.KEY.id: _constraint,
    codes.KEYREF.id: _constraint,
    **dict.fromkeys(
        (
            code.id
            for code in (
                codes.UNKNOWN_ROOT,
                codes.ABSTRACT,
                codes.NIL,
                codes.XSI_TYPE,
                codes.FIXED,
                codes.CHILDREN_NOT_ALLOWED,
                codes.TEXT_NOT_ALLOWED,
                codes.UNDECLARED,
            )
        ),
        _nothing,
    ),
}
_VALUED = FACETS | {codes.WRONG_TYPE.id, codes.FIXED.id, codes.XSI_TYPE.id, codes.NIL.id}


def _content(code: Code, node: etree._Element | None, attribute: str | None) -> dict[str, str]:
    if node is None or code.id not in _VALUED:
        return {}
    value = node.get(attribute) if attribute else node.text
    return {"value": _cut(str(value or ""))}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST * 5 else text[: LONGEST * 5 - 1] + "…"
