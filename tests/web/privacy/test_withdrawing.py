"""A vendor that takes a release away learns nothing of who runs it, and nobody else does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from schnittstellen.catalogue.models import Municipality, Release
from schnittstellen.catalogue.services import access, search
from schnittstellen.catalogue.services.landscape import landscape
from schnittstellen.catalogue.services.viewer import Viewer
from tests.catalogue import making
from tests.web.privacy.asking import CHANGING

pytestmark = pytest.mark.django_db
CLOCK = re.compile(rb'datetime="[^"]*"|"changed":"[^"]*"')
AGS, API, NAME = "05999001", "/api/v1", "muster-fach@2.0"
ASKED = (
    f"{API}/releases/{NAME}",
    f"{API}/releases",
    f"{API}/products/muster-fach",
    f"{API}/declarations?product=muster-fach",
    f"{API}/products/muster-fach/partners",
    f"{API}/products/muster-fach/partners?release=2.0",
    f"{API}/ending",
    "/programme/muster-fach",
    "/programme/muster-fach?version=2.0",
    "/programme/muster-fach/verlauf",
    "/neues",
    "/export/katalog.json",
    "/export/katalog.csv",
)


@pytest.fixture(autouse=True)
def offered() -> None:
    making.standard("xmuster@1.0", {"absender": (["antrag"], []), "empfaenger": ([], ["antrag"])})
    making.product("muster-fach", vendor=making.vendor("musterhaus"))
    making.release("muster-fach@1.0")
    making.declare(NAME, "xmuster@1.0", "absender")
    making.municipality(AGS, open=False)
    search.reindex_all()


@contextmanager
def run_by_somebody() -> Iterator[None]:
    with transaction.atomic():
        making.deploy(NAME, AGS, confirmed=True)
        yield
        transaction.set_rollback(True)


def _taken_away() -> list[tuple[int, bytes]]:
    """The answer to the vendor, and what the vendor and the public read afterwards."""
    with transaction.atomic():
        secret = access.create("Zugang", "vendor:musterhaus", ("read", "products", "deployments"))
        vendor = Client(headers={"Authorization": f"Bearer {secret}"})
        tag = vendor.get(f"{API}/releases/{NAME}")["ETag"]
        gone: Any = [vendor.delete(f"{API}/releases/{NAME}", headers={"If-Match": tag})]
        gone += [client.get(address) for address in ASKED for client in (vendor, Client())]
        gone.append(vendor.put(f"{API}/releases/{NAME}", {"released": "2026-01-01"}, "application/json"))
        told = [(one.status_code, CLOCK.sub(b"", CHANGING.sub(b"", _body(one)))) for one in gone]
        transaction.set_rollback(True)
    return told


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_vendor_gets_the_same_answers_whether_somebody_runs_it_or_not() -> None:
    nobody = _taken_away()
    with run_by_somebody():
        somebody = _taken_away()
    assert nobody[0] == (204, b"")
    assert nobody[1][0] == nobody[2][0] == 404
    assert nobody[-1][0] == 201
    differing = [at for at, (one, other) in enumerate(zip(nobody, somebody, strict=True)) if one != other]
    assert [ASKED[(at - 1) // 2] for at in differing] == []


def test_who_runs_it_still_sees_it() -> None:
    making.deploy(NAME, AGS, confirmed=True)
    Release.objects.filter(version="2.0").update(withdrawn=True)
    Municipality.objects.update(open=True)
    here = landscape(AGS, Viewer(municipalities=frozenset({AGS})), making.date.today())
    assert [(one.release, one.withdrawn) for one in here.running] == [(NAME, True)]
    page = Client().get(f"/kommunen/{AGS}").content.decode()
    assert "vom Hersteller aus dem Katalog genommen" in page
    assert "version=2.0" not in page


def test_what_is_proven_is_not_taken_away() -> None:
    making.prove(Release.objects.get(version="2.0").declarations.get())
    told = _taken_away()
    assert told[0][0] == 422
    assert told[1][0] == 200
