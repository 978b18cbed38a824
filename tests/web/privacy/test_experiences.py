"""What a municipality tells of a product is shown where its landscape is, and nowhere else."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Deployment, Member, Municipality
from schnittstellen.catalogue.services.experiences import experiences
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from tests.catalogue import making

pytestmark = pytest.mark.django_db
OPEN, CLOSED, KEY, TODAY = "05999001", "05999002", "muster-fach", date.today()


@pytest.fixture(autouse=True)
def told() -> None:
    for ags, text in ((OPEN, "Läuft gut.\n\nDie Schulung war <zu> kurz."), (CLOSED, "Kanarienvogel")):
        making.municipality(ags, open=ags == OPEN)
        row = making.deploy(f"{KEY}@1.0", ags, confirmed=True)
        Deployment.objects.filter(pk=row.pk).update(experience=text)


def _seen(viewer: Viewer) -> list[str]:
    return sorted(one.ags for one in experiences(KEY, viewer, TODAY))


def test_who_sees_what() -> None:
    assert _seen(PUBLIC) == _seen(Viewer(vendor="musterhaus")) == _seen(Viewer(board=True)) == [OPEN]
    assert _seen(Viewer(municipalities=frozenset({CLOSED}))) == [OPEN, CLOSED]
    assert _seen(OPERATOR) == [OPEN, CLOSED]


def test_what_is_over_or_only_claimed_is_not_shown() -> None:
    Deployment.objects.filter(municipality__key=OPEN).update(confirmed=False)
    assert _seen(PUBLIC) == []
    Deployment.objects.filter(municipality__key=OPEN).update(confirmed=True, until="2020-01-01")
    assert _seen(PUBLIC) == []


def test_the_pages_of_product_and_municipality_show_it() -> None:
    page = Client().get(f"/programme/{KEY}").content.decode()
    assert "Was Kommunen damit erlebt haben" in page
    assert "Die Schulung war &lt;zu&gt; kurz." in page
    assert "Kanarienvogel" not in page
    assert "Welche Erfahrungen es gibt" in Client().get(f"/kommunen/{OPEN}").content.decode()
    assert "Kanarienvogel" not in Client().get(f"/kommunen/{CLOSED}").content.decode()


def test_the_municipality_reads_its_own_on_both_pages() -> None:
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role="municipality", municipality=Municipality.objects.get(key=CLOSED))
    client = Client()
    client.force_login(user)
    for address in (f"/programme/{KEY}", f"/kommunen/{CLOSED}"):
        assert "Kanarienvogel" in client.get(address).content.decode()


def test_the_interface_shows_it_where_the_landscape_is_open() -> None:
    items = Client().get(f"/api/v1/deployments?product={KEY}").json()["items"]
    assert [(one["municipality"], "Läuft gut." in one["experience"]) for one in items] == [(OPEN, True)]
