"""Who does the same, and funding, as pages."""

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Product
from tests.web.test_answers import words

pytestmark = pytest.mark.django_db


def test_what_was_funded_twice_is_said_and_can_be_compared(client: Client, world: None) -> None:
    one = Product.objects.get(key="muster-hundesteuer")
    other = Product.objects.exclude(pk=one.pk).filter(kind=one.kind).order_by("key")[0]
    other.leistungen.set(one.leistungen.all())
    Product.objects.filter(pk__in=[one.pk, other.pk]).update(publicly_funded=None)
    assert "Doppelt entwickelt" not in words(client, f"/programme/{one.key}/alternativen")
    Product.objects.filter(pk__in=[one.pk, other.pk]).update(publicly_funded=True)
    assert "Doppelt entwickelt" in words(client, f"/programme/{one.key}/alternativen")
    assert f'name="programm" value="{other.key}"' in client.get(f"/programme/{one.key}/alternativen").text


def test_funding_says_each_rule_with_its_reason_and_unknown_is_no_yes(client: Client, world: None) -> None:
    Product.objects.filter(key="muster-hundesteuer").update(licence="")
    page = words(client, "/programme/muster-hundesteuer/foerderung")
    assert "Die Lizenz ist nicht angegeben." in page
    assert "Ja, alle Regeln" not in page
    one = Product.objects.get(key="muster-hundesteuer")
    bare = Product.objects.create(key="muster-ohne", name="Muster ohne", vendor=one.vendor, kind=one.kind)
    assert "Nicht bekannt, es fehlen Angaben." in words(client, f"/programme/{bare.key}/foerderung")


def test_the_product_leads_to_both_and_an_unknown_one_is_not_found(client: Client, world: None) -> None:
    page = client.get("/programme/muster-hundesteuer").text
    for part in ("alternativen", "foerderung"):
        assert f"/programme/muster-hundesteuer/{part}" in page
        words(client, f"/programme/gibt-es-nicht/{part}", 404)
