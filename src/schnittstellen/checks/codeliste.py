"""The check `codeliste`: every code is in the declared version of its code list and holds on the day of the message.

What is implemented (XÖV-Handbuch, "Nutzung von Codelisten", code types; Codelisten-Handbuch 1.2 for genericode):

- Type 1: list, version and codes stand in the schema. Validation tells of codes that the schema does not list; the
  others are judged here too where the list is at hand.
- Type 2: list and version stand in the schema (`fixed` or `default` of `listURI` and `listVersionID`); the message
  need not repeat them.
- Type 3: the list stands in the schema, the version in the message.
- Type 4: both stand in the message. `listURI=""` and `listVersionID=""` name nothing: such a code is not tested.

What the message says comes before what the schema says. A code may stand in any key column of the list. Where a row has
days of validity, it must hold on the day of the message; where the list as a whole has them, a departure is only a
warning, because earlier versions stay in use for old documents.

Options: `date`: XPath expressions (1.0), the first that finds a date tells the day of the message; `places`: further
places of codes, each `{path, list, version}`, where `path` is the end of an element path, perhaps with an attribute,
such as "cac:Price/cbc:PriceAmount/@currencyID"; `namespaces`: prefixes for both.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.artefacts.schema_set import SchemaProblem, SchemaSet, gather
from schnittstellen.checks.codelists import codes
from schnittstellen.checks.codelists.bindings import Bindings
from schnittstellen.checks.codelists.judging import Judge
from schnittstellen.checks.codelists.lists import Lists
from schnittstellen.checks.codelists.places import (
    BadOption,
    Coded,
    Finder,
    Placer,
    named,
    place_in_tree,
    text_of,
)
from schnittstellen.checks.codelists.streaming import codes_in
from schnittstellen.domain.finding import CannotJudge, Covered, Finding, Item, Note
from schnittstellen.engine.folding import Folder
from schnittstellen.engine.ports import Context, Observation, Payload
from schnittstellen.engine.recognise import outline
from schnittstellen.formats.safe_xml import XmlProblem, document

DATE = (
    "//*[local-name()='erstellungszeitpunkt' or local-name()='Erstellungszeitpunkt']",
    "//*[local-name()='erstellungsdatum' or local-name()='erstelltAm' or local-name()='nachrichtenzeitpunkt']",
)
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NOTHING = SchemaSet("", {}, {}, ())


class Codeliste:
    """Judges the codes of an XML message."""

    name = "codeliste"
    codes = codes.CODES

    def __init__(self) -> None:
        self._lists: WeakKeyDictionary[Bundle, Lists] = WeakKeyDictionary()
        self._bindings: WeakKeyDictionary[Bundle, dict[tuple[str, ...], Bindings]] = WeakKeyDictionary()

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Yield folded findings, how many codes were judged, and the code lists that they were judged by."""
        if not isinstance(seen, Payload):
            return
        finder = self._finder(options, context)
        try:
            judge = Judge(self._lists_of(context.bundle), _day_of(seen, options))
            folder, count = _judged(seen, finder, judge)
        except XmlProblem:
            raise CannotJudge(Finding(codes.UNREADABLE.id)) from None
        yield from folder.findings()
        yield Note("codes", str(count))
        yield Covered(frozenset(judge.used))
        if count == 0:
            yield Finding(codes.NO_CODES.id)

    def _finder(self, options: Mapping[str, Any], context: Context) -> Finder:
        try:
            return Finder(self._bindings_of(context), named(options.get("places", ()), options.get("namespaces", {})))
        except BadOption as problem:
            raise _bad(problem.option, problem.value) from None

    def _lists_of(self, bundle: Bundle) -> Lists:
        if bundle not in self._lists:
            self._lists[bundle] = Lists(bundle)
        return self._lists[bundle]

    def _bindings_of(self, context: Context) -> Bindings:
        schemas = context.message.schemas if context.message else ()
        known = self._bindings.setdefault(context.bundle, {})
        if schemas not in known:
            known[schemas] = _read_bindings(context.bundle, schemas)
        return known[schemas]


def _read_bindings(bundle: Bundle, schemas: tuple[str, ...]) -> Bindings:
    try:
        return Bindings(gather(bundle, schemas) if schemas else _NOTHING)
    except SchemaProblem as problem:
        parameters = {"path": problem.path, "reason": problem.reason}
        raise CannotJudge(Finding(codes.SCHEMA.id, parameters=parameters)) from None


def _judged(payload: Payload, finder: Finder, judge: Judge) -> tuple[Folder, int]:
    folder, count = Folder(), 0
    for coded, placer in _found(payload, finder):
        count += 1
        for problem in judge.problems(coded):
            finding = problem.finding(coded)
            folder.add(
                Finding(
                    finding.code,
                    placer(coded),
                    finding.parameters,
                    finding.content,
                    level=finding.level,
                )
            )
    return folder, count


def _found(payload: Payload, finder: Finder) -> Iterator[tuple[Coded, Placer]]:
    if payload.large:
        with payload.open() as stream:
            yield from codes_in(stream, finder)
        return
    for element in document(payload).iter(*finder.wanted):
        for coded in finder.at(element):
            yield coded, place_in_tree


def _day_of(payload: Payload, options: Mapping[str, Any]) -> date | None:
    tree = outline(payload) if payload.large else document(payload)
    namespaces = dict(options.get("namespaces", {}))
    for expression in options.get("date", DATE):
        try:
            found = tree.xpath(expression, namespaces=namespaces)
        except etree.XPathError:
            raise _bad("date", str(expression)) from None
        day = _first_day(found if isinstance(found, list) else [found])
        if day is not None:
            return day
    return None


def _first_day(found: list[Any]) -> date | None:
    for one in found:
        written = _DAY.match((text_of(one) or "") if isinstance(one, etree._Element) else str(one))
        try:
            if written:
                return date(*map(int, written.groups()))
        except ValueError:
            continue
    return None


def _bad(option: str, value: str) -> CannotJudge:
    return CannotJudge(Finding(codes.BAD_OPTION.id, parameters={"option": option, "value": value}))
