"""The client's side of OParl: the mock plays a whole council, and judges what a client asks."""

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from schnittstellen import bootstrap
from schnittstellen.domain.verdict import Verdict
from schnittstellen.transports.mock.session import MockSession

STANDARDS = ("oparl@1.0", "oparl@1.1")


@pytest.fixture(params=STANDARDS)
def session(request: pytest.FixtureRequest) -> Iterator[MockSession]:
    with bootstrap.mock(request.param) as session:
        yield session


def fetch(url: str, method: str = "GET") -> dict[str, object]:
    with urlopen(Request(url, method=method), timeout=5) as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


def pages(url: str | None) -> Iterator[dict[str, object]]:
    while url:
        page = fetch(url)
        yield from page["data"]  # type: ignore[misc]
        url = page.get("links", {}).get("next")  # type: ignore[attr-defined]


def read_papers(start: str) -> list[str]:
    """What a good client does: from the entry over the bodies to every paper under its own id."""
    bodies = list(pages(str(fetch(start)["body"])))
    papers = [paper for body in bodies for paper in pages(str(body["paper"]))]
    return [str(fetch(str(paper["id"]))["id"]) for paper in papers]


def codes(session: MockSession) -> set[str]:
    report = session.report()
    return {one.code for result in report.results for step in result.steps for one in step.findings}


def test_a_client_that_follows_links_passes(session: MockSession) -> None:
    papers = read_papers(session.url)
    assert len(papers) == len(set(papers)) > 3
    report = session.report()
    assert (report.verdict, codes(session)) == (Verdict.PASSED, set())


def test_filters_are_answered_and_judged(session: MockSession) -> None:
    read_papers(session.url)
    body = next(pages(str(fetch(session.url)["body"])))
    papers = list(pages(str(body["paper"])))
    late = sorted(str(one["modified"]) for one in papers)[-1]
    kept = list(pages(f"{body['paper']}?modified_since={quote(late)}"))
    assert 0 < len(kept) < len(papers)
    assert codes(session) == set()
    with pytest.raises(HTTPError, match="400"):
        fetch(f"{body['paper']}?modified_since=2024-01-01")
    assert codes(session) == {"A523"}


def test_an_invented_address_is_told_and_not_blamed_as_a_must(session: MockSession) -> None:
    read_papers(session.url)
    with pytest.raises(HTTPError, match="404"):
        fetch(session.url + "/papers/4711")
    assert codes(session) == {"A521"}
    assert session.report().verdict is Verdict.PASSED_WITH_WARNINGS


def test_writing_fails(session: MockSession) -> None:
    read_papers(session.url)
    with pytest.raises(HTTPError, match="405"):
        fetch(session.url, method="DELETE")
    assert codes(session) == {"A522"}
    assert session.report().verdict is Verdict.FAILED


def test_a_client_that_stops_early_is_told(session: MockSession) -> None:
    system = fetch(session.url)
    body = next(pages(str(system["body"])))
    fetch(str(body["id"]))
    fetch(str(body["paper"]))
    assert codes(session) == {"A524"}
    assert session.report().verdict is Verdict.PASSED_WITH_WARNINGS


def test_a_client_that_reads_the_entry_only_fails(session: MockSession) -> None:
    fetch(session.url)
    assert codes(session) == {"A525"}


def test_silence_is_not_tested(session: MockSession) -> None:
    assert session.report().verdict is Verdict.NOT_TESTED
