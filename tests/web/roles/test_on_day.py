"""`?on=` on every route: the day is shown and counts, or the route says here why it has none. A new route fails."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Declaration
from tests.web.roles.people import known_names
from tests.web.roles.table import OPEN, QUESTION, ROUTES, UNKNOWN

pytestmark = pytest.mark.django_db
STATIC = "says what does not depend on a day"
LOG = "a log: each entry bears its own day"
FORM = "a form, or what belongs to an account"
FILE = "bytes that were signed or stored once and never change"
MASTER = "names and contacts, which have no days in the catalogue; levels stand on the pages it leads to"
TIMELESS: dict[str, str] = {
    "health": STATIC,
    "api/v1": STATIC,
    "api/v1/": STATIC,
    "api/": STATIC,
    "api/v1/openapi.json": STATIC,
    "api/v1/search": MASTER,
    "api/v1/applications": FORM,
    "api/v1/questions": FORM,
    "api/v1/reports/<id>": FILE,
    "konto/einladung/<str:secret>": FORM,
    "": "counts and questions of the start page, which lead to pages with a day",
    "bescheinigungen/<str:serial>/zertifikat.json": FILE,
    ".well-known/schnittstellen-withdrawals.json": FILE,
    ".well-known/schnittstellen-keys.json": "each key bears the days from and until which it holds",
    "programme": MASTER,
    "programme/<str:key>/verlauf": LOG,
    "leistungen": MASTER,
    "kommunen": MASTER,
    "neues": LOG,
    "neues.atom": LOG,
    "neues/abonnieren": FORM,
    "hersteller/<str:key>": MASTER,
    "dienstleister/<str:key>": MASTER,
    "schnittstelle": STATIC,
    "hilfe": STATIC,
    "hilfe/<str:key>": STATIC,
    "woerterbuch": STATIC,
    "impressum": STATIC,
    "datenschutz": STATIC,
    "barrierefreiheit": STATIC,
    "export/nachweiskette.jsonl": LOG,
    "nachweise/<str:sha256>/dateien/<str:digest>": FILE,
    "testen": FORM,
    "testen/berichte/<str:key>": FILE,
    "testen/berichte/<str:key>/<str:form>": FILE,
    "befunde": STATIC,
    "befunde/<path:name>": STATIC,
    "export/<str:name>": "tested below by its real names",
}
PRESENT = "refuses a day: only what holds today is known of these records"
_KINDS = ("standards", "versions", "vendors", "products", "releases", "leistungen", "municipalities", "providers")
TODAY_ONLY = [
    *(f"api/v1/{kind}{one}" for kind in _KINDS for one in ("", "/<id>")),
    *("api/v1/roles", "api/v1/roles/<version>/<role>", "api/v1/deployments/<id>", "api/v1/couplings/<id>"),
]
TIMELESS |= dict.fromkeys(TODAY_ONLY, PRESENT)
PUBLIC = [route for route, (_, allowed) in ROUTES.items() if allowed in (OPEN, QUESTION, UNKNOWN)]
DATED = [route for route in PUBLIC if route not in TIMELESS]
DAY = date(2027, 3, 1)


@pytest.fixture
def names(world: None) -> dict[str, str]:
    return known_names()


def test_what_is_timeless_is_a_route() -> None:
    assert [one for one in TIMELESS if one not in ROUTES] == []


def test_each_route_reads_the_day_or_says_why_not(names: dict[str, str]) -> None:
    client, wrong = Client(), {}
    for route in DATED:
        address = ROUTES[route][0].format(**names)
        before = client.get(address).status_code
        asked, broken = (client.get(address, {"on": on}).status_code for on in (DAY.isoformat(), "gestern"))
        if asked != before:
            wrong[route] = f"{asked} with a day, {before} without"
        elif before == 200 and broken not in (400, 422):
            wrong[route] = f"{broken} for what is no day: not read; honour it, or add it to TIMELESS with a reason"
    assert wrong == {}


def test_where_only_the_present_is_known_a_day_is_refused(names: dict[str, str]) -> None:
    client = Client()
    for route in TODAY_ONLY:
        answer = client.get(ROUTES[route][0].format(**names), {"on": DAY.isoformat()})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "on"), route


PAGES = [route for route in DATED if not route.startswith("api/") and not route.endswith((".ics", ".svg", ".pdf"))]


def test_each_page_shows_the_day(names: dict[str, str]) -> None:
    client, wrong = Client(), []
    for route in PAGES:
        answer = client.get(ROUTES[route][0].format(**names), {"on": DAY.isoformat()})
        if answer.status_code == 200 and f'value="{DAY.isoformat()}"' not in answer.text:
            wrong.append(route)
    assert wrong == []


def test_pages_of_accounts_are_about_what_is_to_be_done_today() -> None:
    """They are not public and change things: nothing of them is asked for another day."""
    others = [route for route in ROUTES if route not in PUBLIC and route.split("/")[0] not in ("mein", "konto")]
    assert [one for one in others if not one.startswith(("api/v1/", "sprache", "products/", "nachweise/"))] == []


@pytest.fixture
def lapsing(world: None) -> Declaration:
    """A declaration whose evidence is too old some day."""
    found = Declaration.objects.filter(standings__until__gt=date.today()).order_by("pk").first()
    assert found is not None
    return found


def _end(of: Declaration) -> date:
    until = of.standings.exclude(until=None).filter(until__gt=date.today()).order_by("until").first()
    assert until is not None
    assert until.until is not None
    return until.until


def test_evidence_that_lapses_changes_what_is_told(lapsing: Declaration) -> None:
    end, release, role = _end(lapsing), lapsing.release, lapsing.role
    key = release.product.key
    version = f"{role.version.standard.key}@{role.version.version}"
    addresses = [
        f"/programme/{key}?version={release.version}&",
        f"/api/v1/declarations/{release}/{version}/{role.key}?",
        f"/api/v1/declarations?release={release}&",
    ]
    client = Client()
    for address in addresses:
        before, after = (client.get(f"{address}on={on}") for on in (end - timedelta(1), end))
        assert (before.status_code, after.status_code) == (200, 200), address
        said = [one.text.replace(on.isoformat(), "") for one, on in ((before, end - timedelta(1)), (after, end))]
        assert said[0] != said[1], address
    shown = json.loads(client.get(f"{addresses[1]}on={end}").content)
    assert shown["id"]


def test_exports_read_the_day(world: None) -> None:
    client = Client()
    there = client.get("/daten").text
    files = [one for one in there.split('"') if one.startswith("/export/") and "nachweiskette" not in one]
    assert files
    for address in files:
        path = address.partition("?")[0]
        assert client.get(path, {"on": DAY.isoformat()}).status_code == 200, path
        assert client.get(path, {"on": "gestern"}).status_code == 400, path
