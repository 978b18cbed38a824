"""Compiling and judging schemas offline: libxml2 is quick, xmlschema is right; both see the gathered documents only."""

import warnings
from collections.abc import Iterator
from email.message import Message
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import BaseHandler, OpenerDirector, Request
from urllib.response import addinfourl

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.artefacts.schema_set import (
    ROOT,
    XSD,
    SchemaProblem,
    SchemaSet,
    components,
    gather,
    path_of,
    references,
)

if TYPE_CHECKING:
    import xmlschema

_NEW_ELEMENTS = frozenset(
    f"{{{XSD}}}{name}"
    for name in ("assert", "assertion", "alternative", "override", "openContent", "defaultOpenContent")
) | {f"{{{XSD}}}explicitTimezone"}
_NEW_ATTRIBUTES = frozenset(
    ("notNamespace", "notQName", "inheritable", "xpathDefaultNamespace", "defaultAttributes", "defaultAttributesApply")
)
_NEW_TYPES = frozenset(("dateTimeStamp", "yearMonthDuration", "dayTimeDuration", "anyAtomicType", "error"))
_MIN_VERSION = "{http://www.w3.org/2007/XMLSchema-versioning}minVersion"


def compile(bundle: Bundle, paths: tuple[str, ...]) -> etree.XMLSchema:
    """One schema of all `paths` (artefact paths) at once, for lxml. Raises `SchemaProblem`."""
    schemas = gather(bundle, paths)
    complete(schemas)
    return quick(schemas)


def complete(schemas: SchemaSet) -> None:
    """Raise `SchemaProblem` where an include, redefine or override leads nowhere: parts of its own are missing."""
    for one in schemas.unresolved:
        if one.kind != "import":
            raise unresolved(schemas, one.namespace)


def unresolved(schemas: SchemaSet, namespace: str | None) -> SchemaProblem:
    """The problem that names the first unresolved reference to `namespace`."""
    one = next(one for one in schemas.unresolved if one.namespace == namespace)
    return SchemaProblem("unresolved", one.referrer, location=one.location, namespace=one.namespace)


def quick(schemas: SchemaSet) -> etree.XMLSchema:
    """The gathered schema for libxml2. Raises `SchemaProblem`."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Gathered(schemas))
    tree = etree.fromstring(schemas.documents[schemas.entry], parser, base_url=schemas.entry)
    try:
        return etree.XMLSchema(etree.ElementTree(tree))
    except etree.XMLSchemaParseError as error:
        raise _invalid(schemas, error) from None


def exact(schemas: SchemaSet, version: str | None = None) -> "xmlschema.XMLSchemaBase":
    """The gathered schema for xmlschema; `version` is 1.0 or 1.1 and by default what the documents need.

    Raises `SchemaProblem`.
    """
    import xmlschema

    try:
        return _exact(schemas, version or needed_version(schemas), "strict")
    except xmlschema.XMLSchemaParseError as error:
        raise _problem(schemas, error) from None
    except (xmlschema.XMLSchemaException, RecursionError) as error:
        raise SchemaProblem("invalid", path_of(schemas.entry), detail=type(error).__name__) from None


def judge(bundle: Bundle, paths: tuple[str, ...]) -> list[SchemaProblem]:
    """All that is wrong with the schema of `paths`, unresolved references included; slow (seconds)."""
    import xmlschema

    try:
        schemas = gather(bundle, paths)
    except SchemaProblem as problem:
        return [problem]
    found = [
        SchemaProblem("unresolved", one.referrer, location=one.location, namespace=one.namespace)
        for one in schemas.unresolved
    ]
    try:
        schema = _exact(schemas, needed_version(schemas), "lax")
    except (xmlschema.XMLSchemaException, RecursionError) as error:
        return [*found, SchemaProblem("invalid", path_of(schemas.entry), detail=str(error).split("\n", 1)[0])]
    return found + [_problem(schemas, error) for error in schema.all_errors]


def global_elements(schemas: SchemaSet) -> Iterator[tuple[str, str]]:
    """Name in Clark notation and artefact path of every global element that is not abstract."""
    for address, tree in schemas.trees.items():
        namespace = tree.get("targetNamespace")
        for element in tree.iterchildren(f"{{{XSD}}}element"):
            name = element.get("name", "")
            if element.get("abstract") not in ("true", "1"):
                yield (f"{{{namespace}}}{name}" if namespace else name), path_of(address)


def needed_version(schemas: SchemaSet) -> str:
    """1.1 where any document uses what XML Schema 1.0 does not know, else 1.0."""
    return "1.1" if any(_is_new(element) for element in components(schemas)) else "1.0"


def _is_new(element: etree._Element) -> bool:
    if element.tag in _NEW_ELEMENTS or _NEW_ATTRIBUTES.intersection(element.attrib):
        return True
    if element.get(_MIN_VERSION, "1.0") >= "1.1":
        return True
    name = element.get("type") or element.get("base") or element.get("itemType") or ""
    prefix, _, local = name.rpartition(":")
    return local in _NEW_TYPES and element.nsmap.get(prefix or None) == XSD


class _Gathered(etree.Resolver):
    """Answers with gathered documents, and with nothing for any other address."""

    def __init__(self, schemas: SchemaSet) -> None:
        self._documents = schemas.documents

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]  # noqa: ARG002
        data = self._documents.get(system_url)
        if data is None:
            return self.resolve_empty(context)  # type: ignore[attr-defined]
        return self.resolve_string(data, context, base_url=system_url)


class _Opener(OpenerDirector):
    """Opens gathered documents, and no other address."""

    def __init__(self, schemas: SchemaSet) -> None:
        super().__init__()
        self.add_handler(_Handler(schemas))


class _Handler(BaseHandler):
    def __init__(self, schemas: SchemaSet) -> None:
        self._documents = schemas.documents

    def http_open(self, request: Request) -> IO[bytes]:
        data = self._documents.get(request.full_url)
        if data is None:
            raise URLError("not gathered")
        return addinfourl(BytesIO(data), Message(), request.full_url, 200)

    https_open = ftp_open = file_open = http_open


def _exact(schemas: SchemaSet, version: str, validation: str) -> "xmlschema.XMLSchemaBase":
    import xmlschema

    kind = xmlschema.XMLSchema11 if version == "1.1" else xmlschema.XMLSchema10
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return kind(
            schemas.entry,
            validation=validation,
            allow="remote",
            defuse="never",
            opener=_Opener(schemas),
            use_fallback=False,
        )


def _problem(schemas: SchemaSet, error: Exception) -> SchemaProblem:
    address = getattr(error, "schema_url", None) or schemas.entry
    line = getattr(error, "sourceline", None)
    detail = getattr(error, "message", None) or str(error)
    return SchemaProblem("invalid", path_of(address), line=line, detail=str(detail).split("\n", 1)[0])


def _invalid(schemas: SchemaSet, error: etree.XMLSchemaParseError) -> SchemaProblem:
    entries = [one for one in error.error_log if one.level >= etree.ErrorLevels.ERROR]
    if not entries:
        return SchemaProblem("invalid", path_of(schemas.entry), detail=str(error))
    first = entries[0]
    path = path_of(first.filename) if first.filename.startswith(ROOT) else path_of(schemas.entry)
    return SchemaProblem("invalid", path, line=first.line or None, detail=first.message)


__all__ = [
    "SchemaProblem",
    "SchemaSet",
    "compile",
    "complete",
    "exact",
    "gather",
    "global_elements",
    "judge",
    "needed_version",
    "quick",
    "references",
    "unresolved",
]
