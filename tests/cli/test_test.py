"""`test`: verdicts as exit statuses, the suite recognised or named, reports to files and standard output."""

import json
import shutil
from html import unescape
from pathlib import Path

import pytest
from lxml import etree, html

from schnittstellen import bootstrap
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import RunFinished
from schnittstellen.formats.report_json import read_report
from tests.cli.running import BAD, FIXTURES, GOOD, SUITE, run
from tests.cli.test_main import ONLY_ENGLISH, ONLY_GERMAN, mixed
from tests.reports.making import report, result, step


def ending_in(monkeypatch: pytest.MonkeyPatch, shown: Report) -> None:
    monkeypatch.setattr(bootstrap, "run_targets", lambda *_arguments, **_settings: iter([RunFinished(shown)]))


@pytest.mark.parametrize(
    ("verdict", "status", "strict"),
    [
        (Verdict.PASSED, 0, 0),
        (Verdict.PASSED_WITH_WARNINGS, 0, 1),
        (Verdict.FAILED, 1, 1),
        (Verdict.NOT_TESTED, 3, 3),
        (Verdict.ERROR, 3, 3),
        (Verdict.NOT_APPLICABLE, 3, 3),
    ],
)
def test_each_verdict_has_its_exit_status(
    monkeypatch: pytest.MonkeyPatch, verdict: Verdict, status: int, strict: int
) -> None:
    ending_in(monkeypatch, report(result("a.xml", step(verdict))))
    assert run("test", SUITE, GOOD).exit_code == status
    assert run("test", SUITE, GOOD, "--strict").exit_code == strict


def test_good_message_passes_and_broken_one_fails() -> None:
    good, bad = run("test", SUITE, GOOD), run("test", SUITE, BAD)
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert good.stdout.startswith("BESTANDEN\n")
    assert "X102" in bad.stdout


@pytest.mark.parametrize("form", ["text", "html", "junit"])
@pytest.mark.parametrize(("lang", "foreign"), [("de", ONLY_ENGLISH), ("en", ONLY_GERMAN)])
def test_report_is_in_one_language(lang: str, foreign: list[str], form: str) -> None:
    """But for what the standard itself published."""
    text = unescape(run("test", SUITE, FIXTURES, "--lang", lang, "--verbose", "--report", form).stdout)
    published = (FIXTURES.parent / "suite.toml").read_text(encoding="utf-8")
    assert [one for one in mixed(text, foreign) if one not in published] == []


def test_standard_is_recognised_without_a_suite() -> None:
    found = run("test", GOOD, "--report", "json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["results"][0]["suite"] == SUITE


def test_standard_input_is_a_target() -> None:
    assert run("test", SUITE, "-", stdin=GOOD.read_bytes()).exit_code == 0
    assert run("test", "-", stdin=GOOD.read_bytes()).exit_code == 0
    assert run("test", SUITE, "-", stdin=b"").exit_code in (1, 3)


def test_name_of_a_standard_wins_over_a_file_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(GOOD, tmp_path / "xhundesteuer")
    assert run("test", "xhundesteuer").exit_code == 2
    assert run("test", "./xhundesteuer").exit_code == 0
    assert run("test", "xhundesteuer@2.0", "xhundesteuer").exit_code == 0
    assert run("test", "--suite", SUITE, "xhundesteuer").exit_code == 0


def test_folder_called_like_a_standard_with_a_slash_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xhundesteuer").mkdir()
    shutil.copy(GOOD, tmp_path / "xhundesteuer" / "a.xml")
    assert run("test", "xhundesteuer/a.xml").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (["xhundesteuer@9.9", "x.xml"], "F001", "xhundesteuer@"),
        (["xhundsteuer", "x.xml"], "F007", "xhundesteuer@"),
        (["en16391", "x.xml"], "F007", "en16931@"),
        (["--suite", "xhundsteuer", "x.xml"], "F001", "xhundesteuer@"),
    ],
    ids=str,
)
def test_slip_of_the_pen_is_answered_with_near_names(arguments: list[str], code: str, near: str) -> None:
    told = run("test", *arguments)
    assert told.exit_code == 2
    assert f"Fehler {code}" in told.stderr
    assert near in told.stderr


def test_several_reports_to_files_and_text_to_standard_output(tmp_path: Path) -> None:
    files = {name: tmp_path / f"r.{name}" for name in ("json", "html", "junit", "text")}
    told = run("test", SUITE, BAD, *(f"--report={name}={file}" for name, file in files.items()))
    assert told.exit_code == 1
    assert told.stdout.startswith("NICHT BESTANDEN")
    assert read_report(files["json"].read_text(encoding="utf-8")).verdict is Verdict.FAILED
    assert etree.parse(files["junit"]).getroot().tag == "testsuites"
    assert html.parse(files["html"]).getroot().get("lang") == "de"
    assert files["text"].read_text(encoding="utf-8") == told.stdout
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize(
    "options",
    [["--report", "json={}"], ["--report", "json", "--output", "{}"], ["-r", "json", "-o", "{}"], ["--output", "{}"]],
    ids=" ".join,
)
def test_variants_of_naming_a_file(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "a,b.json"
    told = run("test", SUITE, GOOD, *(option.format(file) for option in options))
    assert told.exit_code == 0
    assert told.stdout.startswith("BESTANDEN")
    assert read_report(file.read_text(encoding="utf-8")).verdict is Verdict.PASSED


def test_report_on_standard_output_stands_alone() -> None:
    told = run("test", SUITE, BAD, "--report", "json")
    assert read_report(told.stdout).verdict is Verdict.FAILED
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--report", "json,html"], "F010"),
        (["--report", "pdf"], "F009"),
        (["--output", "bericht.pdf"], "F009"),
        (["--report", "json=/nonexistent/r.json"], "F008"),
        (["--report", "json=/"], "F008"),
        (["--report", "json=a.json", "--output", "b.json"], "F010"),
        (["--evidence", "pcap=x"], "F009"),
    ],
    ids=str,
)
def test_reports_that_cannot_be_written_are_refused_before_the_run(
    monkeypatch: pytest.MonkeyPatch, options: list[str], code: str
) -> None:
    monkeypatch.delattr(bootstrap, "run_targets")
    told = run("test", SUITE, GOOD, *options)
    assert told.exit_code == 2
    assert f"Fehler {code}" in told.stderr


def test_one_report_that_fails_keeps_none_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setitem(bootstrap.reports()._made, "html", fail)  # type: ignore[attr-defined]
    told = run("test", SUITE, GOOD, f"--report=html={tmp_path / 'r.html'}", f"--report=json={tmp_path / 'r.json'}")
    assert told.exit_code == 2
    assert "kein Platz auf dem Datenträger" in told.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["r.json"]


def test_two_runs_give_the_same_bytes_but_for_the_timing(tmp_path: Path) -> None:
    shown = [json.loads(run("test", SUITE, FIXTURES, "--report", "json").stdout) for _ in range(2)]
    for one in shown:
        del one["timing"]
    assert shown[0] == shown[1]
    assert len({run("test", SUITE, FIXTURES).stdout for _ in range(2)}) == 1


def test_content_is_in_no_report_unless_asked_for(tmp_path: Path) -> None:
    message = tmp_path / "a.xml"
    message.write_text(GOOD.read_text(encoding="utf-8").replace("<", "<", 1), encoding="utf-8")
    secret = "GEHEIMNIS-4711"
    tree = etree.parse(message)
    for element in tree.iter():
        if isinstance(element.tag, str) and len(element) == 0 and element.text:
            element.text = secret
    tree.write(message)
    names = ("json", "html", "junit", "text")
    run("test", SUITE, message, "-v", *(f"--report={name}={tmp_path / name}" for name in names))
    for name in names:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert len(text) > 100
        assert secret not in text


def test_quiet_and_verbose() -> None:
    assert run("test", SUITE, GOOD, "--quiet").stdout.splitlines()[0] == "BESTANDEN"
    assert len(run("test", SUITE, GOOD, "--quiet").stdout.splitlines()) == 2
    verbose = run("test", SUITE, GOOD, "--verbose").stdout
    assert "libxml2" in verbose
    assert "nicht geprüft:" in verbose


def test_options_reach_the_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def spy(targets: tuple[str, ...], **settings: object) -> object:
        seen.update(settings, targets=targets)
        return iter([RunFinished(report())])

    monkeypatch.setattr(bootstrap, "run_targets", spy)
    run(
        "test", "oparl@1.1/server", "https://ris.example.de/", "--allow-write", "--header", "Accept-Language: de",
        "--token-env", "TOKEN", "--max-requests", "5", "--seed", "0", "--origin", "https://b.example.de",
        "--evidence", "har=x.har", "--jobs", "3", "--with-content",
    )  # fmt: skip
    options = seen["options"]
    assert isinstance(options, dict)
    wanted = {
        "allow_write": True,
        "headers": ("Accept-Language: de",),
        "token_env": "TOKEN",
        "max_requests": 5,
        "seed": 0,
        "origins": ("https://b.example.de",),
        "har": "x.har",
    }
    assert {name: options.get(name) for name in wanted} == wanted
    assert (seen["suite"], seen["targets"], seen["jobs"]) == ("oparl@1.1/server", ("https://ris.example.de/",), 3)
    assert seen["with_content"] is True
