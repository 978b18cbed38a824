"""Django's admin: for administrators with a second factor, in our look, through services; what is proven stays."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue import models
from schnittstellen.catalogue.services import access, accounts, audit
from schnittstellen.web.administration import urls  # noqa: F401 (registers)
from schnittstellen.web.administration.site import site
from tests.catalogue import making

pytestmark = pytest.mark.django_db
START = "/verwaltung/"
CHANGEABLE = {User}
DELETABLE = {models.Member, models.Invitation, models.Token}
ADDABLE = {models.Vendor, models.Invitation}


def _inside(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chief() -> User:
    made = User.objects.create_superuser("chefin", "chefin@muster.example")
    Authenticator.objects.create(user=made, type="totp", data={})
    return made


@pytest.fixture
def admin(chief: User) -> Client:
    return _inside(chief)


@pytest.fixture
def everything(chief: User) -> None:
    """A record of each kind."""
    making.standard("xtest@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.prove(making.declare("akte@1", "xtest@1.0", "a"))
    models.StoredReport.objects.create(sha256="0" * 64, document=b"{}")
    making.municipality()
    of = accounts.Organisation("vendor:musterhaus", "Musterhaus")
    accounts.invite(of, "neu@muster.example", chief, making.date.today())
    models.Member.objects.create(user=chief, role="vendor", vendor=making.vendor())
    access.create("v", "vendor:musterhaus", ("read",))


def _address(model: Any, of: str = "") -> str:
    return f"{START}{model._meta.app_label}/{model._meta.model_name}/{of}"


# --- who may enter


def test_only_administrators_with_a_second_factor_enter(client: Client) -> None:
    assert client.get(START, follow=True).redirect_chain[-1] == ("/konto/login/?next=/verwaltung/", 302)
    assert _inside(User.objects.create_user("amt")).get(START, follow=True).status_code == 403
    chief = User.objects.create_superuser("chefin", "chefin@muster.example")
    inside = _inside(chief)
    assert "verlangt einen zweiten Faktor" in inside.get(START, follow=True).text
    for model in site._registry:
        assert inside.get(_address(model)).status_code == 302
    Authenticator.objects.create(user=chief, type="totp", data={})
    assert inside.get(START).status_code == 200


def test_without_a_second_factor_an_administrator_is_anybody(everything: None) -> None:
    other = _inside(User.objects.create_superuser("andere", "andere@muster.example"))
    assert other.get("/mein/hersteller/musterhaus/angaben").status_code == 403
    assert other.get("/mein/betrieb/aenderungen").status_code == 403


# --- nothing that is proven or derived


def test_what_is_registered_is_known() -> None:
    """A new model is read only, or named here with its reason in mind."""
    assert set(site._registry) >= CHANGEABLE | DELETABLE | ADDABLE
    proven = {models.Evidence, models.StoredReport, models.Standing, models.Declaration, models.Change}
    assert proven <= set(site._registry)
    assert not proven & (CHANGEABLE | DELETABLE | ADDABLE)


@pytest.mark.parametrize("model", site._registry, ids=lambda one: one.__name__)
def test_no_page_changes_what_it_must_not(admin: Client, everything: None, model: Any) -> None:
    record = model._default_manager.order_by("pk").first()
    assert record is not None
    before = model._default_manager.filter(pk=record.pk).values().get()
    allowed = {"add/": ADDABLE, f"{record.pk}/change/": CHANGEABLE, f"{record.pk}/delete/": DELETABLE}
    for page, models_allowed in allowed.items():
        if model in models_allowed:
            continue
        forged = {"post": "yes", "verdict": "passed", "reach": "5", "look": "x", "name": "x", "_save": "1"}
        assert admin.post(_address(model, page), forged).status_code == 403, page
    assert admin.post(_address(model), {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"})
    assert model._default_manager.filter(pk=record.pk).values().get() == before


@pytest.mark.parametrize("model", site._registry, ids=lambda one: one.__name__)
def test_no_secret_is_shown(admin: Client, everything: None, model: Any) -> None:
    record = model._default_manager.order_by("pk").first()
    for page in ("", f"{record.pk}/change/"):
        text = admin.get(_address(model, page)).text
        for hidden in ("digest", "password"):
            assert not (hasattr(record, hidden) and getattr(record, hidden) and getattr(record, hidden) in text)


# --- in our look


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_is_in_our_look(admin: Client, everything: None, language: str) -> None:
    admin.cookies["sprache"] = language
    pages = [START]
    for model in site._registry:
        pk = model._default_manager.order_by("pk").first().pk
        pages += [_address(model), _address(model, f"{pk}/change/")]
        pages += [_address(model, "?q=x")] if site._registry[model].search_fields else []
        pages += [_address(model, "add/")] if model in ADDABLE else []
        pages += [_address(model, f"{pk}/delete/")] if model in DELETABLE else []
    for address in pages:
        page = admin.get(address)
        assert page.status_code == 200, address
        assert 'class="kern-container main"' in page.text, address
        assert f'<html lang="{language}"' in page.text, address
        assert not re.search(r"<(script|style)|\sstyle=|\son[a-z]+=", page.text), address
        assert "admin/css" not in page.text, address
        assert page["Content-Security-Policy"].startswith("default-src 'none'"), address
        assert len(re.findall("<h1", page.text)) == 1, address


def test_what_our_pages_do_is_done_there(admin: Client, everything: None) -> None:
    of = models.Vendor.objects.get()
    history = admin.get(_address(models.Vendor, f"{of.pk}/history/"))
    assert history.url == f"{_address(models.Change)}?q={of.key}"
    assert admin.get(f"{START}password_change/").url == "/konto/password/change/"
    assert admin.get(f"{START}catalogue/").url == START


def test_records_are_told_in_german(admin: Client, everything: None) -> None:
    proof = models.Evidence.objects.get()
    page = admin.get(_address(models.Evidence, f"{proof.pk}/change/")).text
    assert "bestanden" in page
    invited = models.Invitation.objects.get()
    page = admin.get(_address(models.Invitation, f"{invited.pk}/change/")).text
    assert invited.expires_on.isoformat() not in page
    assert ">None<" not in page
    assert (
        '<h1 class="kern-heading-large">Hersteller: Hinzufügen</h1>' in admin.get(_address(models.Vendor, "add/")).text
    )


def test_records_are_called_by_their_names(admin: Client, everything: None) -> None:
    models.Product.objects.update(name="Muster Akte")
    models.Standard.objects.update(title="XTest 1.0 – ein Muster")
    models.Role.objects.filter(key="a").update(title="Absender")
    named = "Muster Akte 1: XTest 1.0, Absender"
    declarations = admin.get(_address(models.Declaration)).text
    assert f'aria-label="{named}"' in declarations
    assert "XTest 1.0, Absender" in declarations
    assert "akte@1" not in declarations
    proofs = admin.get(_address(models.Evidence)).text
    assert named in proofs
    assert "xtest@1.0" not in proofs
    audit.note("products", "akte", {}, {"purpose": "x"})
    audit.note("products", "fort", {}, {"purpose": "x"})
    changes = admin.get(_address(models.Change)).text
    assert "Muster Akte (akte)" in changes
    assert 'aria-label="Programm fort"' in changes
    one = models.Change.objects.get(key="akte")
    assert "Muster Akte (akte)" in admin.get(_address(models.Change, f"{one.pk}/change/")).text


def test_what_was_done_is_said_once_in_our_words(admin: Client, everything: None) -> None:
    sent = {"email": "noch@muster.example", "role": "vendor", "of": "musterhaus", "_save": "1"}
    page = admin.post(_address(models.Invitation, "add/"), sent, follow=True).text
    assert re.findall(r'kern-title">([^<]*)', page) == ["Die Einladung ist unterwegs."]
    newest = models.Invitation.objects.order_by("pk").last()
    assert newest is not None
    page = admin.post(_address(models.Invitation, f"{newest.pk}/delete/"), {"post": "yes"}, follow=True).text
    assert re.findall(r'kern-title">([^<]*)', page) == ["Entfernt."]


def test_the_number_of_queries_stays(admin: Client, everything: None) -> None:
    def count(model: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            admin.get(_address(model))
        return len(seen)

    audit.note("products", "akte", {}, {"purpose": "x"})
    before = {model: count(model) for model in site._registry}
    for number in range(5):
        making.prove(making.declare(f"p{number}@1", "xtest@1.0", "a"))
        user = User.objects.create_user(f"u{number}")
        models.Member.objects.create(user=user, role="vendor", vendor=making.vendor())
        access.create(f"t{number}", "vendor:musterhaus", ("read",))
        audit.note("products", f"p{number}", {}, {"purpose": "x"})
    assert {model: count(model) for model in site._registry} == before


# --- through services


def test_a_vendor_is_made_by_the_rules_of_the_registry(admin: Client) -> None:
    assert admin.post(_address(models.Vendor, "add/"), {"key": "Ungültig!", "name": "x"}).status_code == 200
    assert not models.Vendor.objects.exists()
    admin.post(_address(models.Vendor, "add/"), {"key": "musterneu", "name": "Muster Neu"})
    made = models.Vendor.objects.get()
    assert (made.key, made.name, made.example) == ("musterneu", "Muster Neu", False)
    assert models.Change.objects.get().by == "chefin"
    assert "Muster Neu" in admin.get("/mein/hersteller/musterneu").text
    again = admin.post(_address(models.Vendor, "add/"), {"key": "musterneu", "name": "Anders"})
    assert "Diese Kennung gibt es schon" in again.text


def test_vendors_are_edited_on_their_own_page(admin: Client, everything: None) -> None:
    record = models.Vendor.objects.get(key="musterhaus")
    page = admin.get(_address(models.Vendor, f"{record.pk}/change/")).text
    assert 'href="/mein/hersteller/musterhaus"' in page
    assert admin.get("/mein/hersteller/musterhaus/angaben").status_code == 200


def test_people_are_invited_and_join_the_board(admin: Client) -> None:
    add = _address(models.Invitation, "add/")
    wrong = admin.post(add, {"email": "neu@muster.example", "role": "vendor", "of": "gibtesnicht"})
    assert wrong.status_code == 200
    assert not mail.outbox
    admin.post(add, {"email": "neu@muster.example", "role": "board", "of": ""})
    link = re.search(r"/konto/einladung/\S+", mail.outbox[-1].body)[0]
    person = User.objects.create_user("neu", "neu@muster.example")
    joined = _inside(person)
    assert "IT-Digitalbeirat" in joined.get(link).text
    assert joined.post(link)["Location"] == "/konto"
    assert models.Member.objects.get(user=person).role == "board"
    assert joined.get("/mein/beirat/aenderungen").status_code == 200


def test_members_and_keys_end_and_the_log_says_so(admin: Client, everything: None) -> None:
    for model in (models.Member, models.Token, models.Invitation):
        record = model.objects.get()
        assert admin.get(_address(model, f"{record.pk}/delete/")).status_code == 200
        assert model.objects.exists()
        admin.post(_address(model, f"{record.pk}/delete/"), {"post": "yes"})
        assert not model.objects.exists()
    noted = [one.places[0]["place"] for one in models.Change.objects.filter(by="chefin")]
    assert noted == ["invitation", "token/v", "member"]


def test_whoever_may_no_longer_log_in_is_out_at_once(admin: Client) -> None:
    person = User.objects.create_user("amt", "amt@muster.example")
    inside = _inside(person)
    assert inside.get("/konto").status_code == 200
    admin.post(_address(User, f"{person.pk}/change/"), {"is_superuser": ""})
    assert inside.get("/konto").status_code == 302
    assert models.Change.objects.get(kind="users").places == [{"place": "is_active", "before": True, "after": False}]


def test_somebody_must_be_left_to_manage(admin: Client, chief: User) -> None:
    answer = admin.post(_address(User, f"{chief.pk}/change/"), {"is_active": "on"})
    assert answer.status_code == 200
    assert "muss den Katalog verwalten" in answer.text
    chief.refresh_from_db()
    assert chief.is_superuser


def test_only_rights_are_read_from_the_form(admin: Client) -> None:
    person = User.objects.create_user("amt", "amt@muster.example", "x")
    sent = {"is_active": "on", "username": "anders", "email": "anders@muster.example", "password": "neu"}
    admin.post(_address(User, f"{person.pk}/change/"), sent)
    after = User.objects.get(pk=person.pk)
    assert (after.username, after.email, after.password) == ("amt", "amt@muster.example", person.password)


def test_what_was_written_is_shown_as_text(admin: Client) -> None:
    making.vendor("musterböse", name="<script>alert(1)</script>")
    audit.note("vendors", "musterböse", {"name": "<script>"}, {"name": "</div>"})
    for model in (models.Vendor, models.Change):
        assert "<script>" not in admin.get(_address(model)).text
