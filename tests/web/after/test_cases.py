"""A deviation in operation: reported, public with plan and closing, private where it is said so, and level 5."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schnittstellen.catalogue.models import Case, Change, Declaration, Entry
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.disputing.cases import reportable
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.facts import Confirmation, Decision
from tests.catalogue.making import deploy, prove
from tests.web.after.making import declared, everybody

pytestmark = pytest.mark.django_db
REPORT = "/mein/kommunen/05999001/abweichung"
PUBLIC, PRIVATE = "Bescheide kommen ohne Betrag.", "Aktenzeichen 4711 als Beispiel"


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return everybody()


@pytest.fixture
def confirmed(db: None) -> Declaration:
    """Level 5: decided by the board, confirmed in operation."""
    of = declared()
    ran = prove(of)
    recording.decide(of, Decision("d1", date.today(), True, 3, frozenset({ran.report_sha256})))
    recording.confirm(of, Confirmation("c", "", date.today()))
    deploy("musterneu@1.0", "05999001")
    return of


def level(of: Declaration) -> int:
    return int(levels([of.pk], date.today())[of.pk])


def report(people: dict[str, Client], of: Declaration, **more: object) -> Case:
    sent = {"declaration": str(of.pk), "summary": PUBLIC, "detail": PRIVATE, **more}
    assert people["municipality"].post(REPORT, sent).status_code == 302
    return Case.objects.get()


def test_an_open_deviation_takes_level_five_until_it_is_closed(
    people: dict[str, Client], confirmed: Declaration
) -> None:
    assert level(confirmed) == 5
    case = report(people, confirmed)
    assert level(confirmed) == 4
    assert "Abweichung im Betrieb" in people["public"].get("/programme/musterneu").text
    due = (date.today() + timedelta(30)).isoformat()
    people["vendor"].post(f"/abweichungen/{case.key}", {"tun": "plan", "plan": "Version 1.1", "due": due})
    people["municipality"].post(f"/abweichungen/{case.key}", {"tun": "abschliessen", "closing": "Behoben."})
    assert level(confirmed) == 5
    shown = people["public"].get(f"/abweichungen/{case.key}").text
    assert all(text in shown for text in (PUBLIC, "Version 1.1", "Behoben.", "abgeschlossen"))
    again = people["municipality"].post(f"/abweichungen/{case.key}", {"tun": "abschliessen", "closing": "x"})
    assert again.status_code == 422
    kinds = [one.kind for one in Entry.objects.exclude(kind__in=("evidence", "decision", "confirmation"))]
    assert kinds == ["deviation", "deviation_closed"]


def test_who_reported_is_told_only_where_it_says_so(people: dict[str, Client], confirmed: Declaration) -> None:
    case = report(people, confirmed)
    name = "Musterstadt 05999001"
    for who in ("public", "vendor", "other vendor", "other municipality"):
        assert name not in people[who].get(f"/abweichungen/{case.key}").text
    assert b"05999001" not in bytes(Entry.objects.get(kind="deviation").body)
    assert not Change.objects.filter(vendor="musterhaus").exists()
    Case.objects.all().delete()
    named = report(people, confirmed, named="ja")
    assert name in people["public"].get(f"/abweichungen/{named.key}").text


WHO = ("public", "vendor", "other vendor", "municipality", "other municipality", "board")
MAY = {
    "report": (302, 403, 403, 302, 403, 403),
    "read": (False, True, False, True, False, True),
    "plan": (403, 302, 403, 403, 403, 403),
    "close": (403, 403, 403, 302, 403, 403),
    "propose": (403, 403, 403, 403, 403, 302),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(people: dict[str, Client], confirmed: Declaration, who: str) -> None:
    at, client = WHO.index(who), people[who]
    sent = {"declaration": str(confirmed.pk), "summary": PUBLIC}
    assert client.post(REPORT, sent).status_code == MAY["report"][at]
    assert Case.objects.exists() is (who == "municipality")
    Case.objects.all().delete()
    case = report(people, confirmed, attachment=SimpleUploadedFile("beleg.pdf", b"%PDF-1.7 geheim"))
    page = client.get(f"/abweichungen/{case.key}").text
    assert PUBLIC in page
    assert (PRIVATE in page) is MAY["read"][at]
    file = client.get(f"/abweichungen/{case.key}/anlage")
    assert file.status_code == (200 if MAY["read"][at] else 404)
    assert client.post(f"/abweichungen/{case.key}", {"tun": "plan", "plan": "x"}).status_code == MAY["plan"][at]
    closing = {"tun": "abschliessen", "closing": "x"}
    proposing = {"tun": "vorschlagen", "closing": "x"}
    assert client.post(f"/abweichungen/{case.key}", proposing).status_code == MAY["propose"][at]
    assert client.post(f"/abweichungen/{case.key}", closing).status_code == MAY["close"][at]
    assert bool(Case.objects.get().closed_on) is (who == "municipality")


def test_the_attachment_comes_as_a_file_to_be_saved(people: dict[str, Client], confirmed: Declaration) -> None:
    evil = SimpleUploadedFile("x;.xml", b"<html><script>alert(1)</script></html>")
    case = report(people, confirmed, attachment=evil)
    answer = people["board"].get(f"/abweichungen/{case.key}/anlage")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="anlage-{case.key}.xml"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.exe", b"MZ"),
        ("x.html", b"<html>"),
        ("x.pdf", b"<html>"),
        ("x.svg", b"<svg/>"),
        ("x", b"x"),
        ("x.png", b"GIF89a"),
        ("x.txt", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_other_files_are_refused_and_nothing_is_lost(
    people: dict[str, Client], confirmed: Declaration, name: str, data: bytes
) -> None:
    sent = {"declaration": str(confirmed.pk), "summary": PUBLIC, "attachment": SimpleUploadedFile(name, data)}
    answer = people["municipality"].post(REPORT, sent)
    assert answer.status_code == 422
    assert PUBLIC in answer.text
    assert not Case.objects.exists()
    assert level(confirmed) == 5


def test_only_what_the_municipality_runs(people: dict[str, Client], confirmed: Declaration) -> None:
    other = declared("fremdes@1.0")
    answer = people["municipality"].post(REPORT, {"declaration": str(other.pk), "summary": PUBLIC})
    assert answer.status_code == 422
    assert "setzt fremdes@1.0" in answer.text
    assert people["municipality"].post(REPORT, {"declaration": "9", "summary": PUBLIC}).status_code == 422
    assert people["municipality"].post(REPORT, {"declaration": str(confirmed.pk), "summary": " "}).status_code == 422


def test_what_is_only_planned_is_not_in_operation(confirmed: Declaration) -> None:
    day = date.today()
    assert list(reportable("05999001", day)) == [confirmed]
    confirmed.release.deployments.update(since=day + timedelta(1))
    assert list(reportable("05999001", day)) == []
    assert list(reportable("05999001", day + timedelta(1))) == [confirmed]


def test_lists(people: dict[str, Client], confirmed: Declaration) -> None:
    assert "keine gemeldet" in people["public"].get("/abweichungen").text
    report(people, confirmed)
    assert "musterneu" in people["public"].get("/abweichungen?programm=musterneu").text
    assert "keine gemeldet" in people["public"].get("/abweichungen?programm=anderes").text
    assert people["public"].get("/abweichungen/nichts").status_code == 404


def test_on_an_earlier_day_it_stands_as_it_stood_then(people: dict[str, Client], confirmed: Declaration) -> None:
    case = report(people, confirmed)
    people["municipality"].post(f"/abweichungen/{case.key}", {"tun": "abschliessen", "closing": "Behoben."})
    Case.objects.update(opened_on=date.today() - timedelta(5))
    yesterday = {"on": (date.today() - timedelta(1)).isoformat()}
    for page in ("/abweichungen", f"/abweichungen/{case.key}"):
        assert "abgeschlossen" in people["public"].get(page).text
        then = people["public"].get(page, yesterday).text
        assert ("abgeschlossen" in then, "Behoben." in then) == (False, False)
    assert "keine gemeldet" in people["public"].get("/abweichungen", {"on": "2020-01-01"}).text
    (told,) = people["public"].get("/api/v1/deviations", yesterday).json()["items"]
    assert (told["closed_on"], told["closing"]) == (None, None)


def test_nothing_is_reported_of_what_nobody_chose(people: dict[str, Client], confirmed: Declaration) -> None:
    prove(declared("musterneu@1.1"))
    deploy("musterneu@1.1", "05999001")
    form = people["municipality"].get(REPORT).text
    assert '<option value="">bitte wählen</option>' in form
    answer = people["municipality"].post(REPORT, {"declaration": "", "summary": PUBLIC})
    assert answer.status_code == 422
    assert "Wählen Sie, bei welchem Programm etwas abweicht." in answer.text
    assert not Case.objects.exists()
