"""Rejected values of kinds that libxml2 is known to reject wrongly, weighed again."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from schnittstellen.checks.xsd import libxml2
from schnittstellen.checks.xsd.declarations import Complex
from schnittstellen.checks.xsd.simple import Simple
from schnittstellen.checks.xsd.types import XSI_NIL, XSI_TYPE, Types
from schnittstellen.checks.xsd.values import same, without_24
from schnittstellen.checks.xsd.watch import Watch, text_of

Entry = tuple[etree._LogEntry, etree._Element | None]
_DATATYPE = "SCHEMAV_CVC_DATATYPE_VALID"
_PATTERN = "SCHEMAV_CVC_PATTERN_VALID"
_FACET = re.compile(r"SCHEMAV_CVC_(?:PATTERN|ENUMERATION|(?:M..)?LENGTH|M..(?:IN|EX)CLUSIVE|\w+DIGITS)_VALID\Z")
_FIXED = re.compile(r"does not match the fixed value constraint '(.*)'\.\Z", re.DOTALL)
_FIXED_RULES = ("SCHEMAV_CVC_ELT_5_2_2_2_2", "SCHEMAV_CVC_AU")
_NO_VALUE = "Warning: No precomputed value available"
_CHILDREN = ("SCHEMAV_CVC_COMPLEX_TYPE_2_2", "SCHEMAV_CVC_TYPE_3_1_2")
_AUTHORITY = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:[A-Za-z0-9$,;:@&=+_.!~*'()-]|%[0-9A-Fa-f]{2})+(?=[/?#]|\Z)")


def type_at(types: Types, node: etree._Element, attribute: str | None) -> Simple | None:
    """The simple type of an element's text or of its attribute."""
    type_ = types.of(node)
    if isinstance(type_, Complex):
        return type_.attributes.get(attribute) if attribute else type_.value
    return type_ if attribute is None else None


def plain(type_: Simple, raw: str) -> str:
    """The same value in a form that libxml2 does not stumble over.

    White space is treated as the type says; of an address, the authority that RFC 2396 calls registry-based is
    replaced, where no facet could look at it.
    """
    value = without_24(type_.normal(raw) if type_.variety != "union" else " ".join(raw.split()))
    return _AUTHORITY.sub(r"\1a", value) if type_.name == "xs:anyURI" else value


def smoothed(types: Types, entries: Iterable[Entry]) -> dict[tuple[etree._Element, str | None], str]:
    """For each rejected value that has another form: that form."""
    found: dict[tuple[etree._Element, str | None], str] = {}
    for entry, node in entries:
        attribute = libxml2.attribute_of(entry.message)
        if node is None:
            continue
        type_ = type_at(types, node, attribute) if _is_value(entry) else None
        if type_ is None and attribute not in (XSI_TYPE, XSI_NIL):
            continue
        raw = str(node.get(attribute) or "") if attribute else text_of(node)
        form = plain(type_, raw) if type_ else raw.strip()
        if form != raw:
            found[node, attribute] = form
    return found


def upheld(types: Types, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that stand; of several about one value, the most telling."""
    by_value: dict[tuple[etree._Element | None, str | None], list[Entry]] = {}
    for entry, node in entries:
        by_value.setdefault((node, libxml2.attribute_of(entry.message)), []).append((entry, node))
    for (node, attribute), group in by_value.items():
        values = [one for one in group if _is_value(one[0])]
        others = (one for one in group if not _is_value(one[0]) and _NO_VALUE not in one[0].message)
        yield from (one for one in others if not _imagined(types, one[0], node, attribute))
        if not any(one[0].type_name in _CHILDREN for one in group):
            yield from _telling([one for one in values if not _imagined(types, one[0], node, attribute)])


def certain(watch: Watch, types: Types, entry: etree._LogEntry, node: etree._Element) -> bool:
    """Whether libxml2 can be trusted with this rejection where nothing can be validated again."""
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT":
        parent = node.getparent()
        owners = [types.of(one) for one in (node, parent) if one is not None]
        return not any(isinstance(one, Complex) and watch.doubts(one) for one in owners)
    attribute = libxml2.attribute_of(entry.message)
    type_ = type_at(types, node, attribute) if _is_value(entry) else None
    if type_ is None:
        return True
    raw = str(node.get(attribute) or "") if attribute else text_of(node)
    return plain(type_, raw) == raw or not type_.has_form(plain(type_, raw))


def _imagined(types: Types, entry: etree._LogEntry, node: etree._Element | None, attribute: str | None) -> bool:
    """Whether a value does match the patterns, or is the fixed value, though libxml2 says it is not."""
    type_ = type_at(types, node, attribute) if node is not None else None
    if node is None or type_ is None or type_.variety != "atomic":
        return False
    value = type_.normal(str(node.get(attribute) or "") if attribute else text_of(node))
    fixed = _FIXED.search(entry.message)
    if fixed is not None and entry.type_name in _FIXED_RULES:
        return same(type_.builtin, value, type_.normal(fixed[1]))
    return entry.type_name == _PATTERN and type_.doubtful_patterns and type_.pattern_fault(value) is None


def _is_value(entry: etree._LogEntry) -> bool:
    return entry.type_name.startswith(_DATATYPE) or _FACET.match(entry.type_name) is not None


def _telling(values: list[Entry]) -> list[Entry]:
    facets = [one for one in values if not one[0].type_name.startswith(_DATATYPE)]
    return facets or values[:1]
