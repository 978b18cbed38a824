"""The client's side of OParl: the mock plays a whole council, and judges what a client asks."""

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from schnittstellen import bootstrap
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.prove import prove
from schnittstellen.transports.mock.session import MockSession, Wanted
from tests.miniatures.council_client import FAULTS, SINCE, CouncilClient
from tests.oparl.record_clients import SESSIONS, VERSIONS, folder, session
from tests.oparl.running import judge, library

STANDARDS = tuple(f"oparl@{version}" for version in VERSIONS)
KNOWN: dict[str, tuple[str, str | None, Verdict]] = {
    "sorts-parameters": ("A526", "OPARL-URL-07", Verdict.PASSED_WITH_WARNINGS),
    "builds-pages": ("A521", "OPARL-URL-08", Verdict.PASSED_WITH_WARNINGS),
    "only-yaml": ("A532", "OPARL-JSON-04", Verdict.PASSED_WITH_WARNINGS),
    "first-page-only": ("A524", "OPARL-LIST-07", Verdict.PASSED_WITH_WARNINGS),
    "relies-on-limit": ("A531", "OPARL-FILTER-06", Verdict.PASSED_WITH_WARNINGS),
    "local-time": ("A523", "OPARL-FILTER-07", Verdict.FAILED),
    "raw-colon": ("A530", "OPARL-FILTER-07", Verdict.PASSED_WITH_WARNINGS),
    "filter-on-page": ("A529", "OPARL-FILTER-08", Verdict.FAILED),
    "drops-extensions": ("A527", "OPARL-OBJ-11", Verdict.FAILED),
    "drops-deleted": ("A527", "OPARL-DEL-06", Verdict.PASSED_WITH_WARNINGS),
    "gives-up": ("A528", "OPARL-ERR-04", Verdict.NOT_TESTED),
    "never-updates": ("A533", "OPARL-DEL-06", Verdict.PASSED),
    "writes": ("A522", None, Verdict.FAILED),
    "entry-only": ("A533", "OPARL-OBJ-11", Verdict.NOT_TESTED),
}


@pytest.fixture(params=STANDARDS)
def running(request: pytest.FixtureRequest) -> Iterator[MockSession]:
    with bootstrap.mock(request.param) as session:
        yield session


def fetch(url: str, method: str = "GET") -> dict[str, object]:
    with urlopen(Request(url, method=method), timeout=5) as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


def found(session: MockSession) -> set[tuple[str, str | None]]:
    steps = (step for result in session.report().results for step in result.steps)
    return {(one.code, one.rule) for step in steps for one in step.findings}


# --- the suites prove themselves


@pytest.mark.parametrize("version", VERSIONS)
def test_the_suite_proves_itself(version: str) -> None:
    (suite,) = library().suites_named(f"oparl@{version}/client")
    proof = prove(suite, library(), judge(), bootstrap.codes())
    assert [(one.text, dict(one.parameters)) for one in proof.flaws] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", SESSIONS)
def test_recordings_are_those_of_the_miniatures(version: str, name: str) -> None:
    written = (folder(version) / f"{name}.heard.json").read_text(encoding="utf-8")
    assert written == session(version, SESSIONS[name]), "run: python -m tests.oparl.record_clients"


@pytest.mark.parametrize("version", VERSIONS)
def test_each_requirement_of_clients_has_a_step_and_a_client_that_breaks_it(version: str) -> None:
    bound = library().standard(f"oparl@{version}").requirements.values()
    visible = {one.id for one in bound if one.binds == ("client",) and one.not_tested is None}
    (suite,) = library().suites_named(f"oparl@{version}/client")
    assert visible == {rule for step in suite.steps for rule in step.requirements}
    assert visible <= {rule for _code, rule, _verdict in KNOWN.values()}
    assert KNOWN.keys() == set(FAULTS)


def test_a_good_client_passes_and_shows_every_requirement(running: MockSession) -> None:
    CouncilClient().run(running.url)
    report = running.report()
    shown = {one.id: one.verdict for suite in report.suites for one in suite.requirements if one.tested}
    assert (report.verdict, found(running), len(shown)) == (Verdict.PASSED, set(), 10)
    assert set(shown.values()) == {Verdict.PASSED}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_with_its_requirement(running: MockSession, fault: str) -> None:
    CouncilClient(fault).run(running.url)
    code, rule, verdict = KNOWN[fault]
    assert (code, rule) in found(running)
    assert running.report().verdict is verdict


def test_what_did_not_come_up_is_listed_as_not_tested(running: MockSession) -> None:
    CouncilClient("never-updates").run(running.url)
    (suite,) = running.report().suites
    of = {one.id: one.verdict for one in suite.requirements}
    missing = {"OPARL-DEL-06", "OPARL-FILTER-07", "OPARL-FILTER-08"}
    assert {of[rule] for rule in missing} == {Verdict.NOT_TESTED}
    assert of["OPARL-LIST-07"] is Verdict.PASSED


def test_silence_is_not_tested(running: MockSession) -> None:
    assert running.report().verdict is Verdict.NOT_TESTED


def test_where_the_session_ends_at_an_extension_nothing_is_known(running: MockSession) -> None:
    """The client may have stumbled, or somebody may have ended it."""
    client = CouncilClient()
    body = next(client.pages(client.fetch(running.url)["body"]))
    client.fetch(client.fetch(str(body["paper"]))["links"]["next"])
    assert ("A528", "OPARL-OBJ-11") in found(running)
    assert running.report().verdict is Verdict.NOT_TESTED


# --- the world that it plays


def test_the_first_list_is_refused_once_without_an_error_object(running: MockSession) -> None:
    bodies = str(fetch(running.url)["body"])
    with pytest.raises(HTTPError, match="503") as caught:
        fetch(bodies)
    assert caught.value.headers["Content-Type"] == "text/html"
    assert fetch(bodies)["data"]


def test_filters_are_answered_and_deleted_objects_come_with_modified_since(running: MockSession) -> None:
    client = CouncilClient()
    body = next(client.pages(client.fetch(running.url)["body"]))
    papers = [*client.pages(body["paper"])]
    late = sorted(str(one["modified"]) for one in papers)[-1]
    kept = [*client.pages(f"{body['paper']}?modified_since={quote(late, safe='')}")]
    assert 0 < len(kept) < len(papers)
    assert not any(one.get("deleted") for one in papers)
    assert any(one.get("deleted") for one in client.pages(f"{body['paper']}?modified_since={quote(SINCE, safe='')}"))
    with pytest.raises(HTTPError, match="400"):
        fetch(f"{body['paper']}?modified_since=2024-01-01")


def test_addresses_of_pages_cannot_be_guessed_and_keep_the_filter(running: MockSession) -> None:
    client = CouncilClient()
    body = next(client.pages(client.fetch(running.url)["body"]))
    page = client.fetch(f"{body['paper']}?modified_since={quote(SINCE, safe='')}&limit=100")["links"]["next"]
    assert f"modified_since={quote(SINCE, safe='')}" in page
    for guess in (f"{body['paper']}?page=2", f"{body['paper']}?ab=1", page.replace("ab=1", "ab=2")):
        with pytest.raises(HTTPError, match="404"):
            fetch(guess)


def test_an_object_is_the_same_under_its_own_address(running: MockSession) -> None:
    client = CouncilClient()
    body = next(client.pages(client.fetch(running.url)["body"]))
    papers = [*client.pages(body["paper"])]
    assert [client.fetch(one["id"]) for one in papers] == papers
    assert sum(any(":" in name for name in one) for one in papers) == 1


OURS = {"A393", "A392", "A318", "A301"}
"""Of files the mock sends the contents only, and its errors come without an object; the suite for servers says so."""


@pytest.mark.parametrize("version", VERSIONS)
def test_the_suite_for_servers_finds_nothing_in_what_clients_are_shown(version: str) -> None:
    """So no client is blamed for a fault of ours. The first list is asked for before, because it is refused once."""
    with bootstrap.mock(f"oparl@{version}", Wanted(seed=5)) as running:
        client = CouncilClient()
        client.fetch(client.fetch(running.url)["body"])
        *_, last = bootstrap.run_targets([running.url], suite=f"oparl@{version}/server", jobs=1)
    assert isinstance(last, RunFinished)
    steps = (step for result in last.report.results for step in result.steps)
    assert {one.code for step in steps for one in step.findings} <= OURS
