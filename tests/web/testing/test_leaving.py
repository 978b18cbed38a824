"""A test can be left and found again for some minutes; then nothing of it is there."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from schnittstellen.catalogue.models import KeptReport
from schnittstellen.catalogue.services.trying import passing, starting
from schnittstellen.catalogue.services.trying.child import COLUMN
from schnittstellen.catalogue.services.trying.faults import BROKE, OVER
from schnittstellen.catalogue.services.trying.judging import Handed, Judged
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import write_report
from tests.web.testing.conftest import SUITE, message, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slots")]
TEXT = {"inhalt": "<a>Zwetschgenkuchen</a>"}
NAME = "Zwetschgenkuchen.xml"


def came_out() -> Judged:
    """A report that names what was tested."""
    report = Report((NAME,), Verdict.PASSED, None, (), (), {}, "2026-11-30T08:00:00+00:00", 1.0)
    stream = io.StringIO()
    write_report(report, stream)
    return Judged(report, stream.getvalue().encode())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, patient: None) -> None:
    """Answers tell at once how the test stands."""
    monkeypatch.setattr("schnittstellen.web.pages.views.testing.results.WAIT_SECONDS", 0.0)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch, impatient: None) -> Iterator[Event]:
    """A test that lasts until the event is set, with three messages done."""
    goes_on = Event()

    def judge(handed: Handed, suite: str | None, progress: int) -> Judged:
        os.pwrite(progress, f"{3:>{COLUMN}}".encode(), COLUMN)
        goes_on.wait(60)
        return came_out()

    monkeypatch.setattr(starting, "judge", judge)
    yield goes_on
    goes_on.set()


class Filled(HTMLParser):
    """What the form of a page holds: the text, and the suite that is sent with it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.suite, self._inside = "", "", False
        self.feed(page)
        self.text = self.text.removeprefix("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._inside = tag == "textarea"
        if tag == "input" and told.get("name") == "suite":
            self.suite = told.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.text += data if self._inside else ""


def begun(client: Client) -> str:
    """The address of a test that was begun."""
    return str(client.post("/testen", TEXT)["Location"])


def at_last(client: Client, address: str) -> Any:
    """What stands there once the test is over."""
    while "wird geprüft" in (answer := client.get(address)).text:
        time.sleep(0.02)
    return answer


def test_it_shows_its_progress_and_is_found_again(client: Client, long: Event) -> None:
    address = begun(client)
    page = client.get(address)
    while "3 Nachrichten sind fertig" not in page.text:
        page = client.get(address)
    assert "Sie können diese Seite verlassen" in page.text
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert f'href="{address}"' in client.get("/testen").text
    long.set()
    assert NAME in at_last(client, address).text
    assert f'href="{address}"' in client.get("/testen").text


def test_a_page_that_asks_again_loads_itself_at_the_end(client: Client, long: Event) -> None:
    address = begun(client)
    asking = {"HX-Request": "true", "HX-Target": "stand"}
    assert "HX-Refresh" not in client.get(address, headers=asking)
    long.set()
    at_last(client, address)
    assert client.get(address, headers=asking)["HX-Refresh"] == "true"


def test_another_process_of_the_server_knows_it_too(client: Client, long: Event, slots: Path) -> None:
    key = begun(client).rpartition("/")[2]
    told = (
        "import django; django.setup()\n"
        "from pathlib import Path; from schnittstellen.catalogue.services.trying import passing\n"
        f"print(type(passing.found(Path({str(slots)!r}), {key!r})).__name__)"
    )
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "schnittstellen.catalogue.settings"}
    elsewhere = [sys.executable, "-c", told]
    assert subprocess.run(elsewhere, capture_output=True, text=True, env=known, check=True).stdout == "UnderWay\n"
    long.set()
    at_last(client, f"/testen/ergebnis/{key}")
    assert subprocess.run(elsewhere, capture_output=True, text=True, env=known, check=True).stdout == "Judged\n"


def test_the_cookie_goes_to_no_other_page_and_is_hidden_from_scripts(client: Client, long: Event) -> None:
    begun(client)
    cookie = client.cookies["pruefung"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/testen", True, "Lax")
    assert int(cookie["max-age"]) < (passing.MINUTES + 1) * 60


def test_after_some_minutes_it_is_gone(client: Client, long: Event, slots: Path) -> None:
    address = begun(client)
    long.set()
    at_last(client, address)
    assert len(list(slots.glob("*.end"))) == 1
    before = time.time() - passing.MINUTES * 60 - 1
    for one in slots.iterdir():
        os.utime(one, (before, before))
    passing.tidy(slots)
    assert [one.name for one in slots.iterdir()] == ["slot-0"]
    answer = client.get(address)
    assert answer.status_code == 404
    assert "bleiben 15 Minuten" in answer.text
    assert "letzten Prüfung" not in client.get("/testen").text
    assert not KeptReport.objects.exists()


def test_it_is_deleted_on_demand(client: Client, long: Event, slots: Path) -> None:
    address = begun(client)
    long.set()
    at_last(client, address)
    assert client.post(address, {"loeschen": "1"}).status_code == 302
    assert client.get(address).status_code == 404
    assert not list(slots.glob("*.end"))


def test_only_its_address_opens_it_and_only_for_so_long(slots: Path) -> None:
    key, run = passing.opened(slots)
    passing.ended(slots, key, came_out())
    os.close(run)
    assert passing.found(slots, key) == came_out()
    end = next(slots.glob("*.end"))
    assert NAME.encode() not in end.read_bytes()
    assert key not in end.name
    assert (end.stat().st_mode & 0o777, slots.stat().st_mode & 0o777) == (0o600, 0o700)
    other, again = passing.opened(slots)
    end.rename(slots / f"{passing._path(slots, other, 'end').name}")
    os.close(again)
    with pytest.raises(SchnittstellenError) as told:
        passing.found(slots, other)
    assert told.value.fault is OVER


def test_a_server_that_died_is_told_as_such(slots: Path) -> None:
    key, run = passing.opened(slots)
    assert isinstance(passing.found(slots, key), passing.UnderWay)
    os.close(run)
    with pytest.raises(SchnittstellenError) as told:
        passing.found(slots, key)
    assert told.value.fault is BROKE


def test_what_breaks_is_told_without_a_word_of_the_message(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, slots: Path
) -> None:
    def judge(handed: Handed, suite: str | None, progress: int) -> Judged:
        raise ValueError("Zwetschgenkuchen")

    monkeypatch.setattr(starting, "judge", judge)
    answer = sent(client, TEXT)
    assert answer.status_code == BROKE.http
    assert "Kein Ergebnis" in answer.text
    assert "Zwetschgenkuchen" not in caplog.text
    assert "Zwetschgenkuchen" not in answer.text.replace(escape(TEXT["inhalt"]), "")
    assert sent(client, TEXT).status_code == BROKE.http, "its slot is free again"


def test_what_was_pasted_is_not_lost_by_a_failure_of_ours(
    client: Client, monkeypatch: pytest.MonkeyPatch, slots: Path
) -> None:
    monkeypatch.setattr(starting, "judge", Mock(side_effect=ValueError))
    pasted = {"inhalt": "\n<a>Zwetschgenkuchen</a>", "suite": SUITE}
    answer = sent(client, pasted)
    address = answer.redirect_chain[-1][0]
    again = Filled(answer.text)
    assert (again.text, again.suite) == (pasted["inhalt"], SUITE)
    assert not any(b"Zwetschgenkuchen" in one.read_bytes() for one in slots.iterdir())
    assert client.post(address).status_code == 302
    assert not list(slots.glob("*.typed"))
    assert "Zwetschgenkuchen" not in client.get(address).text


def test_what_was_pasted_goes_with_the_report_and_after_some_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch, slots: Path
) -> None:
    sent(client, {"inhalt": message("gueltig--bescheid").decode()})
    assert not list(slots.glob("*.typed"))
    key, run = passing.opened(slots)
    os.close(run)
    passing.remember(slots, key, passing.Typed("<a/>", ""))
    assert passing.typed(slots, key) == passing.Typed("<a/>", "")
    os.utime(next(slots.glob("*.typed")), (0, 0))
    passing.tidy(slots)
    assert passing.typed(slots, key) is None


def test_a_file_that_was_sent_does_not_stay(client: Client, monkeypatch: pytest.MonkeyPatch, slots: Path) -> None:
    monkeypatch.setattr(starting, "judge", Mock(side_effect=ValueError))
    answer = sent(client, {"datei": io.BytesIO(b"<a>Zwetschgenkuchen</a>")})
    assert "Von ihr ist nichts gespeichert" in answer.text
    assert not list(slots.glob("*.typed"))


def test_a_real_test_tells_how_many_messages_are_done(client: Client, slots: Path) -> None:
    sent(client, {"datei": io.BytesIO(message("gueltig--bescheid"))})
    assert next(slots.glob("*.run")).read_bytes()[COLUMN:].split() == [b"1"]
