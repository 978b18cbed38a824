"""The invented world is what it claims: invented, marked, proven by real runs, and with an example for each answer."""

import hashlib
import re
from datetime import date, timedelta

import pytest
from tools.example_world import places, products, runs
from tools.make_example_world import text

from schnittstellen.domain.counting import size_class
from schnittstellen.formats.report_json import read_report
from schnittstellen.formats.written import departures
from tests.catalogue.world.reading import REGISTRY, files, report

DAY = date(2026, 11, 24)
INVENTED = ("vendors", "products", "providers")


@pytest.mark.parametrize("kind", INVENTED)
def test_everything_invented_is_called_muster_and_marked(kind: str):
    for name, one in files(kind).items():
        assert one["id"] == name
        assert one["name"].startswith("Muster"), name
        assert one["id"].startswith("muster"), name
        assert one["example"] is True, name


def test_the_invented_municipalities_are_marked_and_outside_the_official_register():
    invented = files("municipalities")["musterkreis"]["municipalities"]
    facts = {
        row["ags"]: row
        for name, one in files("municipalities").items()
        if name != "musterkreis"
        for row in one["municipalities"]
    }
    assert len(invented) == 52
    assert all(row["example"] is True and row["name"].startswith("Muster") for row in invented)
    assert not {row["ags"] for row in invented} & set(facts)
    assert not {row["ags"][:5] for row in invented} & {ags[:5] for ags in facts}
    assert not [row for row in facts.values() if row.get("example")]


def test_invented_products_are_claimed_of_invented_municipalities_only():
    invented = {row["ags"] for row in files("municipalities")["musterkreis"]["municipalities"]}
    assert set(files("deployments")) == invented
    served = {ags for one in files("providers").values() for ags in one["municipalities"]}
    assert served == invented


def test_no_person_is_named():
    functions = {"Muster-Verfahrensbetreuung"}
    for one in files("deployments").values():
        assert {row["in_charge"] for row in one["deployments"]} <= functions
    assert {one["contact"] for one in files("products").values()} == {"Muster-Produktbetreuung"}


def test_the_world_is_large_enough():
    kinds = {one["kind"] for one in files("products").values()}
    assert kinds == {
        "fachverfahren",
        "online-dienst",
        "basiskomponente",
        "transport",
        "e-akte",
        "bezahlung",
        "bescheid",
    }
    assert len(files("vendors")) == 12
    assert len(files("products")) == 40
    assert sum(len(one.get("releases", ())) for one in files("products").values()) >= 70
    assert sum(len(one["deployments"]) for one in files("deployments").values()) >= 50


def test_the_files_are_those_that_the_generator_writes():
    for part in (places, products):
        for name, content in part.written():
            assert (REGISTRY / name).read_text() == text(content), f"run tools/make_example_world.py ({name})"


def test_every_report_is_whole_read_and_used():
    used = {row["report"] for one in files("evidence").values() for row in one["evidence"]}
    there = {path.stem: path for path in (REGISTRY / "evidence" / "reports").glob("*.json")}
    assert set(there) == used
    for digest, path in there.items():
        raw = path.read_bytes()
        assert hashlib.sha256(raw).hexdigest() == digest
        assert not departures(report(digest), "schnittstellen.report/1")
        assert not re.search(rb"/(?:work|tmp|home|root)/", raw), path.name
        assert read_report(raw.decode()).suites


def test_the_runs_are_on_file_with_their_verdicts():
    failing = {"muster-hund-app@0.9", "muster-wohngeld@6.0", "muster-sitzung@6.0", "muster-ratssuche@0.3"}
    verdicts: dict[str, list[str]] = {}
    for release, one in files("evidence").items():
        verdicts[release] = [report(row["report"])["verdict"] for row in one["evidence"]]
    assert {release for release, found in verdicts.items() if found[-1] == "failed"} == failing
    assert verdicts["muster-hund-app@0.9"] == ["passed", "failed"]
    assert set().union(*map(set, verdicts.values())) == {"passed", "failed", "not_tested"}
    assert set(verdicts) == {one.release for one in runs.RUNS}


@pytest.mark.parametrize("number", [0, 9, 12, 21, 22])
def test_a_run_repeated_gives_the_same_bytes_and_the_verdict_on_file(number: int):
    one = runs.RUNS[number]
    raw = runs.conduct(one)
    assert raw == runs.conduct(one)
    filed = [
        report(row["report"])
        for row in files("evidence")[one.release]["evidence"]
        if row["attached"].date() == one.on and row["standard"] == one.standard
    ]
    again = read_report(raw.decode())
    assert [document["verdict"] for document in filed] == [again.verdict.value]


def test_funding_can_be_answered_both_ways():
    yes = files("products")["muster-ratsinfo"]
    assert (yes["licence"], yes["publicly_funded"], yes["leistungen"]) == ("EUPL-1.2", False, [places.RAT])
    assert yes["documentation"].startswith("https://")
    (row,) = files("evidence")["muster-ratsinfo@4.0"]["evidence"]
    assert (row["standard"], report(row["report"])["verdict"]) == ("oparl@1.1", "passed")
    twice = [
        key
        for key, one in files("products").items()
        if one.get("publicly_funded") and products.BAU in one.get("leistungen", ())
    ]
    assert twice == ["muster-bau-land", "muster-bau-offen"]


def test_there_are_duplicates_one_of_them_merged():
    assert files("products")["muster-hundemarke"]["merged_into"] == "muster-hundesteuer"
    near = files("products")["muster-hundesteuer-plus"]
    assert near["vendor"] == files("products")["muster-hundesteuer"]["vendor"]
    assert "merged_into" not in near


def test_support_ends_before_soon_and_later():
    ends = {
        date.fromisoformat(str(one["end_of_support"])) for one in files("products").values() if "end_of_support" in one
    }
    assert [end for end in ends if end < DAY]
    assert [end for end in ends if DAY <= end < DAY + timedelta(90)]
    assert [end for end in ends if end >= DAY + timedelta(90)]


OPEN = ["05999001", "05999002", "05999007", *(f"059990{number}" for number in range(20, 53, 8))]


def test_of_each_size_six_that_keep_it_to_themselves_run_the_same_long_enough_to_be_counted():
    towns = {row["ags"]: row for row in files("municipalities")["musterkreis"]["municipalities"]}
    users: dict[tuple[int, str], set[str]] = {}
    for ags, one in files("deployments").items():
        for row in one["deployments"]:
            if row.get("confirmed") and row["since"] <= date(2026, 10, 1) and not towns[ags].get("open"):
                size = size_class(towns[ags]["population"]).least
                users.setdefault((size, row["release"].partition("@")[0]), set()).add(ags)
    counted = {
        size: [key for (of, key), places in users.items() if of == size and len(places) > 5] for size, _ in users
    }
    assert {size: len(keys) >= 5 for size, keys in counted.items()} == dict.fromkeys(
        [0, 10_000, 25_000, 50_000, 100_000], True
    )


def test_something_is_planned():
    rows = [row for one in files("deployments").values() for row in one["deployments"]]
    assert "muster-akte-offen@1.0" in {row["release"] for row in rows if row["since"] > DAY}
    assert len([row for row in rows if row.get("replacement_on", DAY) > DAY]) == 3


def test_some_municipalities_are_open_and_enough_run_one_product_to_be_counted():
    rows = files("municipalities")["musterkreis"]["municipalities"]
    assert [row["ags"] for row in rows if row.get("open")] == OPEN
    users: dict[str, set[str]] = {}
    for ags, one in files("deployments").items():
        for row in one["deployments"]:
            users.setdefault(row["release"].partition("@")[0], set()).add(ags)
    counts = {key: len(places) for key, places in users.items()}
    assert counts["muster-hundesteuer"] >= 5
    assert 0 < counts["muster-kfz"] < 5
