"""`openapi.probe`: property-based probing with schemathesis, through our own sender, seeded and repeatable."""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.checks.openapi import codes, probe_codes
from schnittstellen.checks.openapi.answers import AnswerJudge, found
from schnittstellen.checks.openapi.schemathesis_run import Case, Settings, ToolFailed, cases
from schnittstellen.checks.openapi.source import document_of
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Note
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.curl import curl_line
from schnittstellen.engine.endpoint import Call, Endpoint
from schnittstellen.engine.folding import VARYING, fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.proxy import BLOCKED, proxied
from schnittstellen.formats.openapi import SAFE_METHODS, Document, Operation

SEEDED = 8
"""Random cases per operation where a seed was named: without any, runs with different seeds ask the same."""


class Probe:
    """Sends what the document allows and what it forbids, and judges the answers.

    Options: `document`, `fuzz` (number of random cases per operation; default: examples and coverage only, and
    `SEEDED` random cases where the run has a seed, so that a test order asks what nobody could prepare), `skip`
    (names of operations), `seconds` (most time for schemathesis, default 300). Only GET unless the user allowed
    writing; only valid input unless the endpoint may be fuzzed.
    """

    name = "openapi.probe"
    codes = probe_codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Probe and yield folded findings, each with the `curl` line of its first case."""
        if not isinstance(seen, Endpoint):
            raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters={"path": seen.name, "reason": "endpoint"}))
        document = document_of(context, options, seen)
        yield Note("seed", str(seen.seed))
        yield from probed(document, seen, options)


def probed(document: Document, endpoint: Endpoint, options: Mapping[str, Any]) -> Iterator[Finding]:
    """The folded findings of one probing."""
    return fold(_Probing(document, endpoint, options).findings(), (*VARYING, "case", "title"))


class _Probing:
    def __init__(self, document: Document, endpoint: Endpoint, options: Mapping[str, Any]) -> None:
        self._document = document
        self._endpoint = endpoint
        self._options = options
        self._judge = AnswerJudge(document)
        skip = options.get("skip", ())
        self._operations = {
            f"{one.method.upper()} {one.path}": one for one in document.operations() if one.name not in skip
        }
        self._cut: Call | None = None

    def findings(self) -> Iterator[Finding]:
        base = self._endpoint.url.rstrip("/")
        try:
            with proxied(self._endpoint.sender, base, "openapi.probe", self._listen) as address:
                for case in cases(self._document.without_dead_references(), address, base, self._settings()):
                    yield from self._case(case)
        except ToolFailed as failure:
            yield Finding(probe_codes.TOOL.id, parameters={"detail": failure.detail})
        if self._cut is not None:
            yield Finding(probe_codes.CUT.id, parameters={"problem": self._cut.problem or ""})

    def _settings(self) -> Settings:
        fuzz = int(self._options.get("fuzz", SEEDED if self._endpoint.seed else 0))
        return Settings(
            seed=self._endpoint.seed,
            methods=self._methods(),
            phases=("examples", "coverage", "fuzzing") if fuzz else ("examples", "coverage"),
            mode="all" if self._endpoint.may_fuzz else "positive",
            examples=max(fuzz, 1),
            seconds=float(self._options.get("seconds", 300)),
        )

    def _methods(self) -> tuple[str, ...]:
        present = {one.method for one in self._operations.values()}
        return tuple(method.upper() for method in sorted(present) if self._endpoint.may_write or method in SAFE_METHODS)

    def _listen(self, call: Call) -> None:
        if call.problem in ("budget", "deadline") and self._cut is None:
            self._cut = call

    def _case(self, case: Case) -> Iterator[Finding]:
        operation = self._operations.get(case.label)
        answer = case.call.response
        if operation is None or answer is None or answer.status in (BLOCKED, 401, 403, 429):
            return
        seen_codes = set()
        for code, title in case.failures:
            if code not in probe_codes.CONTRACT:
                seen_codes.add(code)
                yield self._failure(operation, case, code, title)
        if "ST101" not in seen_codes:
            yield from (self._with_curl(one, case) for one in self._judge.judge(operation, case.call))

    def _failure(self, operation: Operation, case: Case, failure: str, title: str) -> Finding:
        code, level = probe_codes.BY_FAILURE.get(failure, (probe_codes.OTHER, Level.SHOULD))
        if failure == "ST101" and case.valid:
            code = codes.SERVER_ERROR
        if code is probe_codes.REJECTED and answered(case) in (operation.spec.get("responses") or {}):
            level = Level.MAY
        finding = found(
            code.id,
            operation,
            case.call,
            level=level,
            status=answered(case),
            parameter=case.parameter,
            case=case.description,
            title=title,
        )
        return self._with_curl(finding, case)

    def _with_curl(self, finding: Finding, case: Case) -> Finding:
        parameters = {**finding.parameters, "curl": curl_line(case.call.request)}
        return Finding(finding.code, finding.place, parameters, {}, finding.rule, finding.level)


def answered(case: Case) -> str:
    """The status of the answer, as documents write it."""
    return str(case.call.response.status if case.call.response else 0)
