"""The form: what is refused before anything is judged, and reports that are kept on request."""

import io
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import KeptReport
from schnittstellen.catalogue.services.trying import keeping, starting
from schnittstellen.catalogue.services.trying.judging import Handed, Judged
from schnittstellen.catalogue.services.trying.slots import slot
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import write_report
from schnittstellen.web.pages.views.testing import receiving
from tests.web.testing.conftest import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slots")]
TEXT = {"inhalt": "<a>Zwetschgenkuchen</a>"}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes, str | None]]:
    """What would have been judged; it passes at once."""
    seen: list[tuple[str, bytes, str | None]] = []

    def judge(handed: Handed, suite: str | None, progress: int) -> Judged:
        handed.file.seek(0)
        seen.append((handed.name, handed.file.read(), suite))
        report = Report((handed.name,), Verdict.PASSED, None, (), (), {}, "2026-11-30T08:00:00+00:00", 1.0)
        stream = io.StringIO()
        write_report(report, stream)
        return Judged(report, stream.getvalue().encode())

    monkeypatch.setattr(starting, "judge", judge)
    return seen


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_form_names_the_standards_and_works_without_scripts(client: Client, lang: str) -> None:
    client.cookies["sprache"] = lang
    page = client.get("/testen")
    assert page.status_code == 200
    for text in ('value="en16931@1.3.16/rechnungssteller"', 'enctype="multipart/form-data"', 'method="post"'):
        assert text in page.text
    assert "oparl@" not in page.text


def test_home_leads_here(client: Client) -> None:
    assert 'href="/testen"' in client.get("/").text


def test_a_standard_leads_here_with_its_suite_chosen(client: Client) -> None:
    page = client.get("/testen?suite=xhundesteuer@1.1/fachverfahren").text
    assert 'value="xhundesteuer@1.1/fachverfahren" selected' in page


@pytest.mark.parametrize("typed", [{}, {"inhalt": "  "}, {**TEXT, "datei": True}])
def test_one_thing_is_tested_and_what_was_typed_stays(client: Client, judged: list[Any], typed: dict[str, Any]) -> None:
    made = {**typed, "suite": "en16931@1.3.16/rechnungssteller"}
    if "datei" in made:
        made["datei"] = io.BytesIO(b"<a/>")
    answer = sent(client, made)
    assert answer.status_code == 422
    assert "nicht beides" in answer.text
    assert 'rechnungssteller" selected' in answer.text
    assert ("Zwetschgenkuchen" in answer.text) == ("Zwetsch" in typed.get("inhalt", ""))
    assert judged == []


@pytest.mark.parametrize("suite", ["oparl@1.1/server", "../../etc", "gibt-es-nicht@1/x"])
def test_another_standard_than_those_offered_is_refused(client: Client, judged: list[Any], suite: str) -> None:
    assert sent(client, {**TEXT, "suite": suite}).status_code == 422
    assert judged == []


def test_a_file_reaches_the_judge_as_it_was_sent(client: Client, judged: list[Any], temporary: Path) -> None:
    data = bytes(range(256)) * 20_000
    made = io.BytesIO(data)
    made.name = "../Ordner/Anmeldung Müller.xml"
    sent(client, {"datei": made, "suite": "xhundesteuer@1.1/fachverfahren"})
    assert judged == [("Anmeldung Müller.xml", data, "xhundesteuer@1.1/fachverfahren")]
    assert list(temporary.rglob("*")) == []


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("<a>ü</a>", "<a>ü</a>".encode()),
        (
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>',
            b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xfc</a>',
        ),
        ('<?xml version="1.0" encoding="x"?><a>ü</a>', '<?xml version="1.0" encoding="x"?><a>ü</a>'.encode()),
        ('<?xml version="1.0" encoding="ascii"?><a>ü</a>', '<?xml version="1.0" encoding="ascii"?><a>ü</a>'.encode()),
        ("\ud800", b"?"),
    ],
)
def test_text_becomes_the_bytes_that_it_says_it_is(text: str, data: bytes) -> None:
    assert receiving.encoded(text) == data


def test_too_much_is_refused_before_it_is_read(client: Client, judged: list[Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", -receiving.FRAME_BYTES)
    answer = sent(client, {"datei": io.BytesIO(b"<a/>")})
    assert answer.status_code == 413
    assert "zu groß" in answer.text
    assert judged == []


def test_too_long_a_text_is_refused(client: Client, judged: list[Any], settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert sent(client, {"inhalt": "<a/>" * 100}).status_code == 413
    assert judged == []


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=ü"]
)
def test_a_broken_form_is_answered_by_a_page(client: Client, judged: list[Any], kind: str) -> None:
    answer = client.generic("POST", "/testen", b"--x\r\nkaputt", content_type=kind)
    assert answer.status_code in (400, 422)
    assert "<h1" in answer.text
    assert judged == []


def test_a_form_of_another_site_is_refused_in_our_look(judged: list[Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/testen", TEXT)
    assert answer.status_code == 403
    assert "Dieses Formular gilt nicht mehr" in answer.text
    assert judged == []


def test_so_many_at_once_and_no_more(client: Client, judged: list[Any], slots: Path, settings: Any) -> None:
    with ExitStack() as held:
        for _number in range(settings.TESTS_AT_ONCE):
            held.enter_context(slot(slots, settings.TESTS_AT_ONCE))
        answer = sent(client, TEXT)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "20"
        assert "Zwetschgenkuchen" in answer.text
    assert sent(client, TEXT).status_code == 200


def test_so_many_in_a_minute_and_no_more(client: Client, judged: list[Any], settings: Any, tmp_path: Path) -> None:
    settings.RATE_LIMITS, settings.RATE_LIMIT_FOLDER = {**settings.RATE_LIMITS, "test": 2}, tmp_path / "limits"
    first = [sent(client, TEXT).status_code for _number in range(2)]
    answer = sent(client, TEXT)
    assert (first, answer.status_code) == ([200, 200], 429)
    assert 0 < int(answer["Retry-After"]) <= 61
    assert "erlaubt sind 2" in answer.text


def kept(client: Client) -> str:
    """The address of a report that was kept."""
    address = sent(client, TEXT).request["PATH_INFO"]
    answer = client.post(address, {"aufbewahren": "1"}, follow=True)
    assert f"http://testserver{answer.request['PATH_INFO']}" in answer.text
    return str(answer.request["PATH_INFO"])


def test_a_kept_report_is_read_by_whoever_has_its_address(client: Client, judged: list[Any]) -> None:
    address = kept(client)
    page = client.get(address)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert "wird am" in page.text
    for form, kind in (("json", "application/json"), ("html", "text/html"), ("junit", "application/xml")):
        file = client.get(f"{address}/{form}")
        assert file["Content-Type"].startswith(kind)
        assert "attachment" in file["Content-Disposition"]
    assert client.get(f"{address}/exe").status_code == 404
    row = KeptReport.objects.get()
    assert address.rpartition("/")[2] not in row.key_sha256
    assert b"Zwetschgenkuchen" not in bytes(row.document)


def test_it_is_deleted_on_demand(client: Client, judged: list[Any]) -> None:
    address = kept(client)
    assert client.post(address).status_code == 302
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not KeptReport.objects.exists()


def test_it_goes_after_a_week(client: Client, judged: list[Any]) -> None:
    address, now = kept(client), datetime.now(UTC)
    keeping.tidy(now + timedelta(days=keeping.DAYS - 1))
    assert client.get(address).status_code == 200
    KeptReport.objects.update(ends_at=now - timedelta(seconds=1))
    answer = client.get(address)
    assert answer.status_code == 404
    assert "nach 7 Tagen gelöscht" in answer.text
    keeping.tidy(now)
    assert not KeptReport.objects.exists()


def test_nobody_guesses_an_address(client: Client) -> None:
    for key in ("x", "x" * 32, "..", "%00", "ü"):
        assert client.get(f"/testen/berichte/{key}").status_code in (400, 404)
        assert client.get(f"/testen/berichte/{key}/json").status_code in (400, 404)
