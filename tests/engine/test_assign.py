"""Which suite judges which payload."""

from pathlib import Path

import pytest

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.domain.report import Result
from tests.engine.minis import SUITE, add_standard, add_suite, report_of, run

ROLES = """
[[roles]]
id = "antrag"
sends = ["m"]
[[roles]]
id = "amt"
receives = ["m"]
"""


def test_a_payload_is_recognised_by_its_root_element(tmp_path: Path) -> None:
    add_standard(tmp_path, "eins", element="{urn:eins}m")
    add_suite(tmp_path, "eins")
    add_standard(tmp_path, "zwei", element="{urn:zwei}m")
    add_suite(tmp_path, "zwei")
    result = _judge(tmp_path, '<m xmlns="urn:zwei"/>')
    assert (result.suite, result.message, str(result.verdict)) == ("zwei@1.0/alle", "m", "passed")


def test_nothing_known_is_not_tested_and_names_what_comes_near(tmp_path: Path) -> None:
    add_standard(tmp_path, "eins", element="{urn:eins}m")
    add_suite(tmp_path, "eins")
    result = _judge(tmp_path, '<m xmlns="urn:alt"/>')
    assert (str(result.verdict), _code(result)) == ("not_tested", "M001")
    assert _parameters(result)["candidates"] == "eins@1.0/alle"


def test_several_are_not_tested_and_all_are_named(tmp_path: Path) -> None:
    for id in ("eins", "zwei"):
        add_standard(tmp_path, id)
        add_suite(tmp_path, id)
    result = _judge(tmp_path, "<m/>")
    assert (str(result.verdict), _code(result)) == ("not_tested", "M002")
    assert _parameters(result) == {"candidates": "eins@1.0/alle, zwei@1.0/alle", "first": "eins@1.0/alle"}


def test_a_named_standard_that_does_not_know_the_message_fails_it(tmp_path: Path) -> None:
    add_standard(tmp_path, "eins", element="{urn:eins}m")
    add_suite(tmp_path, "eins")
    result = _judge(tmp_path, '<n xmlns="urn:eins"/>', "eins")
    assert (str(result.verdict), _code(result)) == ("failed", "M003")
    assert _parameters(result) == {"root": "{urn:eins}n", "standard": "eins@1.0", "candidates": "eins@1.0/alle"}
    assert result.suite == "eins@1.0/alle"


def test_an_unknown_name_is_wrong_usage(tmp_path: Path) -> None:
    add_standard(tmp_path)
    add_suite(tmp_path)
    with pytest.raises(NotKnown):
        run(Library((tmp_path,)), tmp_path, suite="nichts")


@pytest.mark.parametrize(
    ("states", "chosen"),
    [
        (["superseded", "in_force"], "2.0"),
        (["in_force", "draft"], "1.0"),
        (["in_force", "in_force"], "2.0"),
        (["withdrawn", "superseded"], "2.0"),
    ],
)
def test_the_newest_version_in_force_is_meant_where_none_is_named(
    tmp_path: Path, states: list[str], chosen: str
) -> None:
    for version, state in zip(("1.0", "2.0"), states, strict=True):
        add_standard(tmp_path, version=version, state=state)
        add_suite(tmp_path, version=version)
    assert _judge(tmp_path, "<m/>", "mini").suite == f"mini@{chosen}/alle"
    assert _judge(tmp_path, "<m/>", "mini@1.0").suite == "mini@1.0/alle"


def test_the_payload_tells_its_version(tmp_path: Path) -> None:
    for version in ("2.9", "2.10"):
        add_standard(tmp_path, version=version, element=f"{{urn:m:{version}}}m")
        add_suite(tmp_path, version=version)
    assert _judge(tmp_path, '<m xmlns="urn:m:2.9"/>', "mini").suite == "mini@2.9/alle"
    assert _judge(tmp_path, '<m xmlns="urn:m:2.10"/>', "mini").suite == "mini@2.10/alle"


def test_without_a_name_two_versions_in_force_are_ambiguous(tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        add_standard(tmp_path, version=version)
        add_suite(tmp_path, version=version)
    assert _code(_judge(tmp_path, "<m/>")) == "M002"


def test_the_role_that_sends_the_message_is_meant(tmp_path: Path) -> None:
    add_standard(tmp_path, more=ROLES)
    for role in ("amt", "antrag"):
        add_suite(tmp_path, role=role)
    assert _judge(tmp_path, "<m/>").suite == "mini@1.0/antrag"
    assert _judge(tmp_path, "<m/>", "mini").suite == "mini@1.0/antrag"


def test_a_role_that_does_not_send_the_message_is_not_tested_by_it(tmp_path: Path) -> None:
    add_standard(tmp_path, more=ROLES)
    for role in ("amt", "antrag"):
        add_suite(tmp_path, role=role)
    result = _judge(tmp_path, "<m/>", "mini/amt")
    assert (str(result.verdict), _code(result)) == ("not_tested", "M005")
    assert _parameters(result)["candidates"] == "mini@1.0/antrag"


def test_roles_whose_suites_ask_the_same_are_no_ambiguity(tmp_path: Path) -> None:
    add_standard(tmp_path)
    for role in ("a", "b"):
        add_suite(tmp_path, role=role)
    assert _judge(tmp_path, "<m/>").suite == "mini@1.0/a"


def test_roles_whose_suites_ask_different_things_are_ambiguous(tmp_path: Path) -> None:
    add_standard(tmp_path)
    add_suite(tmp_path, role="a")
    add_suite(tmp_path, role="b", text=SUITE.replace("mini", "generous"))
    assert _code(_judge(tmp_path, "<m/>")) == "M002"


CONDITIONED = 'id = "m"\nroot = "m"\nmatch = ["/m/@version = \'{version}\'"]'


def _conditioned(tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        add_standard(tmp_path, version=version)
        add_suite(tmp_path, version=version)
        file = tmp_path / "standards" / "mini" / version / "standard.toml"
        text = file.read_text().replace('id = "m"\nroot = "m"', CONDITIONED.format(version=version))
        file.write_text(text)


def test_conditions_choose_among_versions(tmp_path: Path) -> None:
    _conditioned(tmp_path)
    assert _judge(tmp_path, '<m version="1.0"/>').suite == "mini@1.0/alle"
    assert _judge(tmp_path, '<m version="2.0"/>', "mini").suite == "mini@2.0/alle"


def test_conditions_that_are_not_met_fail_a_named_standard(tmp_path: Path) -> None:
    _conditioned(tmp_path)
    result = _judge(tmp_path, '<m version="3.0"/>', "mini@1.0")
    assert (str(result.verdict), _code(result)) == ("failed", "M008")
    assert _code(_judge(tmp_path, '<m version="3.0"/>')) == "M001"


def test_conditions_are_seen_in_broken_and_in_large_payloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _conditioned(tmp_path)
    assert _judge(tmp_path, '<m version="2.0"><x></m>').suite == "mini@2.0/alle"
    monkeypatch.setattr("schnittstellen.engine.ports.STREAM_FROM", 10)
    deep = '<m version="2.0">' + "<a>" * 50 + "</a>" * 50 + "<b/>" * 5000 + "</m>"
    assert _judge(tmp_path, deep).suite == "mini@2.0/alle"


@pytest.mark.parametrize(
    "content", ["", "   \n", "no xml at all", "<", "\x00\x01\x02", "<fremd><a></fremd>", '<!DOCTYPE m SYSTEM "x"><m/>']
)
@pytest.mark.parametrize("suite", [None, "mini"])
def test_what_is_no_xml_can_be_no_message(tmp_path: Path, content: str, suite: str | None) -> None:
    add_standard(tmp_path)
    add_suite(tmp_path)
    result = _judge(tmp_path, content, suite)
    assert (str(result.verdict), str(result.cause)) == ("failed", "product")


def test_a_broken_message_keeps_its_standard(tmp_path: Path) -> None:
    add_standard(tmp_path)
    add_suite(tmp_path)
    assert _judge(tmp_path, "<m> crash </wrong>").suite == "mini@1.0/alle"


def _judge(house: Path, content: str, suite: str | None = None) -> Result:
    (house / "payload.xml").write_text(content)
    result: Result = report_of(run(Library((house,)), house / "payload.xml", suite=suite)).results[0]
    return result


def _code(result: Result) -> str:
    return result.steps[-1].findings[0].code


def _parameters(result: Result) -> dict[str, str]:
    return dict(result.steps[-1].findings[0].parameters)
