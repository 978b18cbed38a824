"""What XÖV schemas say of themselves in xs:appinfo: the standard, its version, and the code lists that types use."""

from dataclasses import dataclass

from lxml import etree

from schnittstellen.artefacts.scan.kind import XSD
from schnittstellen.domain.codelist import CodelistUse, UseType


@dataclass(frozen=True, slots=True)
class Metadata:
    """`standard` and `versionStandard` of XÖV. `id` is the technical name; texts may be empty."""

    id: str
    title: str = ""
    urn: str = ""
    version: str = ""
    publisher: str = ""
    handbook: str = ""


def metadata_of(schema: etree._Element) -> Metadata | None:
    """The metadata of a schema document, or None."""
    standard = schema.find(f"{{{XSD}}}annotation/{{{XSD}}}appinfo/{{*}}standard")
    if standard is None:
        return None
    release = schema.find(f"{{{XSD}}}annotation/{{{XSD}}}appinfo/{{*}}versionStandard")
    urn = _text(standard, "kennung")
    name = _text(standard, "nameTechnisch") or urn.rpartition(":")[2] or _text(standard, "nameKurz")
    if not name:
        return None
    return Metadata(
        name,
        _text(standard, "nameLang") or _text(standard, "nameKurz"),
        urn,
        "" if release is None else _text(release, "version"),
        _text(standard, "herausgebernameLang") or _text(standard, "herausgebernameKurz"),
        "" if release is None else _text(release, "versionXOEVHandbuch"),
    )


def codelist_uses(schema: etree._Element) -> tuple[CodelistUse, ...]:
    """Every complex type of the document that binds a code to a list, named or not."""
    found = (_use(one, schema) for one in schema.iter(f"{{{XSD}}}complexType"))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _use(type_: etree._Element, schema: etree._Element) -> CodelistUse | None:
    derivation = next(type_.iterfind(f"{{{XSD}}}complexContent/*"), None)
    if derivation is None:
        derivation = next(type_.iterfind(f"{{{XSD}}}simpleContent/*"), None)
    attributes = {one.get("name"): one for one in type_.iter(f"{{{XSD}}}attribute") if _owner(one) is type_}
    described = type_.find(f"{{{XSD}}}annotation/{{{XSD}}}appinfo/{{*}}codeliste")
    if "listURI" not in attributes and described is None:
        return None
    if derivation is None and not type_.get("name") and described is None:
        return None
    return _bound(type_, schema, attributes, described)


def _bound(
    type_: etree._Element,
    schema: etree._Element,
    attributes: dict[str | None, etree._Element],
    described: etree._Element | None,
) -> CodelistUse:
    appinfo = None if described is None else described.getparent()
    uri = _fixed(attributes.get("listURI")) or ("" if described is None else _text(described, "kennung"))
    version = _fixed(attributes.get("listVersionID"))
    if not version and appinfo is not None and "listVersionID" not in attributes:
        version = appinfo.findtext("{*}versionCodeliste/{*}version", "").strip()
    return CodelistUse(
        _name(type_, schema),
        _kind(type_, uri, version, attributes),
        uri or None,
        version or None,
        (None if appinfo is None else appinfo.findtext("{*}genutzteCodeSpalte", "").strip()) or None,
        "" if described is None else _text(described, "nameLang"),
    )


def _kind(type_: etree._Element, uri: str, version: str, attributes: dict[str | None, etree._Element]) -> UseType:
    if not uri:
        return UseType.OPEN
    if not version:
        return UseType.LIST
    code = next((one for one in type_.iter(f"{{{XSD}}}element") if one.get("name") == "code"), None)
    if code is None:
        return UseType.FIXED if attributes else UseType.ENUMERATED
    named = code.get("type") or ""
    prefix, _, _ = named.rpartition(":")
    plain = code.nsmap.get(prefix or None) == XSD
    inside = next(code.iter(f"{{{XSD}}}enumeration"), None) is not None
    return UseType.FIXED if plain and named and not inside else UseType.ENUMERATED


def _name(type_: etree._Element, schema: etree._Element) -> str:
    namespace = schema.get("targetNamespace")
    named = next((one.get("name") for one in (type_, *type_.iterancestors()) if one.get("name")), "")
    return f"{{{namespace}}}{named}" if namespace else str(named)


def _owner(attribute: etree._Element) -> etree._Element | None:
    return next(attribute.iterancestors(f"{{{XSD}}}complexType"), None)


def _fixed(attribute: etree._Element | None) -> str:
    return "" if attribute is None else " ".join((attribute.get("fixed") or "").split())


def _text(part: etree._Element, name: str) -> str:
    return " ".join((part.findtext("{*}" + name) or part.findtext(name) or "").split())
