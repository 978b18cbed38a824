"""A municipality confirms operation: with the board's decision level 5; once, by itself only, named if it wants."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Case, Change, Confirmed, Declaration, Deployment, Entry, Member
from schnittstellen.catalogue.services import access, confirming, recording
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.facts import Decision
from tests.catalogue.making import deploy, municipality, prove, vendor
from tests.web.after.making import declared, everybody

pytestmark = pytest.mark.django_db
PAGE = "/mein/kommunen/05999001/betrieb/musterneu@1.0"
SAID = {"sure": "ja"}


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return everybody()


@pytest.fixture
def certified(db: None) -> Declaration:
    of = declared()
    recording.decide(of, Decision("d1", date.today(), True, 3, frozenset({prove(of).report_sha256})))
    deploy("musterneu@1.0", "05999001")
    return of


def level(of: Declaration, days: int = 0) -> int:
    day = date.today() + timedelta(days)
    return int(levels([of.pk], day)[of.pk])


def test_with_the_boards_decision_it_is_level_five(people: dict[str, Client], certified: Declaration) -> None:
    assert level(certified) == 4
    page = people["municipality"].get(PAGE)
    assert page.status_code == 200
    assert "xmuster 1.0" in page.text
    assert people["municipality"].post(PAGE, {"declaration": certified.pk, **SAID}).status_code == 302
    assert level(certified) == 5
    again = people["municipality"].get(PAGE).text
    assert "Von Ihnen bestätigt am" in again
    assert "<button" not in again.partition("<main")[2]


def test_without_a_decision_it_proves_nothing_alone(people: dict[str, Client]) -> None:
    of = declared()
    deploy("musterneu@1.0", "05999001")
    assert people["municipality"].post(PAGE, {"declaration": of.pk, **SAID}).status_code == 302
    assert level(of) == 0


def test_it_must_be_said_and_only_once(people: dict[str, Client], certified: Declaration) -> None:
    own = people["municipality"]
    assert own.post(PAGE, {"declaration": certified.pk}).status_code == 422
    assert not Confirmed.objects.exists()
    own.post(PAGE, {"declaration": certified.pk, **SAID})
    twice = own.post(PAGE, {"declaration": certified.pk, **SAID})
    assert twice.status_code == 422
    assert "schon bestätigt" in twice.text
    assert Entry.objects.filter(kind="confirmation").count() == 1


def test_given_again_before_its_end_it_stays_one(certified: Declaration) -> None:
    own = Viewer(municipalities=frozenset({"05999001"}))
    today = date.today()
    first = confirming.confirm(own, "05999001", certified.pk, named=False, day=today)
    again = confirming.confirm(own, "05999001", certified.pk, named=False, day=today + timedelta(650))
    assert again.key == first.key
    assert [one.on for one in Entry.objects.filter(kind="confirmation")] == [today, today + timedelta(650)]


def test_an_own_open_deviation_stands_against_it(people: dict[str, Client], certified: Declaration) -> None:
    report = {"declaration": certified.pk, "summary": "Beträge fehlen"}
    people["municipality"].post("/mein/kommunen/05999001/abweichung", report)
    assert "offen ist" in people["municipality"].get(PAGE).text
    assert people["municipality"].post(PAGE, {"declaration": certified.pk, **SAID}).status_code == 422
    assert level(certified) == 4
    key = Case.objects.get().key
    people["municipality"].post(f"/abweichungen/{key}", {"tun": "abschliessen", "closing": "Behoben."})
    assert people["municipality"].post(PAGE, {"declaration": certified.pk, **SAID}).status_code == 302
    assert level(certified) == 5


def test_who_confirmed_is_told_only_where_it_says_so(people: dict[str, Client], certified: Declaration) -> None:
    people["municipality"].post(PAGE, {"declaration": certified.pk, **SAID})
    assert b"05999001" not in bytes(Entry.objects.get(kind="confirmation").body)
    assert not Change.objects.exclude(municipality="05999001").exists()
    deploy("musterneu@1.0", "05999002")
    there = PAGE.replace("05999001", "05999002")
    people["other municipality"].post(there, {"declaration": certified.pk, "named": "ja", **SAID})
    assert b"05999002" in bytes(Entry.objects.filter(kind="confirmation").latest("number").body)


WHO = {"public": 302, "vendor": 403, "other vendor": 403, "municipality": 302, "other municipality": 403, "board": 403}


@pytest.mark.parametrize("who", WHO)
def test_who_may(people: dict[str, Client], certified: Declaration, who: str) -> None:
    assert people[who].post(PAGE, {"declaration": certified.pk, **SAID}).status_code == WHO[who]
    assert Confirmed.objects.exists() is (who == "municipality")


def test_nobody_confirms_the_own_product(people: dict[str, Client], certified: Declaration) -> None:
    user = User.objects.create_user("beides", "beides@muster.example")
    Member.objects.create(user=user, role="municipality", municipality=municipality("05999001"))
    Member.objects.create(user=user, role="vendor", vendor=vendor())
    client = Client()
    client.force_login(user)
    assert client.post(PAGE, {"declaration": certified.pk, **SAID}).status_code == 403
    assert not Confirmed.objects.exists()


def test_only_what_it_runs(people: dict[str, Client], certified: Declaration) -> None:
    other = declared("fremdes@1.0")
    assert people["municipality"].get("/mein/kommunen/05999001/betrieb/fremdes@1.0").status_code == 404
    assert people["municipality"].post(PAGE, {"declaration": other.pk, **SAID}).status_code == 422
    assert people["municipality"].post(PAGE, {"declaration": "9e9", **SAID}).status_code == 422
    assert not Confirmed.objects.exists()


def test_the_landscape_leads_there(people: dict[str, Client], certified: Declaration) -> None:
    Deployment.objects.update(key="05999001-musterneu")
    assert PAGE in people["municipality"].get("/mein/kommunen/05999001").text


def test_through_rest(certified: Declaration) -> None:
    secret = access.create("stadt", "municipality:05999001", ("read", "landscape"))
    bearer = {"Authorization": f"Bearer {secret}"}
    body = {
        "municipality": "05999001",
        "release": "musterneu@1.0",
        "standard": str(certified.role.version),
        "role": certified.role.key,
    }

    def sent(**more: object) -> int:
        said = {**body, **more}
        address, kind = "/api/v1/confirmations", "application/json"
        return Client().post(address, said, content_type=kind, headers=bearer).status_code

    assert sent(role="nichts") == 422
    assert sent(municipality="05999002") == 403
    assert Client().post("/api/v1/confirmations", body, content_type="application/json").status_code == 401
    assert sent() == 201
    assert sent() == 409
    assert level(certified) == 5
