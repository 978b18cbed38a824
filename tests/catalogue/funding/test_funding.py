"""Förderprüfung: each rule met, broken and not known; and never a yes where something is missing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schnittstellen.catalogue.services.funding import funding, shipped
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.funding import Facts, Ground, Kept, Met, Rule, is_open_licence, judge, overall
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.formats.funding_rules import read_funding_rules
from tests.catalogue.exchange.test_commands import run, world  # noqa: F401
from tests.catalogue.making import declare, product, prove, standard

GOOD = Facts(
    licence="EUPL-1.2",
    source_code="https://git.example.org/muster",
    declared=(Kept("api@1.0/server", Nachweisstufe.ENDPOINT, documented=True),),
    for_leistungen=True,
    funded=(),
    untold=(),
)
TODAY = date.today()


def test_all_rules_are_met() -> None:
    judged = judge(GOOD, shipped())
    assert overall(judged) is Met.YES
    assert {one.rule for one in judged} == set(Rule)


@pytest.mark.parametrize(
    ("changed", "why", "met"),
    [
        ({"licence": ""}, Ground.LICENCE_NOT_TOLD, Met.UNKNOWN),
        ({"licence": "LicenseRef-proprietaer"}, Ground.LICENCE_CLOSED, Met.NO),
        ({"source_code": ""}, Ground.SOURCE_NOT_TOLD, Met.UNKNOWN),
        ({"declared": ()}, Ground.NOTHING_DECLARED, Met.NO),
        ({"declared": (Kept("x@1/r", Nachweisstufe.ENDPOINT, documented=False),)}, Ground.NOT_DOCUMENTED, Met.UNKNOWN),
        ({"declared": (Kept("x@1/r", Nachweisstufe.MESSAGES, documented=True),)}, Ground.LEVEL_TOO_LOW, Met.NO),
        ({"for_leistungen": False}, Ground.PURPOSE_NOT_TOLD, Met.UNKNOWN),
        ({"funded": ("anderes",)}, Ground.FUNDED_PARALLEL, Met.NO),
        ({"untold": ("anderes",)}, Ground.PARALLEL_NOT_TOLD, Met.UNKNOWN),
    ],
)
def test_one_thing_is_missing(changed: dict[str, object], why: Ground, met: Met) -> None:
    judged = judge(replace(GOOD, **changed), shipped())  # type: ignore[arg-type]
    assert why in {one.why for one in judged}
    assert overall(judged) is met


def test_all_reasons_are_told_at_once() -> None:
    judged = judge(replace(GOOD, licence="", funded=("a",), untold=("b",)), shipped())
    assert {Ground.LICENCE_NOT_TOLD, Ground.FUNDED_PARALLEL, Ground.PARALLEL_NOT_TOLD} <= {one.why for one in judged}
    assert overall(judged) is Met.NO


@pytest.mark.parametrize(
    ("expression", "is_open"),
    [
        ("MIT", True),
        ("MIT OR LicenseRef-x", True),
        ("MIT AND LicenseRef-x", False),
        ("(MIT OR LicenseRef-x) AND Apache-2.0", True),
        ("LicenseRef-x AND (MIT OR Apache-2.0)", False),
        ("GPL-3.0-or-later WITH Classpath-exception-2.0", True),
        ("LicenseRef-x WITH y OR MIT", True),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT Apache-2.0", False),
        ("MIT OR", False),
        ("mit", True),
        ("()", False),
    ],
)
def test_licence_expressions(expression: str, is_open: bool) -> None:
    assert is_open_licence(expression, shipped().open_licences) is is_open


@pytest.mark.parametrize("text", ["", "schema = 1", 'schema = "schnittstellen.funding-rules/1"', "= ="])
def test_a_file_without_rules_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "regeln.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SchnittstellenError) as caught:
        read_funding_rules(file)
    assert caught.value.fault.code == "F150"


@pytest.fixture
def candidate(db: None) -> None:
    standard("api@1.0", {"server": ([], ["*"])})
    standard("api@0.9", {"server": ([], ["*"])}, in_force_until=date(2020, 1, 1))
    product(
        "neu",
        leistungen=("99102013002000",),
        licence="MIT",
        source_code="https://git.example.org/neu",
        documentation="https://docs.example.org/neu",
    )
    prove(declare("neu@1", "api@1.0", "server"), reach=2, messages=["*"])
    declare("neu@1", "api@0.9", "server")


@pytest.mark.usefixtures("candidate")
def test_the_catalogue_knows_all_that_is_needed() -> None:
    product("portal", kind="online-dienst", leistungen=("99102013002000",), publicly_funded=True)
    product("anderswo", leistungen=("99999999999999",), publicly_funded=True)
    product("privat", leistungen=("99102013002000",), publicly_funded=False)
    assert funding("neu", TODAY).met is Met.YES
    product("amtlich", leistungen=("99102013002000",), publicly_funded=True)
    found = funding("neu", TODAY)
    assert found.met is Met.NO
    assert [one.values for one in found.reasons if one.why is Ground.FUNDED_PARALLEL] == [("amtlich",)]


@pytest.mark.usefixtures("candidate")
def test_a_lapsed_proof_is_none() -> None:
    prove(declare("neu@2", "api@1.0", "server"), reach=2, messages=["*"], lapses_in=0)
    assert Ground.LEVEL_TOO_LOW in {one.why for one in funding("neu@2", TODAY).reasons}


@pytest.mark.usefixtures("candidate")
def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    for number in range(15):
        product(f"p{number}", leistungen=("99102013002000",), publicly_funded=None)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert funding("neu", TODAY).met is Met.UNKNOWN


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
def test_the_command() -> None:
    result = run("funding", "muster-hund-online")
    assert result.exit_code == 1, result.output
    assert "Keine Doppelentwicklung" in result.output
    english = run("--lang", "en", "funding", "muster-hund-online").output
    assert "No parallel development" in english
    assert "Nachweis" not in english
    told = json.loads(run("funding", "muster-hund-online", "--json").output)
    assert told["met"] == "no"
    assert run("funding", "gibtsnicht").exit_code == 2
