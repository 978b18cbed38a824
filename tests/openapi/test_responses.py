"""`openapi.responses` and `openapi.probe`: each defect of the miniature is found by its code, the good one is clean."""

import json
from collections.abc import Sequence

import pytest

from schnittstellen.checks.openapi.schemathesis_run import Settings, ToolFailed, cases
from schnittstellen.checks.openapi.survey import Survey
from schnittstellen.checks.openapi_probe import probed
from schnittstellen.domain.finding import Covered, Finding
from schnittstellen.engine.endpoint import Call, Endpoint, Request, Response
from schnittstellen.engine.folding import fold
from schnittstellen.formats.openapi import Document, bundled
from tests.openapi.miniature import DEFECTS, document, serving
from tests.openapi.senders import PlainSender

SEEN_BY_SURVEY = {
    "wrong_name": "A105",
    "wrong_type": "A105",
    "null_value": "A105",
    "missing_required": "A105",
    "naive_date_time": "A105",
    "undocumented_status": "A101",
    "server_error": "A108",
    "wrong_media_type": "A102",
    "no_media_type": "A103",
    "broken_json": "A104",
    "broken_utf8": "A104",
    "missing_header": "A106",
    "dead_item": "A113",
    "other_object": "A115",
    "unknown_found": "A114",
    "page_loop": "A117",
    "duplicate_item": "A119",
    "dead_next": "A118",
    "size_ignored": "A126",
    "no_304": "A116",
    "error_format": "A105",
    "empty_body": "A111",
}
SEEN_BY_PROBE = {"crash_on_bad_input": "A201", "accepts_bad_input": "A202"}


def contract() -> Document:
    return bundled(json.dumps(document()).encode(), "openapi.json", lambda _location, _base: None)


def surveyed(defects: Sequence[str], sender: PlainSender) -> list[Finding]:
    with serving(*defects) as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=sender)
        items = Survey(contract(), endpoint, {}).run()
        return list(fold(item for item in items if isinstance(item, Finding)))


def test_every_defect_has_an_expectation() -> None:
    assert {*SEEN_BY_SURVEY, *SEEN_BY_PROBE} == set(DEFECTS)


def test_the_good_miniature_is_clean_with_few_requests() -> None:
    sender = PlainSender()
    assert surveyed((), sender) == []
    assert len(sender.calls) < 25


@pytest.mark.parametrize(("defect", "code"), SEEN_BY_SURVEY.items())
def test_survey_finds(defect: str, code: str) -> None:
    assert code in {finding.code for finding in surveyed((defect,), PlainSender())}


def test_equal_findings_are_one_with_a_count() -> None:
    (finding,) = surveyed(("wrong_type",), PlainSender())
    assert finding.count > 1
    assert finding.parameters["pointer"] == "/items/*/fee"
    assert "12,50" not in json.dumps(dict(finding.parameters))


def test_what_was_answered_is_covered() -> None:
    with serving() as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=PlainSender())
        covered = [item for item in Survey(contract(), endpoint, {}).run() if isinstance(item, Covered)]
    assert covered == [Covered(frozenset({"listPermits", "getPermit"}))]


def test_a_wrong_base_address_is_not_tested() -> None:
    with serving() as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url + "/nowhere", sender=PlainSender())
        findings = [one for one in Survey(contract(), endpoint, {}).run() if isinstance(one, Finding)]
    assert "A128" in {finding.code for finding in findings}


def test_a_used_up_budget_is_never_silent() -> None:
    findings = surveyed((), PlainSender(most=3))
    assert [finding.code for finding in findings] == ["A122"]


def test_probe_is_clean_on_the_good_miniature_and_reads_only() -> None:
    with serving() as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=PlainSender(), seed=7)
        assert list(probed(contract(), endpoint, {})) == []
        assert {method for method, _ in miniature.seen} == {"GET"}
        assert len(miniature.seen) < 150


@pytest.mark.parametrize(("defect", "code"), SEEN_BY_PROBE.items())
def test_probe_finds(defect: str, code: str) -> None:
    with serving(defect) as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=PlainSender(), seed=7)
        findings = list(probed(contract(), endpoint, {}))
    assert {finding.code for finding in findings} == {code}
    assert all(miniature.url in finding.parameters["curl"] for finding in findings)


def test_without_leave_to_fuzz_only_valid_input_is_sent() -> None:
    with serving("crash_on_bad_input") as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=PlainSender(), may_fuzz=False)
        assert list(probed(contract(), endpoint, {})) == []


def test_probe_says_when_its_budget_was_used_up() -> None:
    with serving() as miniature:
        endpoint = Endpoint(name="miniature", url=miniature.url, sender=PlainSender(most=5))
        assert "A902" in {finding.code for finding in probed(contract(), endpoint, {})}


def test_the_adapter_tells_when_schemathesis_fails() -> None:
    with pytest.raises(ToolFailed):
        list(cases({"not": "openapi"}, "http://127.0.0.1:9", "http://127.0.0.1:9", Settings(1, ("GET",))))


def test_the_contract_with_schemathesis() -> None:
    """What the adapter reads is there: label, mode, scenario, answer, failure codes."""
    with serving("crash_on_bad_input") as miniature:
        seen = list(cases(document(), miniature.url, miniature.url, Settings(seed=7, methods=("GET",))))
    assert {case.label for case in seen} == {"GET /permits", "GET /permits/{permitId}"}
    assert {case.valid for case in seen} == {True, False}
    assert any(case.description for case in seen)
    assert any(code == "ST101" for case in seen for code, _ in case.failures)
    assert all(case.call.response is not None and case.call.request.url.startswith(miniature.url) for case in seen)


@pytest.mark.parametrize(("held", "codes"), [("7", []), ("8", ["A127", "A128"])])
def test_an_example_of_a_path_parameter_leads_to_an_object(held: str, codes: list[str]) -> None:
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}, "example": 7}
    answers = {"200": _JSON | {"description": "gut"}, "404": {"description": "fehlt"}}
    operation = {"operationId": "eines", "parameters": [parameter], "responses": answers}
    content = {"openapi": "3.0.3", "info": {"title": "M", "version": "1"}, "paths": {"/a/{id}": {"get": operation}}}
    described = bundled(json.dumps(content).encode(), "openapi.json", lambda _location, _base: None)
    endpoint = Endpoint(name="muster", url="http://muster.example", sender=_Holding(f"/a/{held}"))
    found = [one for one in Survey(described, endpoint, {}).run() if isinstance(one, Finding)]
    assert [one.code for one in found] == codes


_JSON = {"content": {"application/json": {"schema": {"type": "object", "required": ["id"]}}}}


class _Holding:
    """A sender that knows one path."""

    calls: Sequence[Call] = ()

    def __init__(self, path: str) -> None:
        self._path = path

    def send(self, request: Request) -> Call:
        good = Response(200, (("Content-Type", "application/json"),), b'{"id": 7}', 0)
        return Call(1, request, good if request.url.endswith(self._path) else Response(404, (), b"", 0))
