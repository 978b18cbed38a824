"""The check `xml.schematron`: rules in Schematron, as source (.sch) or as ready stylesheet that writes SVRL.

Options of a step: `rules` (artefact path or list of them; default: those of the message), `phase`, `levels` (rule id to
must, should, may or off), `flags` (value of role, flag or severity to level), `reports` (level of reports that name
none), `max_bytes` (largest message).

A rule is covered by a message only where its context occurred there and it could be evaluated. Where no rule's context
occurred at all, the rules did look at the message and have nothing to say of it: that is no pass but *not applicable*
(X203), so a suite in which nothing else judges does not become green by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from schnittstellen.checks.schematron import codes
from schnittstellen.checks.schematron.locate import locate
from schnittstellen.checks.schematron.message import outcome_of
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.saxon import SaxonError, processor
from schnittstellen.checks.schematron.svrl import Gap, Hit, NotSvrl, Outcome
from schnittstellen.checks.schematron.validator import validator
from schnittstellen.checks.schematron.weights import weights
from schnittstellen.domain.finding import CannotJudge, Covered, Finding, Item, Note, Place
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.folding import Folder
from schnittstellen.engine.ports import STREAM_FROM, Context, Observation, Payload
from schnittstellen.formats.safe_xml import XmlProblem, document

EACH = 25
"""Of one rule, so many findings are shown one by one; further ones are folded into one with their number."""


class Schematron:
    """Judges a payload by Schematron rules."""

    name = "xml.schematron"
    codes = codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Findings, the rules covered, and which engine was used."""
        if not isinstance(seen, Payload):
            return
        paths = rule_files(options, context)
        if not paths:
            yield Finding(codes.NO_RULES.id, parameters={"message": context.message.id if context.message else "?"})
            return
        _check_size(seen, options)
        tree = _tree(seen)
        fired = 0
        for path in paths:
            for item in _Judged(seen, tree, path, options, context).items():
                fired += not isinstance(item, Note)
                yield item
        if not fired:
            yield Finding(codes.NOTHING_FIRED.id, parameters={"rules": ", ".join(paths)})
        yield Note("schematron", processor().version)

    def rules(self, step: Step, context: Context) -> Mapping[str, Requirement]:
        """All rules that the step can apply, as requirements; unusable files give none (the run says why)."""
        found: dict[str, Requirement] = {}
        weigh = weights(step.options)
        for path in _all_files(step, context):
            try:
                catalogue = validator(context.bundle, path, step.options.get("phase")).catalogue
            except RulesProblem:
                continue
            for rule in catalogue.rules.values():
                if not weigh.off(rule.id):
                    obligation = weigh.level(rule.id, (rule.weight,), report=rule.report) or Level.MUST
                    found.setdefault(rule.id, Requirement(rule.id, rule.text or rule.test, path, obligation))
        return found


class _Judged:
    """What one file of rules says of one payload."""

    def __init__(
        self, payload: Payload, tree: etree._ElementTree, path: str, options: Mapping[str, Any], context: Context
    ) -> None:
        self._payload = payload
        self._tree = tree
        self._path = path
        self._phase: str | None = options.get("phase")
        self._weights = weights(options)
        self._context = context

    def items(self) -> Iterator[Item]:
        try:
            outcome = outcome_of(self._payload, self._context.bundle, self._path, self._phase)
        except RulesProblem as problem:
            parameters = {"rules": self._path, "reason": problem.reason, "detail": problem.detail}
            yield Finding(codes.UNUSABLE.id, parameters=parameters)
        except NotSvrl:
            yield Finding(codes.NO_SVRL.id, parameters={"rules": self._path})
        except SaxonError as error:
            yield Finding(codes.GAVE_UP.id, parameters={"rules": self._path}, content={"error": str(error)})
        else:
            yield from self._of(outcome)

    def _of(self, outcome: Outcome) -> Iterator[Item]:
        yield from _limited(self._hit(hit, outcome) for hit in outcome.hits if not self._weights.off(hit.rule))
        yield from _limited(finding for gap in outcome.gaps for finding in self._gap(gap, outcome))
        if outcome.stopped:
            yield Finding(codes.STOPPED.id, parameters={"rules": self._path}, content={"messages": outcome.messages})
        covered = self._weights.without_off(outcome.covered)
        if covered:
            yield Covered(covered)

    def _hit(self, hit: Hit, outcome: Outcome) -> Finding:
        code = codes.REPORTED if hit.report else codes.FAILED
        place = Place(xpath=hit.location, url=hit.document) if hit.document else self._place(hit.location, outcome)
        return Finding(
            code.id,
            place,
            parameters={"rule": hit.rule, "text": self._text(hit.rule)},
            content={"text": hit.text} if hit.text else {},
            rule=hit.rule,
            level=self._weights.level(hit.rule, hit.weights, report=hit.report),
        )

    def _gap(self, gap: Gap, outcome: Outcome) -> Iterator[Finding]:
        for rule in sorted(gap.rules) or [self._path]:
            if self._weights.off(rule):
                continue
            yield Finding(
                codes.NOT_EVALUATED.id,
                self._place(gap.location, outcome) if gap.location else Place(),
                parameters={"rule": rule, "error": gap.code},
                content={"error": gap.description} if gap.description else {},
                rule=rule if gap.rules else None,
                level=self._weights.level(rule, (self._weight(rule),)),
            )

    def _place(self, location: str, outcome: Outcome) -> Place:
        return locate(self._tree, location, outcome.prefixes)

    def _text(self, rule: str) -> str:
        known = validator(self._context.bundle, self._path, self._phase).catalogue.rules.get(rule)
        return "" if known is None else known.text or known.test

    def _weight(self, rule: str) -> str:
        known = validator(self._context.bundle, self._path, self._phase).catalogue.rules.get(rule)
        return "" if known is None else known.weight


def rule_files(options: Mapping[str, Any], context: Context) -> tuple[str, ...]:
    """Artefact paths of the rules that apply to the message of `context`."""
    named = options.get("rules")
    if named is None:
        return context.message.schematron if context.message is not None else ()
    return (named,) if isinstance(named, str) else tuple(named)


def _all_files(step: Step, context: Context) -> Iterable[str]:
    if step.options.get("rules") is not None:
        return rule_files(step.options, context)
    messages = [one for one in context.standard.messages if not step.messages or one.id in step.messages]
    return dict.fromkeys(path for message in messages for path in message.schematron)


def _check_size(payload: Payload, options: Mapping[str, Any]) -> None:
    limit = int(options.get("max_bytes", STREAM_FROM))
    if payload.size >= limit:
        raise CannotJudge(Finding(codes.TOO_LARGE.id, parameters={"size": str(payload.size), "limit": str(limit)}))


def _tree(payload: Payload) -> etree._ElementTree:
    try:
        return document(payload)
    except XmlProblem as problem:
        place = Place(line=problem.line, column=problem.column)
        raise CannotJudge(Finding(codes.UNREADABLE.id, place, parameters={"reason": problem.reason})) from None


def _limited(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings of each rule one by one, the rest of them folded."""
    seen: dict[str | None, int] = {}
    rest = Folder()
    for finding in findings:
        seen[finding.rule] = seen.get(finding.rule, 0) + 1
        if seen[finding.rule] <= EACH:
            yield finding
        else:
            rest.add(finding)
    yield from rest.findings()
