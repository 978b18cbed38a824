"""Every page, of the example world and of an empty catalogue: axe-core, keyboard, 320 pixels, print, and more."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from schnittstellen.catalogue.models import Vendor
from tests.browser.addresses import MORE, NO_PAGES, pages
from tests.browser.chromium import Run
from tests.browser.measuring import ALL, All, Visitors, demand_nothing
from tests.browser.records import CHIEF, OWNER, administration, done
from tests.browser.visiting import COLOURED, WORDED
from tests.catalogue.certificates.making import board
from tests.catalogue.making import municipality, vendor
from tests.web.after.making import person
from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES, ROUTES
from tests.worlds import load_world

pytestmark = pytest.mark.django_db


SHOWN, NO_SUCH = 200, 404
LEFT_OUT = {
    "mein/laeufe/<str:key>/ereignisse": "a stream for the script of the run's page",
    "mein/pruefauftraege/<str:key>/auftrag.json": "a file",
    "mein/rueckfragen/<str:key>/anlagen/<int:number>": "a file",
    "abweichungen/<str:key>/anlage": "a file",
    "bescheinigungen/<str:serial>/zertifikat.json": "a file",
    "bescheinigungen/<str:serial>/zertifikat.pdf": "a file",
    "bescheinigungen/<str:serial>/plakette.svg": "a picture",
    "nachweise/<str:sha256>/dateien/<str:digest>": "a file",
    "testen/berichte/<str:key>/<str:form>": "a file",
    "testen/ergebnis/<str:key>/<str:form>": "a file",
}
"""Routes whose address in the table names nothing, and which are no pages."""


@pytest.fixture(scope="module")
def visitors(in_browser: Run[All]) -> Visitors:
    return Visitors(in_browser, {CHIEF: (*WORDED, *COLOURED)})


@pytest.fixture(scope="module")
def world_visited(visitors: Visitors, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> All:
    """What was found on the pages of the example world."""
    folder = tmp_path_factory.mktemp("board")
    with django_db_blocker.unblock(), transaction.atomic(), board(folder, server_signs=True):
        load_world()
        people = {role: client_of(role, role.replace(" ", "-")) for role in ROLES}
        visits = [*pages(known_names()), *MORE, *done()]
        people[OWNER] = person("eigner", vendor=Vendor.objects.get(key=OWNER))
        people[CHIEF], managed = administration()
        found = visitors.visited(people, [*visits, *managed])
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def empty_visited(visitors: Visitors, world_visited: All, django_db_blocker: Any) -> All:
    """What was found on the pages of a catalogue in which nothing is yet but a vendor and a municipality."""
    with django_db_blocker.unblock(), transaction.atomic():
        firm, town = vendor(), municipality()
        people = {
            "visitor": Client(),
            "vendor": person("firma", vendor=firm),
            "town": person("kommune", municipality=town),
            "board": person("beirat", role="board"),
            "operator": person("betrieb", role="operator"),
        }
        visits = [*pages({"vendor": firm.key, "ags": town.key}), ("visitor", "/suche?q=Hund")]
        found = visitors.visited(people, visits)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("what", ALL)
def test_every_page_of_the_example_world(world_visited: All, what: str) -> None:
    demand_nothing(world_visited, what)


@pytest.mark.parametrize("what", ALL)
def test_every_page_of_an_empty_catalogue(empty_visited: All, what: str) -> None:
    demand_nothing(empty_visited, what)


def test_pages_about_a_case_are_visited_too(world_visited: All) -> None:
    seen = {_route(one.split(" ")[-2]) for one in world_visited}
    nothing = {route for route, (_, allowed) in ROUTES.items() if NO_SUCH in allowed and SHOWN not in allowed}
    empty = {route for route in nothing if not route.startswith(NO_PAGES)}
    missing = sorted(empty - seen - set(LEFT_OUT))
    assert not missing, f"make what they are about in tests/browser/records.py, or say in LEFT_OUT why not: {missing}"


def _route(address: str) -> str:
    """The route of the address; nothing for one that leads nowhere."""
    with suppress(Resolver404):
        return resolve(urlsplit(address).path).route
    return ""
