"""The check `kosit.accept`: whether a KoSIT validator with a given configuration would accept the message.

Options of a step: `scenarios` (artefact path of scenarios.xml), `scenario` (its name; default: the one whose `match`
holds for the message). Give the step `needs` on the schema step: KoSIT rejects what is not schema-valid before it looks
at rules (SchemaValidationAction, SchematronValidationAction), and that step has said so already.

With `acceptMatch`, the report that the scenario's stylesheet makes of the validator's report input decides; customLevel
acts there, because the stylesheet reads it. Without, any failed assert rejects (ComputeAcceptanceAction). A rule that
could not be evaluated makes the result unknown, where KoSIT would ignore it.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.kosit import codes
from schnittstellen.checks.kosit.report_input import report_input
from schnittstellen.checks.kosit.scenario import Scenario, scenarios
from schnittstellen.checks.schematron.message import document_of, outcome_of
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.saxon import SaxonError, processor
from schnittstellen.checks.schematron.svrl import NotSvrl, Outcome, without_marks
from schnittstellen.checks.schematron.transformation import transformation
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note
from schnittstellen.engine.ports import Context, Observation, Payload
from schnittstellen.formats.safe_xml import XmlProblem


class Accept:
    """Judges a payload as the KoSIT validator does."""

    name = "kosit.accept"
    codes = codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """X221 or X222 where the message would be rejected."""
        if not isinstance(seen, Payload):
            return
        try:
            scenario = _scenario(seen, options, context.bundle)
            yield Note("scenario", scenario.name)
            outcomes = [outcome_of(seen, context.bundle, path, None) for path in scenario.rules]
            yield from _verdict(seen, scenario, outcomes, context.bundle)
        except RulesProblem as problem:
            raise _no_report(options, f"{problem.reason}: {problem.detail}") from None
        except NotSvrl:
            raise _no_report(options, "svrl") from None
        except SaxonError as error:
            raise _no_report(options, "xslt", str(error)) from None
        except XmlProblem as problem:
            raise _no_report(options, problem.reason) from None


def _verdict(seen: Payload, scenario: Scenario, outcomes: list[Outcome], bundle: Bundle) -> Iterator[Finding]:
    broken = sum(not hit.report for outcome in outcomes for hit in outcome.hits)
    unknown = any(outcome.gaps or outcome.stopped for outcome in outcomes)
    if scenario.accept is None:
        if broken:
            parameters = {"scenario": scenario.name, "count": str(broken)}
            yield Finding(codes.RULES_BROKEN.id, parameters=parameters)
    elif not _accepted(seen, scenario, outcomes, bundle):
        yield Finding(codes.REJECTED.id, parameters={"scenario": scenario.name, "condition": scenario.accept})
    if unknown:
        yield Finding(codes.NO_REPORT.id, parameters={"scenario": scenario.name, "reason": "X205"})


def _accepted(seen: Payload, scenario: Scenario, outcomes: list[Outcome], bundle: Bundle) -> bool:
    sha256, _ = seen.identity()
    outputs = [without_marks(outcome.output) for outcome in outcomes]
    made = report_input(scenario, outputs, seen.name, sha256 or "", datetime.now(UTC))
    report = transformation(bundle, scenario.report).run(
        processor().document(made), {"input-document": document_of(seen)}
    )
    try:
        tree = etree.fromstring(report.encode())
    except etree.XMLSyntaxError:
        raise RulesProblem("syntax", scenario.report) from None
    return _holds(processor().document(tree), scenario.accept or "", scenario)


def _scenario(seen: Payload, options: Mapping[str, Any], bundle: Bundle) -> Scenario:
    path = str(options["scenarios"])
    known = scenarios(bundle, path)
    wanted = options.get("scenario")
    fitting = [one for one in known if one.name == wanted] if wanted else []
    if not wanted:
        fitting = [one for one in known if _holds(document_of(seen), one.match, one)]
    if len(fitting) != 1:
        found = ", ".join(one.name for one in fitting) or "–"
        raise CannotJudge(Finding(codes.NO_SCENARIO.id, parameters={"scenarios": path, "found": found}))
    return fitting[0]


def _holds(document: Any, condition: str, scenario: Scenario) -> bool:
    try:
        return processor().holds(condition, document, scenario.namespaces)
    except SaxonError as error:
        parameters = {"scenario": scenario.name, "condition": condition}
        content = {"error": str(error)}
        raise CannotJudge(Finding(codes.BAD_CONDITION.id, parameters=parameters, content=content)) from None


def _no_report(options: Mapping[str, Any], reason: str, error: str = "") -> CannotJudge:
    name = str(options.get("scenario") or options.get("scenarios"))
    content = {"error": error} if error else {}
    return CannotJudge(Finding(codes.NO_REPORT.id, parameters={"scenario": name, "reason": reason}, content=content))
