"""What open data names is there: the service, its document, every dataset and every distribution."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client
from rdflib import Graph, URIRef, namespace

from schnittstellen.catalogue.exchange_forms.as_dcat import as_graph
from schnittstellen.catalogue.exchange_forms.selection import select
from tests.catalogue.exports import world

pytestmark = pytest.mark.django_db
BASE = "https://katalog.example.org/"


@pytest.fixture
def graph() -> Graph:
    world.build()
    return as_graph(select(date.today()), BASE, "Musterbetrieb")


def reached(client: Client, addresses: set[URIRef]) -> dict[str, int]:
    """The status of each address that is ours."""
    ours = sorted(str(one) for one in addresses if str(one).startswith(BASE))
    return {one: client.get(urlsplit(one).path, follow=True).status_code for one in ours}


def test_every_distribution_is_there(client: Client, graph: Graph) -> None:
    found = reached(client, {one for one in graph.objects(None, namespace.DCAT.accessURL) if isinstance(one, URIRef)})
    assert len(found) == 5
    assert set(found.values()) == {200}, found


def test_the_service_and_its_document_are_there(client: Client, graph: Graph) -> None:
    named = {
        one
        for verb in (namespace.DCAT.endpointURL, namespace.DCAT.endpointDescription)
        for one in graph.objects(None, verb)
    }
    found = reached(client, {one for one in named if isinstance(one, URIRef)})
    assert list(found.values()) == [200, 200], found


def test_every_dataset_has_a_page(client: Client, graph: Graph) -> None:
    found = reached(
        client, {one for one in graph.subjects(namespace.RDF.type, namespace.DCAT.Dataset) if isinstance(one, URIRef)}
    )
    assert set(found.values()) == {200}, found


def test_the_start_leads_to_all_lists(client: Client) -> None:
    start = client.get("/api/v1/").json()
    paths = [value for value in start.values() if value.startswith("/")]
    assert len(paths) == 14
    assert {client.get(path).status_code for path in paths} == {200}
