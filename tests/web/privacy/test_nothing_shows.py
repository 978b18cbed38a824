"""What a municipality keeps to itself changes no byte of what others get, at any address and with any question."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from schnittstellen.catalogue.models import Coupling, Deployment, Member, Municipality, Product, Provider, Vendor
from schnittstellen.catalogue.services import access, search, usage
from tests.catalogue import making
from tests.web.privacy.asking import API, EXPORTS, answers

pytestmark = pytest.mark.django_db
CLOSED, OPEN, OTHER = "05999001", "05999002", "05999003"
LEIKA, PRODUCT, SECRET = "99115005060000", "muster-fach", "Kanarienvogel"
SECRETS = {"experience": SECRET, "replacement": SECRET, "in_charge": SECRET, "replacement_on": date(2031, 7, 13)}
COSTS = ("cost_licence", "cost_introduction", "cost_running")


@pytest.fixture
def names() -> dict[str, Any]:
    """One closed municipality with all that it can keep, beside an open one that runs the same."""
    making.standard("xmuster@1.0", {"absender": (["antrag"], []), "empfaenger": ([], ["antrag"])})
    for key, kind, owner in ((PRODUCT, "fachverfahren", "musterhaus"), ("muster-akte", "e-akte", "musterdaten")):
        making.product(key, kind=kind, leistungen=(LEIKA,), vendor=making.vendor(owner))
        making.release(f"{key}@1.0")
        making.release(f"{key}@2.0")
    seen = making.prove(making.declare(f"{PRODUCT}@1.0", "xmuster@1.0", "absender"), lapses_in=90)
    making.declare("muster-akte@1.0", "xmuster@1.0", "empfaenger")
    for ags in (CLOSED, OPEN, OTHER):
        making.municipality(ags, population=20_000, open=ags == OPEN)
    making.deploy(f"{PRODUCT}@1.0", OPEN)
    provider = Provider.objects.create(key="muster-rz", name="Muster-Rechenzentrum")
    provider.municipalities.set(Municipality.objects.all())
    making.vendor("musterwerk")
    search.reindex_all()
    return {
        "programme": PRODUCT, "vendor": "musterhaus", "ags": CLOSED, "version": "1.0", "leistung": LEIKA,
        "declared": "xmuster@1.0/absender", "standard_version": "xmuster@1.0", "standard": "xmuster",
        "release": f"{PRODUCT}@1.0", "deployment": f"{CLOSED}-fach", "local": "fach", "coupling": f"{CLOSED}-weg",
        "local_coupling": "weg", "provider": provider.key, "sha256": seen.report_sha256, "number": seen.pk,
    }  # fmt: skip


@contextmanager
def secrets() -> Iterator[None]:
    """What the closed municipality runs, and what vendors show to nobody; gone afterwards."""
    with transaction.atomic():
        made = [
            Deployment.objects.create(
                key=f"{CLOSED}-{key}", municipality_id=_of(CLOSED), release=release, operator=Provider.objects.get(),
                since=date(2020, 1, 1), confirmed=True, **SECRETS,
            )
            for key, release in (("fach", _release(PRODUCT)), ("akte", _release("muster-akte")))
        ]  # fmt: skip
        made[0].leistungen.set([making.leistung(LEIKA)])
        Coupling.objects.create(key=f"{CLOSED}-weg", first=made[0], second=made[1])
        usage.renew_all()
        Municipality.objects.filter(key=CLOSED).update(revision=7)
        Product.objects.filter(key=PRODUCT).update(**dict.fromkeys(COSTS, SECRET), costs_seen_by=Product.Seen.NOBODY)
        yield
        transaction.set_rollback(True)


def _of(ags: str) -> int:
    return Municipality.objects.get(key=ags).pk


def _release(key: str) -> Any:
    return Product.objects.get(key=key).releases.get(version="1.0")


def _client(acts_for: str = "") -> Client:
    """Logged in to the pages, with a token for the interface."""
    if not acts_for:
        return Client()
    token = access.create("Zugang", acts_for, ("read",))
    client = Client(headers={"Authorization": f"Bearer {token}"})
    role, _, key = acts_for.partition(":")
    of = {
        "vendor": Vendor.objects.filter(key=key).first(),
        "municipality": Municipality.objects.filter(key=key).first(),
    }
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role=role, **of)
    client.force_login(user)
    return client


def _asked(names: dict[str, Any]) -> dict[str, Any]:
    """Segments of addresses and values of questions, all about the closed municipality."""
    segments = {
        "standards": "xmuster", "versions": "xmuster@1.0", "vendors": "musterhaus", "products": PRODUCT,
        "releases": f"{PRODUCT}@1.0", "leistungen": LEIKA, "municipalities": CLOSED, "providers": names["provider"],
        "deployments": names["deployment"], "couplings": names["coupling"], "reports": names["sha256"],
        "role": "absender", "version": "xmuster@1.0", "standard": "xmuster@1.0",
    }  # fmt: skip
    return {**names, **segments}


QUERIES = {
    "standard": "xmuster", "state": "in_force", "version": "1.0", "vendor": "musterhaus", "kind": "fachverfahren",
    "leistung": LEIKA, "publicly_funded": "true", "product": PRODUCT, "release": f"{PRODUCT}@1.0", "report": "0" * 64,
    "ozg": "10001", "kreis": "Musterkreis", "open": "false", "municipality": CLOSED, "confirmed": "true",
    "on": "2026-11-24", "status": "proven", "replaces": PRODUCT, "partner": "muster-akte", "within": "3000",
    "q": "Musterstadt", "art": "fachverfahren", "ergebnis": "declared", "programm": PRODUCT, "kommune": CLOSED,
    "ersetzt": PRODUCT, "mit": "muster-akte",
}  # fmt: skip
OTHERS = ("", "vendor:musterdaten", "vendor:musterwerk", f"municipality:{OTHER}", "board")
"""A visitor; the vendor of what the municipality runs; another; another municipality; the board."""


def _read(client: Client, names: dict[str, Any], about: tuple[str, ...]) -> dict[str, bytes]:
    cache.clear()
    found = answers(client, _asked(names), QUERIES, about)
    return found | {f"/export/{name}": client.get(f"/export/{name}").content for name in EXPORTS}


@pytest.mark.parametrize("who", OTHERS)
def test_what_a_municipality_keeps_to_itself_changes_nothing_for_others(names: dict[str, Any], who: str) -> None:
    """A visitor asks everything; the others what names the municipality, and what is open to them only."""
    client, about = _client(who), (CLOSED, PRODUCT, "/mein") if who else ("",)
    with secrets():
        there = _read(client, names, about)
    gone = _read(client, names, about)
    assert [address for address in there if there[address] != gone[address]] == []
    assert [address for address, body in there.items() if SECRET.encode() in body] == []


def test_the_municipality_itself_sees_it(names: dict[str, Any]) -> None:
    client = _client(f"municipality:{CLOSED}")
    with secrets():
        there = _read(client, names, (CLOSED,))
    gone = _read(client, names, (CLOSED,))
    differing = {address for address in there if there[address] != gone[address]}
    assert {
        f"/kommunen/{CLOSED}",
        f"{API}/deployments/{CLOSED}-fach",
        f"{API}/couplings?municipality={CLOSED}",
    } <= differing
    assert f"{API}/municipalities/{CLOSED}/can-procure?product={PRODUCT}" in differing
