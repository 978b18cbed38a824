"""Messages through the page: what they come to, and that nothing of them stays."""

import io
import json
import logging
import os
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from schnittstellen.catalogue.models import Entry, Evidence, KeptReport
from schnittstellen.catalogue.services.trying import judging
from schnittstellen.catalogue.services.trying.child import without_network
from tests.web.testing.conftest import SUITE, message, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slots")]
GOOD, BAD = "gueltig--bescheid", "XHS-N-02--unbekanntes-element"
MARK = "Zwetschgenkuchen4711"


def file(data: bytes, name: str = "nachricht.xml") -> io.BytesIO:
    """An upload."""
    made = io.BytesIO(data)
    made.name = name
    return made


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return made.getvalue()


def verdict(page: str) -> str:
    """The verdict of a page, as the report names it."""
    return re.findall(r'class="verdict (\w+)', page)[0]


def test_a_message_that_keeps_the_standard_and_nothing_of_it_stays(
    client: Client, temporary: Path, slots: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    marked = message(GOOD).replace(b"</", b"<!-- " + MARK.encode() + b" --></", 1)
    before = Evidence.objects.count(), Entry.objects.count()
    answer = sent(client, {"datei": file(marked)})
    assert answer.status_code == 200
    assert verdict(answer.text) == "passed"
    assert "kein Nachweis" in answer.text
    assert SUITE in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert (Evidence.objects.count(), Entry.objects.count()) == before
    assert not KeptReport.objects.exists()
    assert list(temporary.rglob("*")) == []
    assert MARK not in caplog.text
    assert MARK not in answer.text
    assert not any(MARK.encode() in one.read_bytes() for one in slots.iterdir())
    home = Path(django_settings.HOME)
    assert [one for one in home.rglob("*") if one.is_file() and MARK.encode() in one.read_bytes()] == []


def test_a_message_that_breaks_it_leads_to_explanations_and_the_report_goes_home(client: Client) -> None:
    page = sent(client, {"datei": file(message(BAD)), "suite": SUITE}).text
    assert verdict(page) == "failed"
    assert 'href="/befunde/X' in page
    assert re.search(r"Zeile \d+", page)
    assert "Abhilfe" in page
    files = re.findall(r'href="(/testen/ergebnis/[^"]+)" download="([^"]+)"', page)
    data = {name: client.get(address).content for address, name in files}
    assert json.loads(data["bericht.json"])["verdict"] == "failed"
    assert b"<testsuites" in data["bericht.xml"]
    assert data["bericht.html"].startswith(b"<!doctype html>")
    assert b"/befunde/" not in data["bericht.html"]


def test_hostile_members_of_an_archive_are_named_and_harm_nobody(client: Client, temporary: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0)
    port = listener.getsockname()[1]
    lol = b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
    members = {
        "datei.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "netz.xml": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:%d/x.dtd"><a/>' % port,
        "lachen.xml": b'<!DOCTYPE l [<!ENTITY a "lol">' + lol + b"]><l>&j;</l>",
        "tief.xml": b"<a>" * 200_000,
        "leer.xml": b"",
        "../../oben.xml": b"<a/>",
        "innen.zip": archive({"i.xml": b"<a/>"}),
        "<img src=x onerror=alert(1)>.xml": b"<a/>",
        "bombe.xml": b"0" * 30_000_000,
    }
    page = sent(client, {"datei": file(archive(members), "<script>alert(2)</script>.zip")})
    listener_called = _called(listener)
    assert page.status_code == 200
    for code in ("X003", "X006", "X001", "T012", "T010", "M001", "T008"):
        assert f'href="/befunde/{code}"' in page.text, code
    assert "Das heißt nicht, dass sie falsch ist" in page.text
    assert "root:" not in page.text
    assert "<img" not in page.text
    assert "alert(2)</script>" not in page.text
    assert not listener_called
    assert list(temporary.rglob("*")) == []


def _called(listener: socket.socket) -> bool:
    with listener:
        try:
            listener.accept()
        except BlockingIOError:
            return False
    return True


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leer.xml", b"", "X001"),
        ("viele.zip", archive({f"{n}.xml": b"<a/>" for n in range(10_000)}), "T015"),
        ("kaputt.zip", b"PK\x03\x04" + b"\xff" * 500, "T011"),
        ("n\udcffame\x00.pdf", b"%PDF-1.4 \x00", "X00"),
    ],
)
def test_whatever_is_sent_is_answered_by_a_page(client: Client, name: str, data: bytes, code: str) -> None:
    made = file(data, "x.xml")
    made.name = name.encode("utf-8", "replace").decode()
    page = sent(client, {"datei": made})
    assert page.status_code == 200
    assert verdict(page.text) in ("failed", "not_tested")
    assert f'href="/befunde/{code}' in page.text


def test_a_pasted_message_is_judged_as_a_file_is(client: Client) -> None:
    page = sent(client, {"inhalt": message(GOOD).decode().replace("\n", "\r\n")}).text
    assert verdict(page) == "passed"
    assert "eingefügter Inhalt" in page


def test_a_process_that_dies_is_told_and_leaves_nothing(
    client: Client, temporary: Path, monkeypatch: pytest.MonkeyPatch, slots: Path
) -> None:
    monkeypatch.setattr(judging, "CHILD", "tests.web.testing.ends")
    answer = sent(client, {"datei": file(b"<a/>")})
    assert answer.status_code == 503
    assert "Das sagt nichts über Ihre Nachricht" in answer.text
    assert list(temporary.rglob("*")) == []
    assert not KeptReport.objects.exists()
    assert not any(b"<a/>" in one.read_bytes() for one in slots.iterdir())


def test_a_process_that_takes_too_long_is_ended(
    client: Client, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "HARD_SECONDS", 0)
    answer = sent(client, {"datei": file(b"<a/>")})
    assert answer.status_code == 503
    assert "schnittstellen test" in answer.text
    assert list(temporary.rglob("*")) == []


def test_a_run_that_is_cut_short_says_so_and_is_not_green(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SECONDS", 0)
    page = sent(client, {"datei": file(message(GOOD))}).text
    assert verdict(page) == "not_tested"
    assert "Der Lauf wurde abgebrochen" in page
    assert "Diese Seite hat Grenzen" in page


def test_the_process_ends_with_the_server_that_asked() -> None:
    theirs, ours = os.pipe()
    command = [sys.executable, "-m", judging.CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(theirs,), start_new_session=True) as process:
        os.close(theirs)
        os.close(ours)
        asked = {"life": theirs, "options": judging.OPTIONS, "payload": 0, "name": "x", "suite": None, "seconds": 60}
        asked["progress"] = theirs
        process.communicate(json.dumps(asked).encode())
    assert process.returncode == -9


def test_the_process_knows_no_secret_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHNITTSTELLEN_SECRET", MARK)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{MARK}@nirgends/x")
    assert MARK not in str(judging.environment())
    for event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        with pytest.raises(PermissionError):
            without_network(event, ())
    without_network("open", ())


def test_a_report_too_long_for_the_page_is_said(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(judging, "MOST_REPORT", 10)
    answer = sent(client, {"datei": file(b"<a/>")})
    assert answer.status_code == 422
    assert "zu lang" in answer.text
