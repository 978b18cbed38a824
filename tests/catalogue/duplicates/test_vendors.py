"""Duplicate vendors: found, merged with all that belongs to them, and old addresses lead on."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Change, Member, SigningKey, Vendor
from schnittstellen.catalogue.services import access, duplicates, search
from schnittstellen.catalogue.services.alike import Sign
from schnittstellen.catalogue.services.merged import Of
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db
GOES, STAYS = "musterdaten", "muster-daten"


@pytest.fixture(autouse=True)
def twice() -> None:
    stays = making.vendor(STAYS, name="Muster-Daten GmbH", url="https://www.musterdaten.example/")
    goes = making.vendor(GOES, name="Musterdaten AG", url="https://musterdaten.example")
    making.vendor("ganz-anders", name="Beispielwerk")
    making.standard("xm@1.0", {"a": (["m"], [])})
    making.product("akte", name="Muster-Akte", vendor=goes)
    making.product("steuer", name="Muster-Steuer", vendor=stays)
    making.declare("akte@1", "xm@1.0", "a")
    search.reindex_all()


def _person(name: str, vendor: str, *, owner: bool = False) -> User:
    user = User.objects.create_user(name, f"{name}@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role="vendor", vendor=Vendor.objects.get(key=vendor), owner=owner)
    return user


def test_they_are_found_by_name_and_address_and_others_are_not() -> None:
    (found,) = duplicates.candidates(Of.VENDORS)
    assert (found.first, found.second) == (STAYS, GOES)
    assert found.grounds == (Sign.SAME_SITE, Sign.SAME_NAME)
    said = run("duplicates", "--kind", "vendors")
    assert "Hersteller: dieselbe Webseite, derselbe Name" in said.output


def test_products_go_over_and_every_old_address_leads_on(client: Client) -> None:
    said = run("merge", GOES, STAYS, "--kind", "vendors", "--yes")
    assert "Es wechseln die Programme: akte" in said.output
    assert "musterdaten führt jetzt zu muster-daten." in said.output
    page = client.get(f"/hersteller/{GOES}", follow=True)
    assert page.redirect_chain == [(f"/hersteller/{STAYS}", 301)]
    assert "Muster-Akte" in page.content.decode()
    moved = client.get(f"/api/v1/vendors/{GOES}")
    assert (moved.status_code, moved["Location"]) == (308, f"/api/v1/vendors/{STAYS}")
    assert client.get("/api/v1/products/akte").json()["vendor"] == STAYS
    assert [one["id"] for one in client.get("/api/v1/vendors").json()["items"]] == ["ganz-anders", STAYS]
    assert {one.key for one in search.search("Musterdaten", [search.Kind.VENDOR])} <= {STAYS}
    assert duplicates.candidates(Of.VENDORS) == []
    assert {("vendors", GOES), ("vendors", STAYS), ("products", "akte")} == set(
        Change.objects.values_list("kind", "key")
    )


def test_people_tokens_and_keys_act_for_the_one_that_stays_and_manage_nobody_there() -> None:
    first = _person("erste", GOES, owner=True)
    boss = _person("chefin", STAYS)
    both = _person("beide", GOES)
    Member.objects.create(user=both, role="vendor", vendor=Vendor.objects.get(key=STAYS))
    secret = access.create("Zugang", f"vendor:{GOES}", ("read", "products"))
    SigningKey.objects.create(key_id="0" * 64, pem="-", vendor=Vendor.objects.get(key=GOES), valid_from="2026-01-01")
    done = duplicates.merge(Of.VENDORS, GOES, STAYS)
    assert (done.people, done.tokens, done.signing_keys) == (1, 1, 1)
    there = Member.objects.filter(vendor__key=STAYS).order_by("user__username")
    assert [(one.user_id, one.owner) for one in there] == [(both.pk, False), (boss.pk, True), (first.pk, False)]
    assert not Member.objects.filter(vendor__key=GOES).exists()
    bearer = access.bearer_of(secret, making.date.today())
    assert bearer is not None
    assert bearer.viewer.vendor == STAYS
    assert SigningKey.objects.get().vendor.key == STAYS


@pytest.mark.parametrize(("key", "into", "code"), [("nix", STAYS, "F475"), (STAYS, STAYS, "F476")])
def test_what_cannot_be_merged(key: str, into: str, code: str) -> None:
    with pytest.raises(SchnittstellenError) as refused:
        duplicates.merge(Of.VENDORS, key, into)
    assert refused.value.fault.code == code


def test_it_is_written_and_read_back_and_a_product_of_the_duplicate_is_refused(tmp_path: Path) -> None:
    duplicates.merge(Of.VENDORS, GOES, STAYS)
    duplicates.keep_apart(Of.VENDORS, "ganz-anders", STAYS)
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("registry", "export", first).exit_code == 0
    assert 'merged_into = "muster-daten"' in (first / "vendors" / f"{GOES}.toml").read_text()
    assert 'distinct_from = ["muster-daten"]' in (first / "vendors" / "ganz-anders.toml").read_text()
    assert run("registry", "import", first).exit_code == 0
    assert run("registry", "export", second).exit_code == 0
    assert {one.name: one.read_bytes() for one in first.glob("*/*")} == {
        one.name: one.read_bytes() for one in second.glob("*/*")
    }
    wrong = first / "products" / "akte.toml"
    wrong.write_text(wrong.read_text().replace(f'vendor = "{STAYS}"', f'vendor = "{GOES}"'))
    refused = run("registry", "import", first)
    assert refused.exit_code != 0
    assert "products/akte.toml:3: vendor: musterdaten ist mit muster-daten zusammengeführt" in refused.output
