"""The scenarios of a KoSIT validator configuration (scenarios.xml, framework version 1), and the roots they match."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import elementpath
from lxml import etree

from schnittstellen.artefacts.scan.kind import SCENARIOS


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, with locations as they are written."""

    name: str
    match: str
    namespaces: Mapping[str, str]
    schemas: tuple[str, ...]
    rules: tuple[str, ...]
    reports: tuple[str, ...]
    accept: str | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """A whole scenarios.xml."""

    name: str
    date: str
    author: str
    scenarios: tuple[Scenario, ...]
    other_reports: tuple[str, ...]


def configuration(root: etree._Element) -> Configuration:
    """Read a configuration."""
    return Configuration(
        _text(root, "name"),
        _text(root, "date"),
        _text(root, "author"),
        tuple(_scenario(one) for one in root.iterchildren(_tag("scenario"))),
        tuple(_locations(root, "noScenarioReport")),
    )


def matched_roots(scenario: Scenario) -> frozenset[tuple[str | None, str | None]]:
    """Namespace and name of the root elements that the match asks for; None in either place stands for any."""
    try:
        parsed = elementpath.XPath2Parser(namespaces=dict(scenario.namespaces)).parse(scenario.match)
    except elementpath.ElementPathError:
        return frozenset()
    return frozenset(_roots(parsed, scenario.namespaces))


def _roots(token: Any, namespaces: Mapping[str, str]) -> Iterator[tuple[str | None, str | None]]:
    if token.symbol == "/" and len(token) == 1:
        yield _name(token[0], namespaces)
        return
    for child in token:
        yield from _roots(child, namespaces)


def _name(token: Any, namespaces: Mapping[str, str]) -> tuple[str | None, str | None]:
    while token.symbol == "[":
        token = token[0]
    if token.symbol == ":":
        local = None if token[1].symbol == "*" else str(token[1].value)
        return (None if token[0].symbol == "*" else namespaces.get(str(token[0].value), "")), local
    if token.symbol == "(name)":
        return namespaces.get("", ""), str(token.value)
    return None, None


def _scenario(node: etree._Element) -> Scenario:
    accept = " ".join((node.findtext(_tag("acceptMatch")) or "").split())
    return Scenario(
        _text(node, "name"),
        (node.findtext(_tag("match")) or "").strip(),
        {str(one.get("prefix") or ""): (one.text or "").strip() for one in node.iterchildren(_tag("namespace"))},
        tuple(_locations(node, "validateWithXmlSchema")),
        tuple(_locations(node, "validateWithSchematron")),
        tuple(_locations(node, "createReport")),
        accept or None,
    )


def _locations(node: etree._Element, step: str) -> Iterator[str]:
    for part in node.iterchildren(_tag(step)):
        for location in part.iterfind(f"{_tag('resource')}/{_tag('location')}"):
            yield (location.text or "").strip()


def _text(node: etree._Element, name: str) -> str:
    return " ".join((node.findtext(_tag(name)) or "").split())


def _tag(name: str) -> str:
    return f"{{{SCENARIOS}}}{name}"
