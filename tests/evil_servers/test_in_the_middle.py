"""A server that is good until the middle of the run: never green, blamed only for what it can be blamed for."""

from collections.abc import Callable

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Cause, Verdict
from schnittstellen.engine.events import RunFinished
from tests.evil_servers.raw import Talk, raw_server
from tests.evil_servers.scripts import EVIL
from tests.miniatures.oparl import App

NOT_TESTED = (Verdict.NOT_TESTED, Cause.UNREACHABLE)
FAILED = (Verdict.FAILED, Cause.PRODUCT)
EXPECTED = {
    "resets": NOT_TESTED,
    "resets_in_body": NOT_TESTED,
    "promises_more": NOT_TESTED,
    "sends_more_than_promised": NOT_TESTED,
    "chunks_of_garbage": NOT_TESTED,
    "http_0_9": NOT_TESTED,
    "huge_header": NOT_TESTED,
    "gzip_bomb": NOT_TESTED,
    "gzip_breaks_off": NOT_TESTED,
    "redirects_to_itself": FAILED,
    "redirects_into_a_private_network": FAILED,
    "redirects_to_a_file": FAILED,
    "invalid_json": FAILED,
    "invalid_utf8": FAILED,
}


def good_until(path: str, trick: Callable[[Talk], None], apps: list[App]) -> Callable[[Talk], None]:
    """A script that answers like the good miniature, but plays its trick below `path`."""

    def script(talk: Talk) -> None:
        while request := talk.request():
            first, *lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            if path in target:
                trick(talk)
                continue
            reply = apps[0].respond(method, target, dict(line.split(": ", 1) for line in lines))
            head = [f"HTTP/1.1 {reply.status} -", *(f"{name}: {value}" for name, value in reply.headers.items())]
            body = b"" if method == "HEAD" else reply.body
            talk.say("\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode("latin-1") + body)

    return script


def run(trick: str) -> Report:
    apps: list[App] = []
    with raw_server(good_until("/paper", EVIL[trick][0].__wrapped__, apps)) as server:  # type: ignore[attr-defined]
        apps.append(App(f"{server.base}/oparl"))
        *_, last = bootstrap.run_targets(
            [f"{server.base}/oparl/system"],
            suite="oparl@1.1/server",
            library=Library((built_in(),)),
            options={"timeout": 2, "max_bytes": 4_000_000},
        )
    assert isinstance(last, RunFinished)
    return last.report


@pytest.mark.parametrize("trick", EXPECTED)
def test_trouble_in_the_middle_has_its_verdict(trick: str) -> None:
    seen = run(trick)
    assert (seen.verdict, seen.cause) == EXPECTED[trick]
