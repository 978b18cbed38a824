"""Every page of the example world, measured: axe-core light and dark, keyboard, 320 pixels, 200 %, print, and more."""

from typing import Any

import pytest
from django.db import transaction

from schnittstellen.catalogue.models import Vendor
from tests.browser.addresses import MORE, pages
from tests.browser.chromium import Run
from tests.browser.measuring import ALL, All, demand_nothing, visited
from tests.browser.records import OWNER, done
from tests.web.after.making import person
from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world_visited(in_browser: Run[All], loaded: None, django_db_blocker: Any) -> All:
    """What was measured on every page."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {role: client_of(role, role.replace(" ", "-")) for role in ROLES}
        visits = [*pages(known_names()), *MORE, *done()]
        people[OWNER] = person("eigner", vendor=Vendor.objects.get(key=OWNER))
        found = visited(in_browser, people, visits)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("what", ALL)
def test_every_page_of_the_example_world(world_visited: All, what: str) -> None:
    demand_nothing(world_visited, what)
