"""Commands that show what is known: for people and as JSON."""

import json
from pathlib import Path

import pytest

from schnittstellen import bootstrap
from tests.artefacts.releases import rules, schema, write
from tests.cli.running import SUITE, run

LISTS = [["standards", "list"], ["suites", "list"], ["codes"], ["standards", "show", "xhundesteuer"]]
LISTS += [["suites", "show", SUITE], ["explain", "X102"], ["explain", "XHS-N-02"]]


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_json_is_json_and_people_get_lines(arguments: list[str]) -> None:
    assert json.loads(run(*arguments, "--json").stdout)
    told = run(*arguments)
    assert told.exit_code == 0
    assert max(map(len, told.stdout.splitlines())) <= 100
    assert told.stderr == ""


def test_all_standards_and_suites_are_listed() -> None:
    library = bootstrap.library()
    listed = {one["name"] for one in json.loads(run("standards", "list", "--json").stdout)}
    assert {one.name for one in library.standards()} >= listed >= {"xhundesteuer@2.0", "en16931@1.3.16"}
    assert SUITE in run("suites", "list").stdout


def test_standard_is_shown_with_messages_files_and_digests() -> None:
    text = run("standards", "show", "xhundesteuer@2.0").stdout
    standard = bootstrap.library().standard("xhundesteuer@2.0")
    for message in standard.messages:
        assert message.id in text
    for artefact in standard.artefacts:
        assert artefact.sha256[:12] in text
    assert SUITE in text


def test_suite_is_shown_with_its_steps() -> None:
    text = run("suites", "show", SUITE).stdout
    for part in ("xml.schema", "codeliste", "verbindlich", "XHS-N-02"):
        assert part in text


@pytest.mark.parametrize("id", sorted(bootstrap.codes()))
def test_every_code_is_explained_in_full(id: str) -> None:
    text = run("explain", id.lower()).stdout
    assert text.startswith(id)
    for part in ("Meldung:", "Bedeutung:", "Warum es zählt:", "Abhilfe:", "Art:", "Ursache:"):
        assert part in text


def test_rule_of_a_schematron_is_explained() -> None:
    text = run("explain", "br-02").stdout
    assert "BR-02  en16931@1.3.16" in text
    assert "Invoice number" in text


def test_unknown_code_is_answered_with_near_ones() -> None:
    told = run("explain", "X1022")
    assert told.exit_code == 2
    assert "X102" in told.stderr


def test_suite_that_proves_itself() -> None:
    told = run("suites", "prove", SUITE)
    assert told.exit_code == 0, told.output
    assert f"{SUITE}: bewiesen" in told.stdout
    (proof,) = json.loads(run("suites", "prove", SUITE, "--json").stdout)
    assert proof["flaws"] == []


def test_notices_of_one_kind_are_told_in_short_and_one_by_one_on_request(tmp_path: Path) -> None:
    files = {"a.xsd": schema('<xs:element name="wurzel" type="xs:string"/>')}
    files |= {f"fremd/{number}.sch": rules(f"urn:muster:fremd:{number}") for number in range(9)}
    source, into = write(tmp_path / "q", files), tmp_path / "lib"
    short, long = (
        run("standards", "add", source, "--into", into, *more).stdout for more in ((), ("--replace", "--verbose"))
    )
    assert (short.count("fremd/"), "6 weitere dieser Art" in short) == (3, True)
    assert (long.count("fremd/"), "weitere dieser Art" in long) == (9, False)
