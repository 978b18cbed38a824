"""Pages: who does the same, funding, process chains; each answer stands first, with its reasons."""

import re

import pytest
from django.test import Client

from tests.catalogue import making

pytestmark = pytest.mark.django_db
LEIKA = "99115005060000"


@pytest.fixture(autouse=True)
def world() -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.leistung(LEIKA, chain=["online-dienst", "fachverfahren", "e-akte"])
    for key, kind in (("fach", "fachverfahren"), ("fach-2", "fachverfahren"), ("formular", "online-dienst")):
        making.product(key, kind=kind, leistungen=(LEIKA,), publicly_funded=True)
    making.prove(making.declare("fach@1.0", "xmuster@1.0", "b"), messages=["m"])
    making.prove(making.declare("formular@2.0", "xmuster@1.0", "a"), messages=["m"])


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_who_does_the_same_and_what_was_paid_twice(client: Client) -> None:
    said = words(client, "/programme/fach/alternativen")
    assert "Doppelentwicklung" in said
    assert "fach, fach-2" in said
    assert "formular" not in said


def test_funding_names_every_rule(client: Client) -> None:
    said = words(client, "/programme/fach/foerderung")
    assert "Nein: fach 1.0 erfüllt nicht alle Regeln der Förderung." in said
    assert "Für dieselbe Leistung wurde schon gefördert: fach-2, formular." in said or "fach-2" in said
    assert "Offene Lizenz" in said


def test_without_a_version_nothing_is_claimed(client: Client) -> None:
    said = words(client, "/programme/fach-2/foerderung")
    assert "Nicht bekannt" in said
    assert "Ja:" not in said


def test_the_chain_says_the_weakest_link_first(client: Client) -> None:
    said = words(client, f"/leistungen/{LEIKA}/kette")
    assert "Nicht bekannt: Nicht jeder Übergang ist nachgewiesen." in said
    assert said.index("Fachverfahren → E-Akte") < said.index("Online-Dienst → Fachverfahren")
    assert "E-Akte: Nichts ist eingetragen; hier ist vielleicht ein Medienbruch." in said


def test_the_picture_of_the_chain_has_links(client: Client) -> None:
    page = client.get(f"/leistungen/{LEIKA}/kette").content.decode()
    assert 'xlink:href="/programme/fach"' in page
    assert 'aria-label="Die Stationen der Prozesskette' in page


def test_the_chain_of_a_municipality_is_for_those_who_may_see_it(client: Client) -> None:
    making.deploy("fach@1.0", "05111000")
    assert client.get(f"/leistungen/{LEIKA}/kette?kommune=05111000").status_code == 403
    making.municipality("05111001", name="Musteroffen", open=True)
    making.deploy("fach@1.0", "05111001")
    assert "Gezeigt ist, was Musteroffen dafür einsetzt." in words(
        client, f"/leistungen/{LEIKA}/kette?kommune=05111001"
    )


@pytest.mark.parametrize("address", ["/programme/nix/alternativen", "/programme/nix/foerderung", "/leistungen/1/kette"])
def test_what_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
