"""For each answer that two products can get, and for chains and landscapes, the invented world has an example."""

import pytest

from schnittstellen.domain.exchange import Status, Why, encounter
from tests.catalogue.world.answering import DAY, words
from tests.catalogue.world.reading import files

ANSWERS = [
    ("muster-hundesteuer@5.0", "muster-hund-online@3.0", Status.PROVEN, None),
    ("muster-gewerbe@7.1", "muster-akte@9.0", Status.PROVEN, None),
    ("muster-ratsinfo@4.0", "muster-ratsapp@1.4", Status.PROVEN, None),
    ("muster-hund-formular@1.2", "muster-hundesteuer@5.0", Status.PARTLY_PROVEN, Why.NOT_SHOWN),
    ("muster-steueramt@2.1", "muster-hund-online@3.0", Status.DECLARED, Why.NO_EVIDENCE),
    ("muster-ratsblick@1.1", "muster-ratsapp@1.4", Status.DECLARED, Why.LAPSED),
    ("muster-sitzung@5.0", "muster-ratsapp@1.4", Status.DECLARED, Why.SILENT),
    ("muster-antrag-klassik@2.0", "muster-rathaus@3.5", Status.DECLARED, Why.VERSION_ENDED),
    ("muster-hund-app@0.9", "muster-hundesteuer@5.0", Status.REFUTED, Why.REFUTED),
    ("muster-sitzung@6.0", "muster-ratsapp@1.4", Status.REFUTED, Why.REFUTED),
    ("muster-bewohner@1.0", "muster-akte@9.0", Status.UNKNOWN, Why.NOTHING_DECLARED),
    ("muster-hundekasse@1.9", "muster-hund-online@3.0", Status.NOT_POSSIBLE, Why.NO_COMMON_VERSION),
    ("muster-hundesteuer@5.0", "muster-steueramt@2.1", Status.NOT_POSSIBLE, Why.SAME_ROLE),
    ("muster-antrag@4.2", "muster-akte@9.0", Status.NOT_POSSIBLE, Why.NO_ROLE_PAIR),
    ("muster-steueramt@2.0", "muster-hund-schalter@1.0", Status.NOT_POSSIBLE, Why.MESSAGE_NOT_SUPPORTED),
    ("muster-ratsinfo@4.0", "muster-akte@9.0", Status.NOT_POSSIBLE, Why.NO_COMMON_STANDARD),
]


@pytest.mark.parametrize(("first", "second", "status", "why"), ANSWERS)
def test_each_answer_about_two_products_has_an_example(first: str, second: str, status: Status, why: Why | None):
    found = encounter(words(first), words(second), DAY)
    assert found.status is status
    reasons = {reason.why for one in found.exchanges for reason in one.reasons} | {one.why for one in found.reasons}
    assert why is None or why in reasons


def _status(ags: str, first: str, second: str) -> Status:
    there = {row["release"] for row in files("deployments")[ags]["deployments"]}
    assert {first, second} <= there
    return encounter(words(first), words(second), DAY).status


def test_a_chain_is_whole_in_one_municipality_and_broken_in_another():
    links = [
        ("muster-antrag@4.2", "muster-bote@2.0"),
        ("muster-bote@2.0", "muster-gewerbe@7.1"),
        ("muster-gewerbe@7.1", "muster-akte@9.0"),
        ("muster-gewerbe@7.1", "muster-epay@3.1"),
        ("muster-gewerbe@7.1", "muster-zustellung@2.3"),
    ]
    assert {_status("05999001", *link) for link in links} == {Status.PROVEN}
    assert _status("05999002", "muster-gewerbe@7.1", "muster-akte@8.4") is Status.NOT_POSSIBLE
    there = {row["release"].partition("@")[0] for row in files("deployments")["05999002"]["deployments"]}
    assert not [key for key in there if files("products")[key]["kind"] == "bezahlung"]


def test_two_versions_of_one_partner_run_and_only_one_is_proven():
    there = {row["release"] for row in files("deployments")["05999003"]["deployments"]}
    partners = sorted(one for one in there if one.startswith("muster-hund-online@"))
    found = {one: encounter(words("muster-hundesteuer@5.0"), words(one), DAY) for one in partners}
    standards = {one: {exchange.versions[0] for exchange in each.exchanges} for one, each in found.items()}
    assert standards == {"muster-hund-online@2.5": {"1.1"}, "muster-hund-online@3.0": {"1.1", "2.0"}}
    assert encounter(words("muster-steueramt@2.1"), words(partners[0]), DAY).status is Status.NOT_POSSIBLE
