"""The three users walk through their question, with and without JavaScript; each step leaves a screenshot."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser

from schnittstellen.catalogue.models import Contest, Evidence, Member, Vendor
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.trying import judging, starting
from schnittstellen.catalogue.services.trying.child import COLUMN
from schnittstellen.catalogue.services.trying.judging import Handed, Judged
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.web.pages.views.testing import results
from tests.browser.chromium import Run
from tests.browser.serving import serving
from tests.browser.walking import PASSWORD, Walker, walker
from tests.web.accounts import idp

Walk = Callable[[str, Callable[[Walker], None]], None]
WRONG = (
    Path(__file__).parents[2]
    / "conformance_suites/xhundesteuer/1.1/fachverfahren/fixtures/XHS-N-02--unbekanntes-element.xml"
)
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture
def walk(world: None, in_browser: Run[None], scripts: bool) -> Iterator[Walk]:
    """Takes a name for the pictures and what is to be done."""
    with serving() as base:

        def go(name: str, steps: Callable[[Walker], None]) -> None:
            def inside(browser: Browser) -> None:
                with walker(browser, base, name, scripts) as who:
                    steps(who)

            in_browser(inside)

        yield go


def _person(name: str, **acts_for: object) -> str:
    user = User.objects.create_user(name, f"{name}@muster.example", PASSWORD)
    Member.objects.create(user=user, **acts_for)
    return user.email


@SCRIPTS
def test_a_municipality_asks_whether_it_can_buy(walk: Walk, scripts: bool) -> None:
    def steps(who: Walker) -> None:
        who.open("/")
        who.reads("Was möchten Sie wissen?")
        who.follow("Kann ich beschaffen?")
        who.fill("Welches Programm möchten Sie kaufen?", "Muster-Hundekasse")
        who.fill("Für welche Kommune?", "Musterstadt")
        who.press("Antwort zeigen")
        who.reads("Nein:", "Die Gründe im Einzelnen", "Muster-Hund-Online")
        who.fill("Welches Programm möchten Sie kaufen?", "Muster-Hundesteuer")
        who.press("Antwort zeigen")
        who.reads("Ja: Muster-Hundesteuer passt zu allem")

    walk("kommune-beschaffen", steps)


@SCRIPTS
def test_a_municipality_looks_which_programmes_exchange_data(walk: Walk, scripts: bool) -> None:
    def steps(who: Walker) -> None:
        who.open("/")
        who.fill("Suchen Sie ein Programm", "Hundesteuer")
        who.press("Suchen")
        who.reads("Muster-Hundesteuer")
        who.follow("Muster-Hundesteuer")
        who.reads("Schnittstellen", "Wie gut nachgewiesen?")
        who.follow("Womit tauscht es Daten aus?")
        who.reads("Muster-Hund-Online geprüft", "Muster-Hundekasse nicht möglich")
        who.follow("Einzelheiten zu Muster-Hund-Online")
        who.reads("Muster-Hund-Online")
        who.open("/leistungen/99102013002000")
        who.reads("Welche passen zusammen?")

    walk("kommune-partner", steps)


@SCRIPTS
def test_a_long_test_is_left_and_found_again(
    walk: Walk, scripts: bool, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.TESTS_FOLDER, goes_on = tmp_path / "tests", Event()

    def judge(handed: Handed, suite: str | None, progress: int) -> Judged:
        os.pwrite(progress, f"{7:>{COLUMN}}".encode(), COLUMN)
        goes_on.wait(120)
        return judging.judge(handed, suite, progress)

    monkeypatch.setattr(starting, "judge", judge)
    monkeypatch.setattr(results, "WAIT_SECONDS", 0.2)

    def steps(who: Walker) -> None:
        who.open("/testen")
        who.upload("Datei", WRONG)
        who.press("Jetzt prüfen")
        who.reads("Ihre Nachricht wird geprüft", "7 Nachrichten sind fertig", "Sie können diese Seite verlassen")
        address = who.page.url
        who.open("/hilfe")
        who.open("/testen")
        who.follow("Zu Ihrer letzten Prüfung")
        assert who.page.url == address
        goes_on.set()
        while not scripts and who.page.get_by_role("link", name="Nachsehen").count():
            who.follow("Nachsehen, ob das Ergebnis da ist")
        who.page.get_by_role("heading", name="Ergebnis der Prüfung", exact=True).wait_for()
        who.reads("Ergebnis der Prüfung", "nicht bestanden", "Wie lange Sie diesen Bericht hier finden")
        who.press("Bericht 7 Tage aufbewahren")
        who.reads("Dieser Bericht wird am", "/testen/berichte/")

    walk("nachricht-testen", steps)


@SCRIPTS
def test_a_vendor_reads_the_report_and_changes_a_declaration(walk: Walk, scripts: bool) -> None:
    mail = _person("firma", role="vendor", vendor=Vendor.objects.get(products__key="muster-hund-app"))

    def steps(who: Walker) -> None:
        who.logs_in(mail)
        who.reads("Für wen Sie handeln", "Musterblick UG")
        who.open("/programme/muster-hund-app")
        who.reads("nicht bestanden")
        who.follow("nicht bestanden")
        who.reads("Prüfergebnis", "Befund")
        who.open("/konto")
        who.follow("Musterblick UG")
        who.follow("Muster-Hund-App")
        who.reads("Versionen und was sie unterstützen")
        who.page.locator("main").get_by_role("link", name="Ändern: xhundesteuer").first.click()
        who.shoot()
        who.press("Speichern")
        who.reads("Gespeichert")

    walk("hersteller", steps)


@pytest.fixture
def contested(world: None) -> Contest:
    """A finding of the example world that its vendor contests."""
    of = Evidence.objects.filter(declaration__release__product__key="muster-hund-app", verdict="failed").latest("pk")
    viewer = Viewer(vendor=of.declaration.release.product.vendor.key)
    return contests.contest(viewer, of, contests.contestable(of)[0], "Das Element ist freiwillig.", date.today())


@SCRIPTS
def test_the_board_looks_at_evidence_and_an_objection(walk: Walk, contested: Contest, scripts: bool) -> None:
    mail, second = (_person(name, role="board") for name in ("beirat", "beiraetin"))

    def steps(who: Walker) -> None:
        who.logs_in(mail)
        who.reads("IT-Digitalbeirat")
        who.follow("Widersprüche")
        who.reads("bestritten", "Muster-Hund-App")
        who.follow(contested.finding)
        who.reads("Das Element ist freiwillig.", "Entscheiden")
        who.follow("Zum Prüfergebnis")
        who.reads("Prüfergebnis", "Widerspruch vom")
        who.page.go_back()
        who.fill("Begründung", "Der Standard verlangt das Element.")
        who.tick("Ich habe beide Seiten geprüft")
        who.press("Zurückweisen vorschlagen")
        who.reads("Vorgeschlagen am", "Widerspruch zurückweisen", "dafür beirat")
        address = who.page.url
        who.page.context.clear_cookies()
        who.logs_in(second)
        who.open(address)
        who.tick("Ich habe den Vorschlag geprüft.")
        who.press("Ich stimme dafür")
        who.reads("Widerspruch zurückgewiesen", "Der Befund zählt wieder.")

    walk("beirat", steps)


@pytest.mark.parametrize("scripts", [False])
@pytest.mark.parametrize("way", ["oidc/amt", "saml/bund"])
def test_logging_in_elsewhere_gets_there(walk: Walk, scripts: bool, way: str, settings: Any) -> None:
    """The policy of contents (`form-action`) stops redirections of forms, which no client but a browser obeys."""
    with idp.running() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = idp.both(provider)

        def steps(who: Walker) -> None:
            who.open(f"/konto/{way}/login/")
            who.press("Fortfahren")
            who.page.wait_for_url(f"{provider.url}/**")

        walk("anderswo-anmelden", steps)
