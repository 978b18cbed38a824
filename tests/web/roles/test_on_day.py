"""`?on=` on every route: the day is shown and counts, or the route says here why it has none. A new route fails."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Declaration, Standing
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


NO_LEVEL = "tells names, days or texts, and no level"
OWN_DAYS = "tells days of its own records; tested with them in tests/catalogue/certificates and tests/web/after"
SHOWS_NOTHING: dict[str, str] = {
    "api/v1/deployments": NO_LEVEL,
    "api/v1/couplings": "what a municipality says of its own coupling",
    **dict.fromkeys(("api/v1/objections", "api/v1/deviations", "widersprueche", "abweichungen"), OWN_DAYS),
    **{f"{one}/<str:key>": OWN_DAYS for one in ("widersprueche", "abweichungen")},
    **dict.fromkeys(("abweichungen/<str:key>/anlage", "api/v1/certificates", "api/v1/certificates/<id>"), OWN_DAYS),
    **dict.fromkeys(("bescheinigungen", "bescheinigungen/<str:serial>"), OWN_DAYS),
    **{f"bescheinigungen/<str:serial>/{one}": OWN_DAYS for one in ("zertifikat.pdf", "plakette.svg")},
    "api/v1/municipalities/<id>/neighbours": "tells who runs what, and no level",
    "suche": "leads to pages, and shows no level",
    "standards": NO_LEVEL,
    "daten": "leads to files, which are tested below",
    "testen/ergebnis/<str:key>": FORM,
    "testen/ergebnis/<str:key>/<str:form>": FORM,
}
LAPSES = ("muster-hund-online@3.0", "muster-antrag@4.2", "muster-ratsinfo@4.0")
"""Releases whose evidence is too old some day, each with partners that others prove longer."""
OTHERS = {"muster-hund-online@3.0": "muster-hundesteuer@5.0", "muster-antrag@4.2": "muster-bote@2.0"}
ASKED = {
    "api/v1/municipalities/<id>/can-procure": "?product={programme}",
    "api/v1/tender": "?leistung={leistung}&partner={other}",
    "beschaffen": "?kommune={ags}&programm={programme}",
    "beschaffen/ausschreibung": "?leistung={leistung}&kommune={ags}",
    "vergleich": "?programm={programme}&programm={other_programme}",
}
"""What a route needs to be asked, where it shows a level to nobody who asks nothing."""
INSTEAD = {"programme/<str:first>/mit/<str:second>": "/programme/{release}/mit/{other}"}


def _ending(release: str) -> tuple[dict[str, str], list[date]]:
    """The names of a release whose evidence lapses, and the days on which one of its levels falls."""
    key, version = release.split("@")
    found = Declaration.objects.filter(release__product__key=key, release__version=version)
    falls = Standing.objects.filter(declaration__in=found, left__isnull=False, until__gt=date.today())
    of = falls.order_by("until", "pk")[0].declaration
    standard, seen = of.role.version, of.evidence.earliest("run_at")
    other = OTHERS.get(release, release)
    names = {"programme": key, "vendor": of.release.product.vendor.key, "version": version, "release": release}
    names |= {"declared": f"{standard}/{of.role.key}", "standard": standard.standard.key, "role": of.role.key}
    names |= {"standard_version": str(standard), "sha256": seen.report_sha256, "other": other}
    names |= {"leistung": of.release.product.leistungen.earliest("pk").key, "other_programme": other.split("@")[0]}
    return names, sorted({one.until for one in falls if one.until})


def _told(client: Client, address: str, on: date) -> tuple[int, str]:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}on={on}")
    text = answer.content.decode("utf-8", "replace")
    for written in (on.isoformat(), on.strftime("%d.%m.%Y"), on.strftime("%Y%m%d")):
        text = text.replace(written, "")
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


SHOWING = [route for route in DATED if route not in SHOWS_NOTHING]


def test_what_shows_nothing_is_a_route_with_a_day() -> None:
    assert [one for one in (*SHOWS_NOTHING, *ASKED, *INSTEAD) if one not in DATED] == []


def test_each_route_that_shows_a_level_changes_when_evidence_lapses(names: dict[str, str]) -> None:
    """On the day on which a level falls it tells something else than on the day before, of one of the releases."""
    client, left = Client(), dict.fromkeys(SHOWING, "the same before and after")
    for release in LAPSES:
        known, days = _ending(release)
        for route in list(left):
            path = INSTEAD.get(route, ROUTES[route][0] + ASKED.get(route, ""))
            address = path.format(**names | known)
            for end in days:
                (status, before), (_, after) = (_told(client, address, on) for on in (end - timedelta(1), end))
                if status == 200 and before != after:
                    del left[route]
                    break
                left[route] = f"{status} {address} on {end}"
    assert left == {}


def test_exports_read_the_day(world: None) -> None:
    client = Client()
    there = client.get("/daten").text
    files = [one for one in there.split('"') if one.startswith("/export/") and "nachweiskette" not in one]
    assert files
    for address in files:
        path = address.partition("?")[0]
        assert client.get(path, {"on": DAY.isoformat()}).status_code == 200, path
        assert client.get(path, {"on": "gestern"}).status_code == 400, path
