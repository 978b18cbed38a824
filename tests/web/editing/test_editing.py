"""Editing on the web: own things only, what was typed is kept, nobody is written over, nothing else is set."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from schnittstellen.catalogue.models import Change, Deployment, Member, Municipality, Product, Vendor

AGS, OTHER_AGS = "05999001", "05999002"
PLACE = f"/mein/kommunen/{AGS}"


def _person(name: str, **of: Any) -> Client:
    user = User.objects.create_user(name, f"{name}@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role=next(iter(of)), **of)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def product(world: None) -> Product:
    return Product.objects.select_related("vendor").get(key="muster-akte-offen")


@pytest.fixture
def vendor(product: Product) -> Client:
    return _person("firma", vendor=product.vendor)


@pytest.fixture
def town(world: None) -> Client:
    return _person("amt", municipality=Municipality.objects.get(key=AGS))


def _form(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back of a form unchanged."""
    context = client.get(address)
    assert context.status_code == 200, context.text[:500]
    page = context.text
    sent: dict[str, Any] = dict(
        re.findall(r'<input(?! class="[^"]*" type="checkbox")[^>]* name="([^"]+)" value="([^"]*)"', page)
    )
    sent.pop("csrfmiddlewaretoken", None)
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        sent[name] = text
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        sent[name] = "".join(re.findall(r'value="([^"]*)" selected', options))
    for name, value in re.findall(r'type="checkbox"[^>]* name="([^"]+)" value="([^"]*)" checked', page):
        sent.setdefault(name, []).append(value)
    return sent


def test_a_product_sent_unchanged_stays_as_it_is(vendor: Client, product: Product) -> None:
    from schnittstellen.catalogue.registry import forms
    from schnittstellen.catalogue.services import editing

    before = editing.kept(forms.PRODUCT, product.key).data
    address = f"/mein/programme/{product.key}/angaben"
    assert vendor.post(address, _form(vendor, address)).status_code == 302
    assert editing.kept(forms.PRODUCT, product.key).data == before


def test_a_change_is_kept_and_noted_with_its_author(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    assert vendor.post(address, _form(vendor, address) | {"cost_licence": "4.000 Euro"}).status_code == 302
    product.refresh_from_db()
    assert product.cost_licence == "4.000 Euro"
    assert Change.objects.filter(key=product.key).first().by == "firma"


def test_only_the_fields_of_the_form_are_read(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    forged = {"vendor": "musterarchiv", "example": "", "id": "fremd", "merged_into": "muster-akte", "releases": "x"}
    vendor.post(address, _form(vendor, address) | forged)
    after = Product.objects.select_related("vendor").get(key=product.key)
    assert (after.vendor, after.example, after.merged_into) == (product.vendor, True, None)


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    answer = vendor.post(address, _form(vendor, address) | {"source_code": "javascript:alert(1)", "name": ""})
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert 'id="name-fehler"' in answer.text
    assert 'value="javascript:alert(1)"' in answer.text
    answer = vendor.post(address, _form(vendor, address) | {"source_code": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert 'id="source_code-fehler"' in answer.text


def test_signs_that_come_from_pasting_are_taken_out(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    pasted = {"cost_licence": "4.000\x0bEuro\0", "purpose": "Eine\u2028Akte\u202e\r\nfür alle\ufeff"}
    assert vendor.post(address, _form(vendor, address) | pasted).status_code == 302
    product.refresh_from_db()
    assert (product.cost_licence, product.purpose) == ("4.000 Euro", "Eine Akte\nfür alle")


def test_a_text_longer_than_its_field_is_told(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    answer = vendor.post(address, _form(vendor, address) | {"cost_licence": "x" * 301, "purpose": "x" * 20_001})
    assert answer.status_code == 422
    assert "Höchstens 300 Zeichen." in answer.text
    assert "Höchstens 20.000 Zeichen." in answer.text


def test_nobody_is_written_over(vendor: Client, product: Product) -> None:
    address = f"/mein/programme/{product.key}/angaben"
    first, second = _form(vendor, address), _form(vendor, address)
    assert vendor.post(address, first | {"contact": "Stelle A"}).status_code == 302
    answer = vendor.post(address, second | {"contact": "Stelle B"})
    assert answer.status_code == 409
    assert "Stelle A" in answer.text
    assert 'value="Stelle B"' in answer.text
    product.refresh_from_db()
    assert product.contact == "Stelle A"


@pytest.mark.parametrize("page", ["", "/angaben", "/neue-version", "/versionen/1.0", "/versionen/1.0/entfernen"])
def test_products_of_others_are_closed(world: None, page: str) -> None:
    stranger = _person("fremd", vendor=Vendor.objects.get(key="musterarchiv"))
    address = f"/mein/programme/muster-akte-offen{page}"
    assert stranger.get(address).status_code == 403
    assert stranger.post(address, {"stand": "1", "name": "x"}).status_code == 403


@pytest.mark.parametrize("page", ["", "/offen", "/mitglieder", "/neues-programm", "/einsatz/muster-akte-9.0/entfernen"])
def test_landscapes_of_others_are_closed(world: None, page: str) -> None:
    stranger = _person("fremd", municipality=Municipality.objects.get(key=OTHER_AGS))
    assert stranger.get(PLACE + page).status_code == 403
    assert stranger.post(PLACE + page, {"stand": "1"}).status_code == 403


def test_a_release_and_a_declaration_come_and_go(vendor: Client, product: Product) -> None:
    base = f"/mein/programme/{product.key}"
    address = f"{base}/neue-version"
    assert vendor.post(address, _form(vendor, address) | {"version": "7.0"}).status_code == 302
    assert vendor.post(address, _form(vendor, address) | {"version": "7.0"}).status_code == 422
    chosen = vendor.post(f"{base}/versionen/7.0/neuer-standard", {"role": "xmuster-vorgang@2.0/eakte"})["Location"]
    assert vendor.post(chosen, _form(vendor, chosen)).status_code == 302
    assert product.releases.get(version="7.0").declarations.count() == 1
    for gone in (f"{chosen}/entfernen", f"{base}/versionen/7.0/entfernen"):
        above = vendor.get(gone).text.partition("<h1")[0]
        assert f'href="{base}">{product.name}</a>' in above
        assert f'href="/mein/hersteller/{product.vendor.key}">' in above
        assert vendor.post(gone, _form(vendor, gone)).status_code == 302
    assert not product.releases.filter(version="7.0").exists()


def _newest(product: str) -> Deployment:
    """What the town runs of a product, or plans to, as it was entered last."""
    return Deployment.objects.filter(municipality__key=AGS, release__product__key=product).latest("pk")


def test_a_claim_waits_for_the_municipality(vendor: Client, town: Client, product: Product) -> None:
    address = f"/mein/hersteller/{product.vendor.key}/einsatz"
    sent = {"municipality": AGS, "release": f"{product.key}@1.0"}
    assert vendor.post(address, sent).status_code == 302
    claim = _newest(product.key)
    assert not claim.confirmed
    local = claim.key.partition("-")[2]
    confirm = f"{PLACE}/einsatz/{local}/bestaetigen"
    assert f'href="{PLACE}">' in town.get(confirm).text.partition("<h1")[0]
    assert town.post(confirm, _form(town, confirm)).status_code == 302
    claim.refresh_from_db()
    assert claim.confirmed


def test_a_claim_is_rejected(vendor: Client, town: Client, product: Product) -> None:
    sent = {"municipality": "Gibtesnicht", "release": f"{product.key}@1.0"}
    address = f"/mein/hersteller/{product.vendor.key}/einsatz"
    assert vendor.post(address, sent).status_code == 422
    vendor.post(address, sent | {"municipality": AGS})
    claim = _newest(product.key)
    local = claim.key.partition("-")[2]
    gone = f"{PLACE}/einsatz/{local}/entfernen"
    assert town.post(gone, _form(town, gone)).status_code == 302
    assert not Deployment.objects.filter(pk=claim.pk).exists()


def test_a_deployment_is_entered_changed_and_shown(town: Client, world: None) -> None:
    address = f"{PLACE}/neues-programm?programm=muster-akte-offen"
    sent = _form(town, address) | {"release": "muster-akte-offen@1.0", "experience": "Läuft ruhig."}
    assert town.post(address, sent).status_code == 302
    made = _newest("muster-akte-offen")
    assert made.confirmed
    assert made.experience == "Läuft ruhig."
    assert "Muster-Akte Offen 1.0" in town.get(PLACE).text


def test_openness_is_switched(town: Client) -> None:
    was = Municipality.objects.get(key=AGS).open
    address = f"{PLACE}/offen"
    assert town.post(address, _form(town, address) | {"open": "nein" if was else "ja"}).status_code == 302
    assert Municipality.objects.get(key=AGS).open is not was


@pytest.mark.parametrize("sent", ["", "vielleicht", "True"])
def test_openness_is_yes_or_no(town: Client, sent: str) -> None:
    was = Municipality.objects.get(key=AGS).open
    answer = town.post(f"{PLACE}/offen", _form(town, f"{PLACE}/offen") | {"open": sent})
    assert answer.status_code == 422
    assert 'href="#open"' in answer.text
    assert Municipality.objects.get(key=AGS).open is was


def test_an_invitation_goes_by_mail_to_one_address_and_can_be_withdrawn(town: Client) -> None:
    address = f"{PLACE}/mitglieder"
    assert town.post(address, {"tun": "einladen", "email": "kein"}).status_code == 422
    assert town.post(address, {"tun": "einladen", "email": "neu@muster.example"}).status_code == 302
    link = re.search(r"/konto/einladung/\S+", mail.outbox[-1].body)[0]
    other = User.objects.create_user("anders", "anders@muster.example", "ein langes Kennwort 7")
    client = Client()
    client.force_login(other)
    assert client.post(link).status_code == 403
    number = re.search(r'name="einladung" value="(\d+)"', town.get(address).text)[1]
    assert town.post(address, {"tun": "zurueckziehen", "einladung": number}).status_code == 302
    assert client.get(link).status_code == 404


def test_the_last_who_manages_members_stays_and_others_cannot_manage(town: Client) -> None:
    address = f"{PLACE}/mitglieder"
    first = Member.objects.get(municipality__key=AGS)
    assert town.post(address, {"tun": "entfernen", "mitglied": first.pk}).status_code == 409
    colleague = _person("kollegin", municipality=first.municipality)
    assert colleague.post(address, {"tun": "entfernen", "mitglied": first.pk}).status_code == 403
    second = Member.objects.get(user__username="kollegin")
    assert town.post(address, {"tun": "entfernen", "mitglied": second.pk}).status_code == 302
    assert colleague.get(address).status_code == 403


def test_forms_without_their_token_are_refused(town: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="amt"))
    assert strict.post(f"{PLACE}/offen", {"open": "ja", "stand": "0"}).status_code == 403


def test_visitors_are_asked_to_log_in(world: None) -> None:
    answer = Client().get(PLACE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")
