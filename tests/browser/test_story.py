"""From a run on the vendor's machine to a certificate that anyone can check, and to its end: the story in Chromium."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser

from schnittstellen.catalogue.models import Member, Municipality, Vendor
from tests.browser.chromium import Run
from tests.browser.serving import serving
from tests.browser.walking import PASSWORD, Walker, walker
from tests.catalogue import making
from tests.catalogue.certificates.making import board
from tests.catalogue.handing_in.making import FIXTURES, GOOD, RELEASE, SUITE, at_once
from tests.cli.running import run

pytestmark = pytest.mark.django_db
AGS = "05999001"
NAME = "muster-hund 1.0"
Visit = Callable[[str], AbstractContextManager[Walker]]


@pytest.fixture
def catalogue(db: None) -> None:
    """A vendor that declares something, a town that runs it, two members of the board; no key and no evidence yet."""
    making.standard("xhundesteuer@2.0", {"onlinedienst": (["*"], []), "fachverfahren": ([], ["*"])})
    making.declare(RELEASE, "xhundesteuer@2.0", "onlinedienst")
    making.municipality(AGS, name="Musterstadt")
    running = making.deploy(RELEASE, AGS)
    type(running).objects.filter(pk=running.pk).update(key=f"{AGS}-muster-hund")
    _person("firma", role="vendor", vendor=Vendor.objects.get())
    _person("stadt", role="municipality", municipality=Municipality.objects.get())
    for one in ("eins", "zwei"):
        _person(one, role="board")


def _person(name: str, **acts_for: object) -> None:
    user = User.objects.create_user(name, f"{name}@muster.example", PASSWORD)
    Member.objects.create(user=user, **acts_for)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """What the vendor's machine leaves: a key pair, a report, its signature."""
    key, report = tmp_path / "firma.key", tmp_path / "bericht.json"
    assert run("key", "create", key, "--owner", "musterhaus").exit_code == 0
    signing = ("--sign", key, "--product", RELEASE)
    done = run("test", SUITE, FIXTURES / GOOD, "--report", f"json={report}", *signing)
    assert done.exit_code == 0, done.output
    return tmp_path


def test_from_a_run_to_a_certificate_and_its_end(catalogue: None, signed: Path, in_browser: Run[bytes]) -> None:
    with board(signed, server_signs=True) as public, at_once(), serving() as base:
        certificate = in_browser(lambda browser: _story(browser, base, signed))
    file = signed / "zertifikat.json"
    file.write_bytes(certificate)
    verified = run("verify", file, "--trust", public, "--product", RELEASE)
    assert verified.exit_code == 0, verified.output
    file.write_bytes(certificate.replace(b"a", b"b", 1))
    assert run("verify", file, "--trust", public).exit_code == 1


def _story(browser: Browser, base: str, folder: Path) -> bytes:
    visit: Visit = partial(_visit, browser, base)
    _the_vendor_hands_in_and_applies(visit, folder)
    _the_board_asks(visit)
    _the_vendor_answers(visit)
    _the_board_proposes(visit)
    _another_member_agrees_and_decides(visit)
    certificate = _anybody_downloads(visit)
    _the_town_confirms_then_reports(visit)
    _the_board_revokes(visit)
    return certificate


def _visit(browser: Browser, base: str, name: str) -> AbstractContextManager[Walker]:
    return walker(browser, base, f"geschichte-{name}", scripts=True)


def _the_vendor_hands_in_and_applies(visit: Visit, folder: Path) -> None:
    with visit("firma-1") as who:
        who.logs_in("firma@muster.example")
        who.follow("Musterhaus")
        who.follow("Schlüssel für Unterschriften")
        who.upload("Öffentlicher Schlüssel", folder / "firma.pub")
        who.press("Hinterlegen")
        who.reads("ist hinterlegt", "zählt")
        who.follow("Musterhaus")
        who.follow("Prüfberichte einreichen")
        who.upload("Bericht (Datei .json)", folder / "bericht.json")
        who.upload("Unterschrift (Datei .dsse)", folder / "bericht.json.dsse")
        who.upload("Geprüfte Nachrichten", FIXTURES / GOOD)
        who.press("Einreichen")
        who.reads("Angenommen. Wir haben alles selbst noch einmal bewertet")
        who.open("/mein/hersteller/musterhaus/antraege")
        who.follow("Antrag stellen")
        who.press("Weiter")
        who.tick("Nachrichten geprüft, bestanden")
        who.fill("Was der Beirat wissen soll", "Wir bitten um Prüfung.")
        who.press("Antrag stellen")
        who.reads("Antrag auf Zertifizierung", "Diese Nachweise reichen nach den Regeln")


def _the_board_asks(visit: Visit) -> None:
    with visit("beirat-1") as who:
        _opens_application(who, "eins")
        who.follow("Rückfrage stellen")
        who.fill("Ihre Frage", "Welche Nachrichten sendet Ihr Programm im Alltag?")
        who.press("Rückfrage senden")
        who.reads("Welche Nachrichten sendet Ihr Programm im Alltag?")


def _the_vendor_answers(visit: Visit) -> None:
    with visit("firma-2") as who:
        who.logs_in("firma@muster.example")
        who.open("/mein/hersteller/musterhaus/antraege")
        who.page.locator("main").get_by_role("link", name=NAME).first.click()
        who.follow("Rückfrage zum ganzen Antrag")
        who.fill("Ihr Text", "Nur die Anmeldung.")
        who.press("Senden")
        who.reads("Nur die Anmeldung.")


def _opens_application(who: Walker, name: str) -> None:
    who.logs_in(f"{name}@muster.example")
    who.open("/mein/beirat/schreibtisch")
    who.shoot()
    who.page.locator("main").get_by_role("link", name=NAME).first.click()


def _the_board_proposes(visit: Visit) -> None:
    with visit("beirat-2") as who:
        _opens_application(who, "eins")
        who.follow("Rückfrage zum ganzen Antrag")
        who.tick("Ich brauche keine weitere Antwort.")
        who.press("Rückfrage ist erledigt")
        _opens_application_again(who)
        who.follow("Vorschlag schreiben")
        who.tick("zertifizieren")
        who.press("Vorschlag speichern")
        who.press("Ich stimme dafür")
        who.reads("dafür", "So kann der Beirat noch nicht entscheiden")


def _opens_application_again(who: Walker) -> None:
    who.open("/mein/beirat/schreibtisch")
    who.page.locator("main").get_by_role("link", name=NAME).first.click()


def _another_member_agrees_and_decides(visit: Visit) -> None:
    with visit("beirat-3") as who:
        _opens_application(who, "zwei")
        who.follow("Abstimmen und entscheiden")
        who.press("Ich stimme dafür")
        who.tick("Ich habe geprüft, dass alle Stimmen diesem Vorschlag gelten")
        who.press("Zertifizieren")
        who.reads("Entscheidung des IT-Digitalbeirats")


def _anybody_downloads(visit: Visit) -> bytes:
    with visit("jeder") as who:
        _opens_certificate(who)
        who.reads("Gültig am", "Was nicht geprüft wurde", "Herunterladen und selbst nachprüfen")
        link = who.page.get_by_role("link", name="Unterschriebene Datei für Programme")
        address = link.get_attribute("href")
        assert address
        return who.page.request.get(address).body()


def _opens_certificate(who: Walker) -> None:
    who.open("/bescheinigungen")
    who.shoot()
    who.page.locator("main table a, main li a").first.click()


def _the_town_confirms_then_reports(visit: Visit) -> None:
    with visit("stadt") as who:
        who.logs_in("stadt@muster.example")
        who.follow("Musterstadt")
        who.page.get_by_role("link", name="Bestätigen, dass es im Betrieb funktioniert").first.click()
        who.tick("Wir nutzen das im Betrieb")
        who.page.locator("main").get_by_role("button", name="Bestätigen:").click()
        who.reads("Von Ihnen bestätigt am")
        who.open("/programme/muster-hund")
        who.reads("Stufe 5")
        who.open(f"/mein/kommunen/{AGS}/abweichung")
        who.fill("Was abweicht", "Die Abmeldung kommt nicht an.")
        who.press("Melden")
        who.reads("offen")


def _the_board_revokes(visit: Visit) -> None:
    for number, name in enumerate(("eins", "zwei"), 4):
        with visit(f"beirat-{number}") as who:
            who.logs_in(f"{name}@muster.example")
            _opens_certificate(who)
            who.follow("Dieses Zertifikat widerrufen (Beirat)")
            if name == "eins":
                who.fill("Begründung", "Die Abmeldung fehlt.")
                who.tick("Ich will den Widerruf jetzt vorschlagen.")
                who.press("Widerruf vorschlagen")
            else:
                who.tick("Ich habe den Vorschlag geprüft.")
                who.press("Ich stimme dafür")
                who.reads("Widerrufen zum", "Die Abmeldung fehlt.")
