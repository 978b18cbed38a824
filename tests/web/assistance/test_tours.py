"""The tours are true: every page opens for whom it is meant and says what the step quotes; every picture is there."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Member, Municipality, Product, Vendor
from schnittstellen.i18n import LANGUAGES, _, using
from schnittstellen.web.pages import tours
from schnittstellen.web.pages.tours import TOURS, Step
from schnittstellen.web.pages.views.assistance import address, example

pytestmark = pytest.mark.django_db
PICTURES = Path(tours.__file__).parents[1] / "static" / "hilfe"
MOST_BYTES = 600_000
QUOTED = {"de": re.compile("„([^“]+)“"), "en": re.compile("“([^”]+)”")}


@pytest.fixture(scope="module")
def clients(loaded: None, django_db_blocker: Any) -> dict[str, Client]:
    """Somebody of each kind."""
    with django_db_blocker.unblock():
        acts: dict[str, dict[str, Any]] = {
            tours.VENDOR: {"role": "vendor", "vendor": Vendor.objects.get(key=tours.COMPANY)},
            tours.TOWN: {"role": "municipality", "municipality": Municipality.objects.get(key=tours.AGS)},
            tours.BOARD: {"role": "board"},
        }
        made = {tours.VISITOR: Client()}
        for role, member in acts.items():
            user = User.objects.create_user(role, f"{role}@muster.example")
            Member.objects.create(user=user, **member)
            made[role] = Client()
            made[role].force_login(user)
        return made


def _told(client: Client, path: str, lang: str) -> str:
    client.cookies["sprache"] = lang
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tour", TOURS, ids=lambda one: one.key)
def test_each_step_is_true(world: None, clients: dict[str, Client], tour: tours.Tour, lang: str) -> None:
    known = example()
    wrong = []
    for step in tour.steps:
        page = _told(clients[step.role], address(step, known), lang)
        with using(lang):
            quoted = QUOTED[lang].findall(_(step.text))
        wrong += [(step.title, name) for name in quoted if name not in page]
        assert quoted or step.title == "Bei sich prüfen"
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tour", TOURS, ids=lambda one: one.key)
def test_a_tour_shows_its_steps_and_pictures(world: None, tour: tours.Tour, lang: str) -> None:
    client = Client()
    client.cookies["sprache"] = lang
    page = client.get(f"/hilfe/{tour.key}").content.decode()
    assert page.count("<h2") == len(tour.steps)
    assert page.count("<img") == sum(step.picture is not None for step in tour.steps)
    assert "gibt-es" not in page
    for path in re.findall(r'<a class="kern-link" href="(/[^"]*)"', page):
        assert client.get(path).status_code in (200, 302)


def _size(file: Path) -> tuple[int, ...]:
    """Width and height of an extended WebP (RFC 9649, 2.7)."""
    head = file.read_bytes()[:30]
    assert (head[:4], head[8:16]) == (b"RIFF", b"WEBPVP8X")
    return tuple(int.from_bytes(part, "little") + 1 for part in (head[24:27], head[27:30]))


def test_every_picture_is_there_small_and_told_in_words() -> None:
    wanted = {f"{picture.file}.{lang}.webp" for _step, picture in tours.pictures() for lang in LANGUAGES}
    there = {one.name: one for one in PICTURES.glob("*")}
    assert there.keys() == wanted
    assert sum(one.stat().st_size for one in there.values()) < MOST_BYTES
    assert {_size(one) for one in there.values()} == {(900, 600)}
    for _step, picture in tours.pictures():
        assert len(picture.alt) > 20
        with using("en"):
            assert _(picture.alt) != picture.alt


def test_without_the_example_world_nothing_leads_into_it(client: Client, world: None) -> None:
    Product.objects.update(example=False)
    assert example() == {}
    page = client.get("/hilfe/kommune").content.decode()
    assert "/programme/muster" not in page
    assert 'href="/beschaffen"' in page
    assert address(Step("a", "b", "/x/{own}"), {"own": "", "report": "1"}) == ""


def test_there_is_no_other_tour(client: Client) -> None:
    assert client.get("/hilfe/gibt-es-nicht").status_code == 404
    page = client.get("/hilfe").content.decode()
    assert all(f'href="/hilfe/{one.key}"' in page for one in TOURS)
