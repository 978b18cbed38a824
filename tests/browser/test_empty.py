"""Every page of a catalogue in which nothing is yet, measured like those of the example world."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.browser.addresses import pages
from tests.browser.chromium import Run
from tests.browser.measuring import ALL, All, demand_nothing, visited
from tests.catalogue.making import municipality, vendor
from tests.web.after.making import person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def empty_visited(in_browser: Run[All], django_db_setup: None, django_db_blocker: Any) -> All:
    """What was measured on every page that needs no more than a vendor or a municipality that has nothing."""
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
        found = visited(in_browser, people, visits)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("what", ALL)
def test_every_page_of_an_empty_catalogue(empty_visited: All, what: str) -> None:
    demand_nothing(empty_visited, what)
