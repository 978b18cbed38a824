"""A scenario of a KoSIT validator configuration (scenarios.xml, framework version 1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.trusted import read_xml

NAMESPACE = "http://www.xoev.de/de/validator/framework/1/scenarios"


def tag(name: str) -> str:
    """Clark name in the namespace of scenarios.xml."""
    return f"{{{NAMESPACE}}}{name}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One s:scenario. `rules` and `report` are artefact paths; `accept` is an XPath on the report, or None.

    `report` is empty where the scenario makes none.
    """

    element: etree._Element = field(repr=False)
    name: str
    match: str
    namespaces: Mapping[str, str]
    rules: tuple[str, ...]
    report: str
    accept: str | None


def scenarios(bundle: Bundle, path: str) -> tuple[Scenario, ...]:
    """All scenarios of the artefact `path`. Raises `RulesProblem`."""
    root = read_xml(bundle, path)
    if root.tag != tag("scenarios"):
        raise RulesProblem("not_rules", f"{path}: {root.tag}")
    return tuple(_scenario(element, bundle, path) for element in root.iterchildren(tag("scenario")))


def _scenario(element: etree._Element, bundle: Bundle, path: str) -> Scenario:
    rules = element.findall(f"{tag('validateWithSchematron')}/{tag('resource')}/{tag('location')}")
    report = element.find(f"{tag('createReport')}/{tag('resource')}/{tag('location')}")
    accept = element.findtext(tag("acceptMatch"))
    return Scenario(
        element=element,
        name=_text(element.findtext(tag("name"))),
        match=_text(element.findtext(tag("match"))),
        namespaces={str(one.get("prefix")): _text(one.text) for one in element.iterchildren(tag("namespace"))},
        rules=tuple(_resolved(rule.text, bundle, path) for rule in rules),
        report="" if report is None else _resolved(report.text, bundle, path),
        accept=_text(accept) if accept and accept.strip() else None,
    )


def _resolved(location: str | None, bundle: Bundle, path: str) -> str:
    found = bundle.resolve(_text(location), path)
    if found is None:
        raise RulesProblem("unresolved", f"{path}: {_text(location)}")
    return found


def _text(text: str | None) -> str:
    return (text or "").strip()
