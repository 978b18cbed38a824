"""Exports: valid in their form, the same bytes each time, and nothing in them that is not for everybody."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.catalogue.exchange_forms.as_csv import as_csv, harmless
from schnittstellen.catalogue.exchange_forms.as_dcat import as_graph, as_json_ld, as_turtle, missing
from schnittstellen.catalogue.exchange_forms.as_json import SCHEMA, as_json
from schnittstellen.catalogue.exchange_forms.as_publiccode import as_publiccode
from schnittstellen.catalogue.exchange_forms.from_publiccode import Wishes, take
from schnittstellen.catalogue.exchange_forms.selection import select
from schnittstellen.catalogue.models import Declaration, Product
from schnittstellen.cli.registry_formats import FORMATS, export_command
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.publiccode import read_publiccode
from schnittstellen.formats.written import departures
from tests.catalogue import making
from tests.catalogue.exports import world
from tests.catalogue.exports.world import DAY, SECRETS

pytestmark = pytest.mark.django_db
BASE = "https://katalog.example.org"


@pytest.fixture
def offer():
    world.build()
    return select(DAY)


def _graph(offer) -> Graph:
    return as_graph(offer, BASE, "Muster-Betreiber")


def test_nothing_private_leaves_in_any_form(offer):
    product = next(one for one in offer.products if one.key == "muster-rat")
    graph = _graph(offer)
    forms = [as_json(offer), as_csv(offer), as_turtle(graph), as_json_ld(graph), as_publiccode(product, DAY)]
    for raw in forms:
        text = raw.decode()
        assert "Muster-Rat" in text
        assert not [secret for secret in SECRETS if secret in text]
        assert "05999002" not in text


def test_deployments_are_those_that_open_municipalities_confirmed(offer):
    assert [(one.municipality, one.release) for one in offer.deployments] == [("05999001", "muster-rat@2.10")]


def test_costs_leave_only_where_the_vendor_shows_them_to_all(offer):
    assert {one.key: one.costs and one.costs.licence for one in offer.products} == {
        "muster-rat": None,
        "muster-zu": "10 Euro",
    }


def test_json_keeps_its_schema_and_names_releases(offer):
    document = json.loads(as_json(offer))
    assert not departures(document, SCHEMA)
    assert [release["id"] for release in document["products"][0]["releases"]] == ["muster-rat@2.10"]
    assert document["products"][0]["releases"][0]["interfaces"][0]["level"] == 2


def test_levels_are_those_of_the_day(offer):
    assert select(date(2020, 1, 1)).products[0].releases[0].interfaces[0].level == 0


def test_csv_is_for_excel_and_runs_no_formula(offer):
    raw = as_csv(offer)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row["Programm"] for row in rows] == ["muster-rat", "muster-zu"]
    assert rows[0]["Zweck"].startswith("'=HYPERLINK")
    assert (rows[0]["Version"], rows[0]["Nachweisstufe"]) == ("2.10", "2")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_what_a_spreadsheet_would_compute_is_defused(cell: str):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Muster", "1.10", "a=b", "Ä"])
def test_plain_cells_stay_as_they_are(cell: str):
    assert harmless(cell) == cell


def test_dcat_has_what_is_mandatory_and_is_the_same_graph_in_both_forms(offer):
    graph = _graph(offer)
    assert not list(missing(graph))
    read = Graph().parse(data=as_turtle(graph), format="turtle")
    assert set(read) == set(Graph().parse(data=as_json_ld(graph), format="json-ld")) == set(graph)
    product = URIRef(f"{BASE}/products/muster-rat")
    assert (product, DCTERMS.conformsTo, URIRef(f"{BASE}/standards/oparl@1.1")) in read
    assert len(list(read.subjects(RDF.type, DCAT.Catalog))) == 1


def test_a_lack_of_what_dcat_demands_is_found(offer):
    graph = _graph(offer)
    product = URIRef(f"{BASE}/products/muster-rat")
    graph.remove((product, DCTERMS.title, None))
    assert list(missing(graph)) == [(product, DCTERMS.title)]


def test_the_same_catalogue_gives_the_same_bytes(offer):
    again = select(DAY)
    for write in (as_json, as_csv, lambda one: as_turtle(_graph(one)), lambda one: as_json_ld(_graph(one))):
        assert write(offer) == write(again)


def test_publiccode_is_valid_and_keeps_versions_as_text(offer):
    product = next(one for one in offer.products if one.key == "muster-rat")
    read = read_publiccode(as_publiccode(product, DAY, "https://musterhaus.example.org"))
    assert read.accepted
    assert not read.remarks
    assert read.content["softwareVersion"] == "2.10"
    assert read.content["supports"] == [{"id": "urn:x-schnittstellen:oparl:1.1:server"}]


def test_publiccode_of_a_closed_product_is_refused(offer):
    closed = next(one for one in offer.products if one.key == "muster-zu")
    with pytest.raises(SchnittstellenError) as caught:
        as_publiccode(closed, DAY)
    assert caught.value.fault.code == "F110"


def test_a_merged_duplicate_is_no_product_and_its_key_leads_on(offer):
    kept = Product.objects.get(key="muster-rat")
    making.product("muster-rat-alt", name="Muster-Rat", merged_into=kept)
    kept.old_keys.create(key="muster-rat-alt")
    assert [one.key for one in select(DAY).products] == ["muster-rat", "muster-zu"]
    assert [one.key for one in select(DAY, "muster-rat-alt").products] == ["muster-rat"]
    assert not select(DAY, "muster-nichts").products


def test_the_number_of_queries_does_not_grow(offer, django_assert_max_num_queries):
    for number in range(20):
        making.prove(making.declare(f"muster-{number}@1.0", "oparl@1.1", "client"))
    assert Declaration.objects.count() == 21
    with django_assert_max_num_queries(16):
        select(DAY)


def test_what_is_written_as_publiccode_is_taken_over_again(offer):
    product = next(one for one in offer.products if one.key == "muster-rat")
    read = read_publiccode(as_publiccode(product, DAY))
    taken = take(read.content, "publiccode.yml", Wishes("fachverfahren"), Library((built_in(),)).standards())
    assert taken.product[0] == "products/muster-rat.toml"
    assert [(one.standard, one.version, one.role) for one in taken.declared] == [("oparl", "1.1", "server")]


def _run(*arguments: str):
    return CliRunner().invoke(export_command, arguments, catch_exceptions=False)


def test_the_command_writes_each_form_to_a_file_or_to_standard_output(offer, tmp_path):
    for form in FORMATS:
        told = ["--product", "muster-rat"] if form == "publiccode" else []
        assert _run("--format", form, *told).exit_code == 0
        assert _run("--format", form, *told, "-o", str(tmp_path / form)).exit_code == 0
        assert b"Muster-Rat" in (tmp_path / form).read_bytes()


def test_an_empty_catalogue_says_how_to_fill_it():
    with pytest.raises(SchnittstellenError) as caught:
        _run("--format", "json")
    assert "registry import" in caught.value.fault.hint


def test_an_unknown_product_is_not_found(offer):
    with pytest.raises(SchnittstellenError) as caught:
        _run("--format", "json", "--product", "muster-nichts")
    assert caught.value.fault.code == "F113"


@pytest.mark.parametrize("arguments", [[], ["ordner", "--format", "csv"], ["--format", "publiccode"]])
def test_a_call_that_makes_no_sense_is_refused(offer, arguments: list[str]):
    assert CliRunner().invoke(export_command, arguments).exit_code == 2
