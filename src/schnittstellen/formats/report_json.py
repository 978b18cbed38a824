"""domain.report <-> JSON, schema `schnittstellen.report/1`.

Everything but `timing` is the same bytes for the same input. Each result stands on a line of its own.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO, TypeVar

import jsonschema_rs

from schnittstellen.domain.errors import NO_REPORT, SchnittstellenError
from schnittstellen.domain.finding import NOWHERE, Finding, Place
from schnittstellen.domain.report import Pin, Report, RequirementResult, Result, StepResult, SuiteUse
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Cause, Level, Verdict
from schnittstellen.formats.written import validator

T = TypeVar("T")
SCHEMA = "schnittstellen.report/1"
NOT_JSON = N_("kein gültiges JSON")
NOT_OF_SCHEMA = N_("weicht bei {place} vom Schema der Berichte ab")
CONTRADICTS = N_("widerspricht sich selbst")
_PLACE = ("line", "column", "xpath", "pointer", "url")


class CoveredSets:
    """Sets of covered rules, each kept once: thousands of payloads share a few."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}

    def number(self, rules: frozenset[str]) -> int:
        """Position of `rules` in the list."""
        return self._numbers.setdefault(rules, len(self._numbers))

    def written(self) -> list[list[str]]:
        """All sets, in the order in which they were first seen."""
        return [sorted(rules) for rules in self._numbers]


def write_report(report: Report, stream: TextIO, *, with_content: bool = False) -> None:
    """Write `report`; message content only `with_content`.

    `stream` must escape lone surrogates (from file names) with "backslashreplace", which is JSON's own escape for them.
    """
    stream.write(f'{{\n"schema": {_json(SCHEMA)}')
    for name, value in _head(report).items():
        stream.write(f',\n"{name}": {_json(value)}')
    covered = CoveredSets()
    _write_list(stream, "suites", (_suite(suite) for suite in report.suites))
    _write_list(stream, "results", (_result(result, covered, with_content) for result in report.results))
    _write_list(stream, "covered", iter(covered.written()))
    stream.write(f',\n"timing": {_json(_timing(report))}\n}}\n')


def read_report(text: str, name: str = "-") -> Report:
    """The report that was written as `text`; `name` says where. Raises `SchnittstellenError` where it is none."""
    try:
        written = json.loads(text)
        validator(SCHEMA).validate(_encodable(written))
        return _read(written)
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path)) or "."
        raise SchnittstellenError(NO_REPORT, file=name, reason=Line(NOT_OF_SCHEMA, place=place)) from None
    except (json.JSONDecodeError, RecursionError):
        raise SchnittstellenError(NO_REPORT, file=name, reason=NOT_JSON) from None
    except (ValueError, IndexError):
        raise SchnittstellenError(NO_REPORT, file=name, reason=CONTRADICTS) from None


def _encodable(value: Any) -> Any:
    """`value` without lone surrogates, which the validator of schemas cannot take."""
    if isinstance(value, dict):
        return {name: _encodable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _write_list(stream: TextIO, name: str, items: Iterator[Any]) -> None:
    stream.write(f',\n"{name}": [')
    for position, item in enumerate(items):
        stream.write(f"{',' if position else ''}\n{_json(item)}")
    stream.write("\n]")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _head(report: Report) -> dict[str, Any]:
    return {
        "verdict": report.verdict,
        "cause": report.cause,
        "interrupted": report.interrupted,
        "targets": list(report.targets),
        "tool": _sorted(report.tool),
        "notes": _sorted(report.notes),
    }


def _timing(report: Report) -> dict[str, Any]:
    return {
        "started": report.started,
        "seconds": report.seconds,
        "results": [result.seconds for result in report.results],
    }


def _suite(suite: SuiteUse) -> dict[str, Any]:
    return {
        "name": suite.name,
        "edition": suite.edition,
        "sha256": suite.sha256,
        "ceiling": suite.ceiling,
        "pins": [_pin(pin) for pin in suite.pins],
        "requirements": [_requirement(one) for one in suite.requirements],
    }


def _pin(pin: Pin) -> dict[str, Any]:
    return {"path": pin.path, "sha256": pin.sha256} | _filled(package=pin.package, version=pin.package_version)


def _requirement(one: RequirementResult) -> dict[str, Any]:
    return {"id": one.id, "verdict": one.verdict} | _filled(
        text=one.text, reference=one.reference, reason=one.reason, tested=one.tested, broken=one.broken
    )


def _result(result: Result, covered: CoveredSets, with_content: bool) -> dict[str, Any]:
    return {
        "name": result.name,
        "suite": result.suite,
        "message": result.message,
        "verdict": result.verdict,
        "cause": result.cause,
        "sha256": result.sha256,
        "size": result.size,
        "steps": [_step(step, covered, with_content) for step in result.steps],
    }


def _step(step: StepResult, covered: CoveredSets, with_content: bool) -> dict[str, Any]:
    fixed = {"step": step.step, "check": step.check, "level": step.level, "verdict": step.verdict}
    pairs = zip(step.findings, step.verdicts, strict=True)
    return fixed | _filled(
        cause=step.cause,
        findings=[_finding(finding, verdict, with_content) for finding, verdict in pairs],
        notes=_sorted(step.notes),
        covered=None if step.covered is None else covered.number(step.covered),
    )


def _finding(finding: Finding, verdict: Verdict, with_content: bool) -> dict[str, Any]:
    return {"code": finding.code, "verdict": verdict} | _filled(
        rule=finding.rule,
        level=finding.level,
        place=_place(finding.place),
        parameters=_sorted(finding.parameters),
        content=_sorted(finding.content) if with_content else None,
        count=finding.count if finding.count != 1 else None,
        examples=[_place(place) for place in finding.examples],
    )


def _place(place: Place) -> dict[str, Any]:
    values = {name: getattr(place, name) for name in _PLACE}
    return {name: value for name, value in values.items() if value is not None}


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something; zero does, where it is a position."""
    keep_zero = ("covered",)
    return {name: value for name, value in fields.items() if value or (name in keep_zero and value is not None)}


def _sorted(mapping: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(mapping.items()))


def _read(written: Mapping[str, Any]) -> Report:
    timing = written["timing"]
    covered = [frozenset(rules) for rules in written["covered"]]
    pairs = zip(written["results"], timing["results"], strict=True)
    return Report(
        targets=tuple(written["targets"]),
        verdict=Verdict(written["verdict"]),
        cause=_or_none(Cause, written["cause"]),
        suites=tuple(_read_suite(suite) for suite in written["suites"]),
        results=tuple(_read_result(result, seconds, covered) for result, seconds in pairs),
        tool=written["tool"],
        started=timing["started"],
        seconds=timing["seconds"],
        interrupted=written["interrupted"],
        notes=written["notes"],
    )


def _read_suite(written: Mapping[str, Any]) -> SuiteUse:
    pins = (Pin(one["path"], one["sha256"], one.get("package"), one.get("version")) for one in written["pins"])
    requirements = (RequirementResult(**{**one, "verdict": Verdict(one["verdict"])}) for one in written["requirements"])
    fixed = (written["name"], written["edition"], written["sha256"])
    return SuiteUse(*fixed, tuple(pins), tuple(requirements), written["ceiling"])


def _read_result(written: Mapping[str, Any], seconds: float, covered: list[frozenset[str]]) -> Result:
    return Result(
        name=written["name"],
        suite=written["suite"],
        verdict=Verdict(written["verdict"]),
        cause=_or_none(Cause, written["cause"]),
        steps=tuple(_read_step(step, covered) for step in written["steps"]),
        message=written["message"],
        sha256=written["sha256"],
        size=written["size"],
        seconds=seconds,
    )


def _read_step(written: Mapping[str, Any], covered: list[frozenset[str]]) -> StepResult:
    findings = written.get("findings", [])
    return StepResult(
        step=written["step"],
        check=written["check"],
        level=Level(written["level"]),
        verdict=Verdict(written["verdict"]),
        cause=_or_none(Cause, written.get("cause")),
        findings=tuple(_read_finding(one) for one in findings),
        verdicts=tuple(Verdict(one["verdict"]) for one in findings),
        notes=written.get("notes", {}),
        covered=covered[written["covered"]] if "covered" in written else None,
    )


def _read_finding(written: Mapping[str, Any]) -> Finding:
    return Finding(
        code=written["code"],
        place=Place(**written["place"]) if "place" in written else NOWHERE,
        parameters=written.get("parameters", {}),
        content=written.get("content", {}),
        rule=written.get("rule"),
        level=_or_none(Level, written.get("level")),
        count=written.get("count", 1),
        examples=tuple(Place(**place) for place in written.get("examples", ())),
    )


def _or_none(kind: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else kind(value)
