"""Every finding code of the check, once where it must come and once where it must not."""

from pathlib import Path

import pytest

from schnittstellen.checks.codeliste import Codeliste
from schnittstellen.domain.finding import Covered
from schnittstellen.domain.verdict import Kind, Level
from tests.codeliste.making import LIST, OPEN, STRICT, Mini, genericode, on, rasse, schema

V1 = genericode("1", [("101", "Mischling"), ("105", "Alter Schlag", "", "2024-12-31"), ("131", "Neu", "2027-01-01")])
V2 = genericode("2", [("101", "Mischling"), ("108", "Mops"), ("131", "Neu", "2026-01-01")])
TODAY = on("2026-03-10")


@pytest.fixture
def mini(tmp_path: Path) -> Mini:
    return Mini(tmp_path, [V1, V2])


def test_a_code_of_the_declared_version_passes(mini: Mini) -> None:
    assert mini.codes(TODAY + rasse("101") + rasse("108", "2")) == []


def test_white_space_around_a_code_does_not_matter(mini: Mini) -> None:
    assert mini.codes(TODAY + rasse("\n 101 ")) == []


@pytest.mark.parametrize("large", [False, True])
def test_comments_and_instructions_hide_no_code(mini: Mini, large: bool) -> None:
    assert mini.codes(TODAY + rasse("1<!-- x -->01<?y z?>"), large=large) == []
    assert mini.codes(TODAY + rasse("1<!-- x -->09"), large=large) == ["C101"]


def test_a_message_longer_than_a_block_is_streamed_whole(mini: Mini) -> None:
    body = TODAY + rasse("101") * 3000 + rasse("108") + "<m:x/>" * 20_000
    (found,) = mini.findings(body, large=True)
    assert (found.code, found.place.xpath) == (
        "C102",
        "/*[local-name()='nachricht' and namespace-uri()='m'][1]/*[local-name()='rasse' and namespace-uri()='m'][3001]",
    )


def test_unknown_code_keeps_its_value_out_of_the_parameters(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("Erika"))
    assert (found.code, found.content) == ("C101", {"value": "Erika"})
    assert "Erika" not in "".join(found.parameters.values())
    assert found.place.xpath is not None
    assert found.place.xpath.endswith("rasse")
    assert found.place.line == 1


def test_an_empty_code_is_unknown(mini: Mini) -> None:
    assert mini.codes(TODAY + rasse("")) == ["C101"]


def test_code_of_another_version_names_it(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("108"))
    assert found.code == "C102"
    assert (found.parameters["version"], found.parameters["versions"]) == ("1", "2")


def test_future_code_names_the_version_in_which_it_holds(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("131"))
    assert found.code == "C103"
    assert (found.parameters["start"], found.parameters["versions"]) == ("2027-01-01", "2")


def test_retired_code(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("105"))
    assert found.code == "C104"
    assert (found.parameters["end"], found.parameters["versions"]) == ("2024-12-31", "-")
    assert mini.codes(on("2024-12-31") + rasse("105")) == []


def test_unknown_list_is_untested_and_only_a_warning(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("1", "7", "urn:muster:codeliste:anders"))
    assert (found.code, found.level) == ("C105", Level.SHOULD)


def test_unknown_version_names_the_known_ones(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("101", "9"))
    assert (found.code, found.level, found.parameters["versions"]) == ("C106", None, "1, 2")


def test_missing_list_or_version_is_a_departure_where_the_schema_demands_it(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], STRICT)
    assert mini.codes(TODAY + rasse("101", "1", None)) == ["C107"]
    assert mini.codes(TODAY + rasse("101", None)) == ["C108"]
    assert mini.codes(TODAY + rasse("101")) == []


@pytest.mark.parametrize("element", [rasse("101", "", ""), rasse("101", None, None), rasse("101", "", LIST)])
def test_a_code_that_names_nothing_is_untested(mini: Mini, element: str) -> None:
    (found,) = mini.findings(TODAY + element)
    assert (found.code, found.level) == ("C109", Level.SHOULD)


def test_without_a_version_all_known_versions_must_agree(mini: Mini) -> None:
    assert mini.codes(TODAY + rasse("101", None)) == []
    assert mini.codes(TODAY + rasse("999", None)) == ["C101"]
    assert mini.codes(TODAY + rasse("108", None)) == ["C109"]


def test_without_a_day_only_codes_with_days_are_untested(mini: Mini) -> None:
    assert mini.codes(rasse("101")) == []
    assert mini.codes(rasse("105")) == ["C110"]


def test_a_broken_list_is_untested(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1.replace("<SimpleCodeList>", "<Other>").replace("</SimpleCodeList>", "</Other>")])
    (found,) = mini.findings(TODAY + rasse("101"))
    assert (found.code, found.parameters["reason"]) == ("C111", "no_rows")


def test_a_list_that_was_changed_is_untested(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1])
    (tmp_path / "liste0.xml").write_text(V1.replace("101", "102"), encoding="utf-8")
    (found,) = mini.findings(TODAY + rasse("101"))
    assert (found.code, found.parameters["reason"]) == ("C111", "changed")


def test_a_version_out_of_force_is_a_warning(tmp_path: Path) -> None:
    dated = genericode("1", [("101", "M")], annotation="<validUntil>2025-12-31</validUntil>")
    mini = Mini(tmp_path, [dated])
    (found,) = mini.findings(TODAY + rasse("101"))
    assert (found.code, found.level) == ("C112", Level.SHOULD)
    assert mini.codes(on("2025-12-31") + rasse("101")) == []


@pytest.mark.parametrize(
    "options",
    [
        {"date": ["//["]},
        {"date": ["//p:x"]},
        {"places": [{"path": "p:x", "list": LIST}]},
        {"places": [{"path": "@x", "list": LIST}]},
        {"places": [{"path": "x"}]},
    ],
)
def test_an_option_that_makes_no_sense_is_the_suites_fault(mini: Mini, options: dict[str, object]) -> None:
    assert mini.codes(TODAY + rasse("101"), options) == ["C113"]


@pytest.mark.parametrize("data", [b"", b"<a>", b"<!DOCTYPE a []><a/>", b"\x1f\x8b\x08\x00"])
@pytest.mark.parametrize("large", [False, True])
def test_what_cannot_be_read_cannot_be_judged(mini: Mini, data: bytes, large: bool) -> None:
    assert [getattr(one, "code", None) for one in mini.of(data, large=large)] == ["C114"]


def test_a_missing_schema_keeps_codes_from_being_judged(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1])
    (tmp_path / "m.xsd").unlink()
    assert mini.codes(TODAY + rasse("101")) == ["C115"]


def test_a_message_without_codes_is_no_pass(mini: Mini) -> None:
    assert mini.codes(TODAY) == ["C116"]


def test_equal_problems_are_one_finding_with_three_places(mini: Mini) -> None:
    (found,) = mini.findings(TODAY + rasse("108") * 5)
    assert (found.code, found.count, len(found.examples)) == ("C102", 5, 3)


def test_the_lists_that_were_used_are_told(mini: Mini) -> None:
    covered = [one.rules for one in mini.items(TODAY + rasse("101") + rasse("x", "9")) if isinstance(one, Covered)]
    assert covered == [frozenset({f"{LIST}_1"})]


def test_xsi_nil_holds_no_code(mini: Mini) -> None:
    assert mini.codes(TODAY + f'<m:rasse xsi:nil="true" listURI="{LIST}" listVersionID="1"><code/></m:rasse>') == [
        "C116"
    ]


def test_a_list_whose_identity_hides_behind_prefixes_is_found(tmp_path: Path) -> None:
    hidden = V1.replace("<Version>", "<Version >").replace("<CanonicalUri>", "<CanonicalUri\n>")
    assert Mini(tmp_path, [hidden]).codes(TODAY + rasse("101")) == []


def test_an_unidentifiable_list_makes_unknown_lists_untested_for_good(tmp_path: Path) -> None:
    nameless = "<gc:CodeList xmlns:gc='http://docs.oasis-open.org/codelist/ns/genericode/1.0/'/>"
    (found,) = Mini(tmp_path, [nameless]).findings(TODAY + rasse("101"))
    assert (found.code, found.level) == ("C111", None)


@pytest.mark.parametrize("large", [False, True])
def test_what_a_message_says_is_shown_in_part_only(mini: Mini, large: bool) -> None:
    long = "x" * 100_000
    elements = rasse(long) + rasse("1", long) + rasse("1", "1", long) + rasse("1", long, long)
    for found in mini.findings(TODAY + elements, large=large):
        assert all(len(text) <= 200 for text in (*found.parameters.values(), *found.content.values()))
    assert sorted(set(mini.codes(TODAY + elements))) == ["C101", "C105", "C106"]


def test_thousands_of_different_problems_stay_few_findings(mini: Mini) -> None:
    body = "".join(rasse("1", str(number), f"urn:{number}") for number in range(3000))
    found = mini.findings(TODAY + body)
    assert len(found) < 300
    assert sum(one.count for one in found) == 3000


def test_every_code_explains_itself() -> None:
    for code in Codeliste.codes:
        assert all((code.title, code.message, code.meaning, code.why, code.remedy))
        assert code.id.startswith("C1")
    assert {one.id for one in Codeliste.codes if one.kind is Kind.BESIDE} == {"C116"}


def test_open_schema_is_the_default_of_these_tests() -> None:
    assert schema('<xs:attribute name="listURI"/><xs:attribute name="listVersionID"/>') == OPEN
