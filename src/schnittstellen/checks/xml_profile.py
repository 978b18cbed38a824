"""The check `xml.profile`: XPath conditions that stand in the suite, for rules that no schema states.

Options of a step: `rules` (list of tables with `id`, `test`, and as needed `context`, `text`, `level`), `namespaces`
(prefix to namespace), `max_bytes`. Expressions are XPath 3.1; `context` selects nodes from the document (default: the
document node), and `test` must hold for each. A rule is covered where its context occurred. Documents outside the
message cannot be reached.

The prefixes xs, fn, math, map and array are known.

The conditions of a step become one stylesheet for Saxon, which takes over the document that xml.schematron made: on
invoices with twenty lines ten conditions ran about fifteen times as fast as with elementpath.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.checks import profile_codes as codes
from schnittstellen.checks.schematron.conditions import Condition, Conditions, conditions_of
from schnittstellen.checks.schematron.locate import locate
from schnittstellen.checks.schematron.message import document_of
from schnittstellen.checks.schematron.saxon import SaxonError
from schnittstellen.checks.schematron.svrl import Outcome
from schnittstellen.domain.finding import CannotJudge, Covered, Finding, Item, Place
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.ports import STREAM_FROM, Context, Observation, Payload
from schnittstellen.formats.safe_xml import XmlProblem, document


class Profile:
    """Judges a payload by the XPath conditions of its step."""

    name = "xml.profile"
    codes = codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:  # noqa: ARG002
        """One finding for each context node on which a condition does not hold."""
        if not isinstance(seen, Payload):
            return
        rules = {str(rule["id"]): rule for rule in options.get("rules", ())}
        conditions = _conditions(options)
        _check_size(seen, options)
        for broken, reason in conditions.broken.items():
            yield _finding(codes.BAD_XPATH.id, rules[broken], content={"error": reason})
        outcome = _outcome(seen, conditions)
        yield from _findings(seen, outcome, rules)
        if outcome.covered:
            yield Covered(outcome.covered)
        elif not outcome.gaps and not conditions.broken:
            yield Finding(codes.NOTHING_SEEN.id)

    def rules(self, step: Step, context: Context) -> Mapping[str, Requirement]:  # noqa: ARG002
        """The conditions of the step that the standard does not list as requirements itself."""
        return {
            str(rule["id"]): Requirement(
                str(rule["id"]), str(rule.get("text", rule["test"])), obligation=_level(rule) or Level.MUST
            )
            for rule in step.options.get("rules", ())
        }


def _findings(seen: Payload, outcome: Outcome, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    tree = document(seen)
    for hit in outcome.hits:
        yield _finding(codes.BROKEN.id, rules[hit.rule], locate(tree, hit.location, {}))
    for gap in outcome.gaps:
        for rule in sorted(gap.rules):
            place, content = locate(tree, gap.location, {}), {"error": gap.description}
            yield _finding(codes.NOT_EVALUATED.id, rules[rule], place, {"error": gap.code}, content)


def _finding(
    code: str,
    rule: Mapping[str, Any],
    place: Place | None = None,
    parameters: Mapping[str, str] | None = None,
    content: Mapping[str, str] | None = None,
) -> Finding:
    id = str(rule["id"])
    said = {"rule": id, "text": str(rule.get("text", rule["test"])), **(parameters or {})}
    return Finding(code, place or Place(), said, content or {}, id, _level(rule))


def _level(rule: Mapping[str, Any]) -> Level | None:
    return Level(rule["level"]) if "level" in rule else None


def _conditions(options: Mapping[str, Any]) -> Conditions:
    written = tuple(
        Condition(str(rule["id"]), str(rule["test"]), str(rule.get("text", "")), str(rule.get("context", "/")))
        for rule in options.get("rules", ())
    )
    return conditions_of(written, tuple(sorted(options.get("namespaces", {}).items())))


def _outcome(seen: Payload, conditions: Conditions) -> Outcome:
    try:
        return conditions.judge(document_of(seen))
    except XmlProblem as problem:
        place = Place(line=problem.line, column=problem.column)
        raise CannotJudge(Finding(codes.UNREADABLE.id, place, parameters={"reason": problem.reason})) from None
    except SaxonError as error:
        parameters = {"rule": "*", "error": "XPath"}
        raise CannotJudge(
            Finding(codes.NOT_EVALUATED.id, parameters=parameters, content={"error": str(error)})
        ) from None


def _check_size(payload: Payload, options: Mapping[str, Any]) -> None:
    limit = int(options.get("max_bytes", STREAM_FROM))
    if payload.size >= limit:
        raise CannotJudge(Finding(codes.TOO_LARGE.id, parameters={"size": str(payload.size), "limit": str(limit)}))
