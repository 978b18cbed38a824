"""The only place that puts parts together. Modules are named as text and imported when they are first needed."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, metadata
from typing import Any

from schnittstellen.artefacts.library import Library, built_in, home
from schnittstellen.domain.finding import Code
from schnittstellen.engine.codes import CODES
from schnittstellen.engine.ports import Check, Transport

CHECKS = {
    "xml.wellformed": "schnittstellen.checks.xml_wellformed:WellFormed",
    "xml.schema": "schnittstellen.checks.xml_schema:Schema",
    "xml.schematron": "schnittstellen.checks.xml_schematron:Schematron",
    "xml.profile": "schnittstellen.checks.xml_profile:Profile",
    "kosit.accept": "schnittstellen.checks.kosit_accept:Accept",
    "codeliste": "schnittstellen.checks.codeliste:Codeliste",
    "openapi.offer": "schnittstellen.checks.openapi_offer:Offer",
    "openapi.responses": "schnittstellen.checks.openapi_responses:Responses",
    "openapi.probe": "schnittstellen.checks.openapi_probe:Probe",
}
TRANSPORTS = {
    "files": "schnittstellen.transports.files:Files",
}
REPORTS = {
    "text": "schnittstellen.reports.text:write",
    "json": "schnittstellen.reports.json_report:write",
    "junit": "schnittstellen.reports.junit:write",
    "html": "schnittstellen.reports.html:write",
}


class Parts(Mapping[str, Any]):
    """Parts by name, each made when it is first asked for; entry points of `group` come after the built-in ones."""

    def __init__(self, built_in: Mapping[str, str], group: str, *, instantiate: bool) -> None:
        self._built_in = built_in
        self._group = group
        self._instantiate = instantiate
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            part = self._load(name)
            self._made[name] = part() if self._instantiate else part
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._built_in
        yield from (point.name for point in self._points() if point.name not in self._built_in)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, name: object) -> bool:
        return name in self._built_in or any(point.name == name for point in self._points())

    def _load(self, name: str) -> Any:
        if name in self._built_in:
            module, _, attribute = self._built_in[name].partition(":")
            return getattr(import_module(module), attribute)
        for point in self._points():
            if point.name == name:
                return point.load()
        raise KeyError(name)

    def _points(self) -> metadata.EntryPoints:
        return metadata.entry_points(group=self._group)


@cache
def checks() -> Mapping[str, Check]:
    """All checks, by the name that suites use."""
    return Parts(CHECKS, "schnittstellen.checks", instantiate=True)


@cache
def transports() -> Mapping[str, Transport]:
    """All transports."""
    return Parts(TRANSPORTS, "schnittstellen.transports", instantiate=True)


@cache
def reports() -> Mapping[str, Any]:
    """All ways to write a report."""
    return Parts(REPORTS, "schnittstellen.reports", instantiate=False)


@cache
def codes() -> Mapping[str, Code]:
    """Every finding code that any part of this installation can give."""
    parts: list[Check | Transport] = [*checks().values(), *transports().values()]
    found = [*CODES, *(code for part in parts for code in part.codes)]
    return {code.id: code for code in found}


def library() -> Library:
    """Standards and suites: added by the user first, then those built in."""
    return Library((home(), built_in()))
