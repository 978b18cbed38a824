"""Whole runs against the OParl miniature: causes, limits, interrupts, evidence, judging again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Cause, Verdict
from schnittstellen.engine.events import Event, Progress, RunFinished
from tests.evil_servers.raw import Talk, raw_server
from tests.miniatures.oparl import App, serving


def events(target: str, **options: Any) -> Iterator[Event]:
    return bootstrap.run_targets(
        (target,), suite="oparl@1.1/server", library=Library((built_in(),)), options=options, with_content=True
    )


def report(target: str, **options: Any) -> Report:
    *_, last = events(target, **options)
    assert isinstance(last, RunFinished)
    return last.report


def codes(seen: Report) -> list[str]:
    return [finding.code for result in seen.results for step in result.steps for finding in step.findings]


def test_a_run_and_the_same_run_from_its_evidence(tmp_path: Path) -> None:
    har = tmp_path / "run.har"
    with serving(lambda base: App(base, "1.1", frozenset({"no-cors", "foreign-next"}))) as app:
        target = f"{app.base}/system"
        live = report(target, har=str(har))
    again = report(target, replay=str(har))
    assert live.verdict is Verdict.FAILED
    assert [(one.name, one.verdict, one.steps) for one in again.results] == [
        (one.name, one.verdict, one.steps) for one in live.results
    ]


def test_progress_is_told() -> None:
    with serving(App) as app:
        told = [one for one in events(f"{app.base}/system") if isinstance(one, Progress)]
    assert told
    assert told[-1].done > 1
    assert told[-1].total == 10_000


def test_a_run_cut_by_its_budget_is_not_green() -> None:
    with serving(App) as app:
        seen = report(f"{app.base}/system", max_requests=25)
    assert seen.verdict is Verdict.NOT_TESTED
    assert "A040" in codes(seen)


@pytest.mark.parametrize(
    ("path", "options", "code", "cause"),
    [
        ("/nirgends", {}, "A023", Cause.CONFIGURATION),
        ("/system", {"server": True}, "A002", Cause.CONFIGURATION),
        ("/system", {"token_env": "NICHT_GESETZT"}, "A022", Cause.CONFIGURATION),
        ("/system", {"har": "/nicht/da/run.har"}, "A044", Cause.CONFIGURATION),
        ("/system", {"replay": "pyproject.toml"}, "A044", Cause.CONFIGURATION),
    ],
)
def test_what_is_not_the_products_fault(path: str, options: dict[str, Any], code: str, cause: Cause) -> None:
    with serving(App) as app:
        seen = report(f"{app.base}{path}", **options)
    assert (seen.verdict, seen.cause, codes(seen)) == (Verdict.NOT_TESTED, cause, [code])


def test_a_dead_host_is_unreachable() -> None:
    with serving(App) as app:
        target = f"{app.base}/system"
    seen = report(target)
    assert (seen.verdict, seen.cause) == (Verdict.NOT_TESTED, Cause.UNREACHABLE)


def test_a_password_in_the_target_gets_into_no_report() -> None:
    seen = report("http://anna:passwort1@127.0.0.1:1/oparl")
    assert "passwort1" not in repr(seen)
    assert codes(seen) == ["A001"]


def test_keys_on_the_command_line_get_into_no_report(tmp_path: Path) -> None:
    har = tmp_path / "run.har"

    def script(talk: Talk) -> None:
        while request := talk.request():
            known = b"key=offen1234" in request.splitlines()[0] and b"Authorization: Token offen5678" in request
            talk.answer(request if known else b"{}", status="200 OK" if known else "401 Unauthorized")

    with raw_server(script) as server:
        target = f"{server.base}/system?x=1&api-key=offen1234"
        seen = report(target, headers=["Authorization: Token offen5678", "Accept-Language: de"], har=str(har))
    told = repr(seen) + har.read_text()
    assert "offen" not in told
    assert seen.targets == (f"{server.base}/system?x=1&api-key=***",)
    assert len(server.requests) > 1
    assert json.loads(har.read_text())["log"]["entries"][0]["response"]["status"] == 200


def test_a_finding_can_be_repeated_with_the_secret_in_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPARL_TOKEN", "ganz-geheim")
    with serving(lambda base: App(base, "1.1", frozenset({"no-cors", "head-refused"}))) as app:
        seen = report(f"{app.base}/system", token_env="OPARL_TOKEN")
    findings = [finding for result in seen.results for step in result.steps for finding in step.findings]
    lines = [finding.parameters["curl"] for finding in findings if "curl" in finding.parameters]
    assert lines
    assert all(""" -H 'Authorization: Bearer '"$OPARL_TOKEN" """ in line for line in lines)
    assert "ganz-geheim" not in repr(seen)


def test_each_of_several_targets_has_its_own_evidence(tmp_path: Path) -> None:
    har = tmp_path / "run.har"
    with serving(App) as app:
        targets = (f"{app.base}/system", f"{app.base}/nirgends")
        list(
            bootstrap.run_targets(
                targets, suite="oparl@1.1/server", library=Library((built_in(),)), options={"har": str(har)}
            )
        )
    assert len(list(tmp_path.glob("run-*.har"))) == 2


def slow_oparl(talk: Talk) -> None:
    """Answers the first request, and hangs ever after."""
    while talk.request():
        if talk.number > 1:
            talk.stopping.wait(20)
        talk.answer(b"{}", "Content-Type: application/json", "Connection: close")
        return


def test_an_interrupt_ends_the_run_with_a_report_and_its_evidence(tmp_path: Path) -> None:
    har = tmp_path / "run.har"
    with raw_server(slow_oparl) as server:
        run = events(f"{server.base}/system", har=str(har))
        for event in run:
            if isinstance(event, Progress) and len(server.requests) > 1:
                break
        asked = len(server.requests)
        rest = [run.throw(KeyboardInterrupt()), *run]  # type: ignore[attr-defined]
        asked_since = len(server.requests) - asked
    assert isinstance(rest[-1], RunFinished)
    seen = rest[-1].report
    assert seen.interrupted
    assert seen.verdict in (Verdict.NOT_TESTED, Verdict.FAILED)
    assert [result for result in seen.results if result.suite == "oparl@1.1/server"]
    assert asked_since <= 1
    assert len(json.loads(har.read_text())["log"]["entries"]) >= 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to a process there")
def test_control_c_on_the_command_line(tmp_path: Path) -> None:
    har, out = tmp_path / "run.har", tmp_path / "report.json"
    command = [sys.executable, "-c", "from schnittstellen.cli.main import main; main()", "test", "oparl@1.1/server"]
    environment = {**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path / "home")}
    with raw_server(slow_oparl) as server:
        command += [f"{server.base}/system", "--evidence", f"har={har}", "--report", f"json={out}"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            until = time.monotonic() + 30
            while len(server.requests) < 2 and time.monotonic() < until:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode in (1, 3)
    assert json.loads(out.read_text())["interrupted"] is True
    assert json.loads(har.read_text())["log"]["entries"]
