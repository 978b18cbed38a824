"""genericode (OASIS, 1.0 and the drafts before it) -> domain.codelist, with the annotations that XÖV adds.

Elements are known by their local names, because published lists use several namespaces, with and without prefix.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from schnittstellen.domain.codelist import Codelist, Entry
from schnittstellen.formats.safe_xml import XmlProblem, parse

_RECOMMENDED = {"empfohleneCodeSpalte", "recommendedKeyColumn", "xoev-code"}
_LIST_FROM = {"datumgueltigkeitab", "validfrom", "gueltigab"}
_LIST_UNTIL = {"datumgueltigkeitbis", "validuntil", "validto", "gueltigbis"}
_ROW_FROM = {"gueltigab", "gueltigvon", "gultigab", "validfrom", "existenzvon", "gueltigkeitsbeginn", "gueltigkeitab"}
_ROW_FROM |= {
    "datumgueltigkeitab",
    "gueltigseit",
    "startdatum",
    "startdate",
    "beginn",
    "effectivefrom",
    "gueltigkeitvon",
}
_ROW_UNTIL = {"gueltigbis", "gultigbis", "validuntil", "validto", "existenzbis", "gueltigkeitsende", "gueltigkeitbis"}
_ROW_UNTIL |= {"datumgueltigkeitbis", "enddatum", "enddate", "ende", "effectiveto", "expires"}
_NAMES = ("name", "beschreibung", "bezeichnung", "descriptiondede", "description", "longname", "text")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|T|Z|[+-])")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")


class GenericodeProblem(Exception):
    """A file is no readable code list. `reason`: xml, no_list, no_columns, no_key, no_rows, no_identity."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the ColumnSet says: ids in document order, key columns with the recommended one first."""

    ids: tuple[str, ...]
    keys: tuple[str, ...]
    name: str | None
    valid_from: str | None
    valid_until: str | None


def is_genericode(root: etree._Element) -> bool:
    """Whether the root element is that of a genericode list, set of lists or set of columns."""
    name = etree.QName(root)
    return "genericode" in (name.namespace or "") and name.localname in ("CodeList", "CodeListSet", "ColumnSet")


def read_codelist(data: bytes) -> Codelist:
    """Read one genericode list. Raises `GenericodeProblem`."""
    try:
        root = parse(data).getroot()
    except XmlProblem as problem:
        raise GenericodeProblem("xml", problem.reason) from None
    return codelist_of(root)


def codelist_of(root: etree._Element) -> Codelist:
    """The list of an element `CodeList`. Raises `GenericodeProblem`."""
    if etree.QName(root).localname != "CodeList":
        raise GenericodeProblem("no_list", etree.QName(root).localname)
    identity = _identity(root)
    columns = _columns(root)
    problems: list[str] = []
    entries = _entries(root, columns, problems)
    valid = _described(root)
    return Codelist(
        **identity,
        valid_from=_day(_first(valid, _LIST_FROM), problems),
        valid_until=_day(_first(valid, _LIST_UNTIL), problems),
        column=columns.keys[0],
        entries=entries[columns.keys[0]],
        other_columns={key: entries[key] for key in columns.keys[1:]},
        problems=tuple(dict.fromkeys(problems)),
    )


def _identity(root: etree._Element) -> dict[str, str]:
    part = root.find("{*}Identification")
    if part is None:
        raise GenericodeProblem("no_identity")
    uri, version, version_uri = (_text(part, name) for name in ("CanonicalUri", "Version", "CanonicalVersionUri"))
    if not uri and version_uri:
        uri = version_uri.removesuffix(version).removesuffix("_") if version else version_uri.rpartition("_")[0]
    if not version and version_uri.startswith(f"{uri}_"):
        version = version_uri.removeprefix(f"{uri}_")
    if not uri:
        raise GenericodeProblem("no_identity")
    agency = part.find("{*}Agency")
    return {
        "uri": uri,
        "version": version,
        "version_uri": version_uri,
        "title": _text(part, "LongName") or _text(part, "ShortName"),
        "publisher": "" if agency is None else _text(agency, "LongName") or _text(agency, "ShortName"),
    }


def _columns(root: etree._Element) -> _Columns:
    part = root.find("{*}ColumnSet")
    ids = [] if part is None else [str(one.get("Id")) for one in part if _local(one) in ("Column", "ColumnRef")]
    if part is None or not ids:
        raise GenericodeProblem("no_columns")
    plain = {id: _plain(id) for id in ids}
    keys = _keys(part, ids, plain)
    rest = [id for id in ids if id not in keys]
    return _Columns(
        tuple(ids),
        keys,
        next((id for name in _NAMES for id in rest if plain[id] == name), rest[0] if rest else None),
        next((id for id in rest if plain[id] in _ROW_FROM), None),
        next((id for id in rest if plain[id] in _ROW_UNTIL), None),
    )


def _keys(part: etree._Element, ids: list[str], plain: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    for key in sorted(part.iterfind("{*}Key"), key=lambda one: not _recommended(one)):
        column = next((str(one.get("Ref")) for one in key.iterfind("{*}ColumnRef")), None)
        if column in ids and column not in found:
            found.append(str(column))
    if not found:
        found = [next((id for id in ids if plain[id] in ("code", "key", "schluessel")), ids[0])]
    return tuple(found)


def _recommended(key: etree._Element) -> bool:
    marks = (one for one in key.iter() if isinstance(one.tag, str) and _local(one) in _RECOMMENDED)
    return any((one.text or "").strip() != "false" for one in marks)


def _entries(root: etree._Element, columns: _Columns, problems: list[str]) -> dict[str, tuple[Entry, ...]]:
    part = root.find("{*}SimpleCodeList")
    if part is None:
        raise GenericodeProblem("no_rows")
    found: dict[str, list[Entry]] = {key: [] for key in columns.keys}
    for number, row in enumerate(part.iterfind("{*}Row"), 1):
        values = dict(_values(row, columns.ids))
        days = _days(values, columns, problems)
        name = values.get(columns.name or "", "")
        for key in columns.keys:
            if key in values:
                found[key].append(Entry(values[key], name, *days))
            elif key == columns.keys[0]:
                problems.append(f"Zeile {number} hat keinen Wert in der Schlüsselspalte {key}")
    return {key: tuple(entries) for key, entries in found.items()}


def _values(row: etree._Element, ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Column and value; a value without ColumnRef stands in the column after the one before it (genericode 1.0)."""
    position = -1
    for value in row.iterfind("{*}Value"):
        named = value.get("ColumnRef")
        position = ids.index(str(named)) if named in ids else position + 1
        simple = value.find("{*}SimpleValue")
        if simple is not None and position < len(ids):
            yield ids[position], "".join(str(part) for part in simple.itertext()).strip()


def _days(values: Mapping[str, str], columns: _Columns, problems: list[str]) -> tuple[date | None, date | None]:
    start = values.get(columns.valid_from) if columns.valid_from else None
    end = values.get(columns.valid_until) if columns.valid_until else None
    return _day(start, problems), _day(end, problems)


def _day(text: str | None, problems: list[str]) -> date | None:
    if not text:
        return None
    iso, german = _ISO.match(text), _GERMAN.match(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
    except ValueError:
        pass
    problems.append(f"„{text[:40]}“ ist kein Datum")
    return None


def _described(root: etree._Element) -> dict[str, str]:
    part = root.find("{*}Annotation")
    found = () if part is None else (one for one in part.iter() if isinstance(one.tag, str) and len(one) == 0)
    return {_plain(_local(one)): (one.text or "").strip() for one in found}


def _first(values: Mapping[str, str], names: set[str]) -> str | None:
    return next((value for name, value in values.items() if name in names and value), None)


def _text(part: etree._Element, name: str) -> str:
    return " ".join((part.findtext("{*}" + name) or "").split())


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _plain(name: str) -> str:
    lowered = name.lower().replace("ü", "ue").replace("ä", "ae").replace("ö", "oe").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]", "", lowered)
