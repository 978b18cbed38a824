"""Merging: the old address leads on, evidence stays what it was, conflicts are told, and nothing happens by half."""

from datetime import date

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Change, Evidence, OldKey, Product
from schnittstellen.catalogue.services import merging
from schnittstellen.catalogue.services.duplicates import candidates
from schnittstellen.catalogue.services.merged import Of
from schnittstellen.catalogue.services.partners import partners
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db
TODAY = date.today()


@pytest.fixture(autouse=True)
def twice() -> None:
    making.standard("xm@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.prove(making.declare("leser@1", "xm@1.0", "b"), messages=["m"])
    making.product("muster-akte", name="Muster-Akte", leistungen=("99115005060000",))
    making.release("muster-akte@2")
    making.product("musterakte", name="Musterakte", leistungen=("99115005060001",))
    making.prove(making.declare("musterakte@1", "xm@1.0", "a"), messages=["m"])
    making.deploy("musterakte@1")


def test_they_are_found_and_said_why() -> None:
    said = run("duplicates")
    assert "muster-akte  musterakte" in said.output
    assert "derselbe Name" not in said.output or "fast derselbe" not in said.output
    assert "Paare, die vielleicht dasselbe sind: 0" not in said.output


def test_everything_moves_and_the_old_address_leads_on(client: Client) -> None:
    proof = list(Evidence.objects.values())
    said = run("merge", "musterakte", "muster-akte", "--yes")
    assert "musterakte führt jetzt zu muster-akte." in said.output
    assert list(Evidence.objects.values()) == proof
    met = partners("muster-akte@1", TODAY)
    assert (met.release, str(met.partners[0].status)) == ("muster-akte@1", "proven")
    moved = client.get("/programme/musterakte", follow=True)
    assert "Muster-Akte" in moved.content.decode()
    assert client.get("/api/v1/products/musterakte", follow=True).json()["id"] == "muster-akte"
    assert client.get("/api/v1/products/muster-akte").json()["leistungen"] == ["99115005060000", "99115005060001"]
    assert candidates(Of.PRODUCTS) == []


def test_who_did_it_is_written_down_for_both() -> None:
    merging.merge("musterakte", "muster-akte")
    assert set(Change.objects.values_list("key", flat=True)) == {"musterakte", "muster-akte"}


def test_the_same_version_in_both_is_told_and_nothing_happens() -> None:
    making.release("musterakte@2")
    with pytest.raises(SchnittstellenError) as refused:
        merging.merge("musterakte", "muster-akte")
    assert (refused.value.fault.code, refused.value.parameters["versions"]) == ("F311", "2")
    assert Product.objects.get(key="musterakte").merged_into is None


@pytest.mark.parametrize(("key", "into", "code"), [("nix", "musterakte", "F120"), ("musterakte", "musterakte", "F310")])
def test_what_cannot_be_merged(key: str, into: str, code: str) -> None:
    with pytest.raises(SchnittstellenError) as refused:
        merging.merge(key, into)
    assert refused.value.fault.code == code


def test_what_was_merged_once_cannot_be_merged_again() -> None:
    merging.merge("musterakte", "muster-akte")
    with pytest.raises(SchnittstellenError) as refused:
        merging.merge("musterakte", "muster-akte")
    assert refused.value.fault.code == "F310"


def test_duplicates_of_duplicates_lead_to_the_one_that_stays(client: Client) -> None:
    OldKey.objects.create(key="uralt", product=Product.objects.get(key="musterakte"))
    making.product("dritte")
    merging.merge("dritte", "musterakte")
    merging.merge("musterakte", "muster-akte")
    for key in ("uralt", "dritte", "musterakte"):
        assert client.get(f"/api/v1/products/{key}", follow=True).json()["id"] == "muster-akte"


def test_without_a_yes_nothing_is_merged() -> None:
    assert run("merge", "musterakte", "muster-akte", stdin=b"n\n").exit_code != 0
    assert Product.objects.get(key="musterakte").merged_into is None
