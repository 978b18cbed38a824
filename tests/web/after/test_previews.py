"""The board looks at a preview that was kept and sets the day; nothing changes before it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Declaration, Entry, KeptPreview
from schnittstellen.catalogue.services.called import Called
from schnittstellen.catalogue.services.previewing import transition
from schnittstellen.catalogue.services.previewing.previewing import Preview, Turn
from schnittstellen.catalogue.services.words import levels
from tests.catalogue.making import prove
from tests.web.after.making import declared, everybody

pytestmark = pytest.mark.django_db
LIST = "/mein/beirat/vorschauen"


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return everybody()


@pytest.fixture
def old(db: None) -> Declaration:
    of = declared()
    prove(of, edition="1.0.0")
    return of


def kept(of: Declaration, edition: str = "2.0.0") -> KeptPreview:
    found = Preview(str(of.role), edition, "0" * 64)
    found.editions["1.0.0"] += 1
    found.counts[Turn.FALLS] += 1
    return transition.keep(found, datetime.now(UTC))


def day(offset: int) -> date:
    return date.today() + timedelta(offset)


def decide(client: Client, of: KeptPreview, on: date, **more: str) -> int:
    sent = {"ab": on.isoformat(), "reason": "Neue Ausgabe", "sure": "ja", **more}
    status: int = client.post(f"{LIST}/{of.key}", sent).status_code
    return status


def test_the_board_sees_the_effects_and_sets_the_day(people: dict[str, Client], old: Declaration) -> None:
    of = kept(old)
    renewed = declared("erneuert@1.0")
    prove(renewed, edition="1.0.0", days_ago=5)
    prove(renewed, edition="2.0.0")
    assert Called().version(of.suite) in people["board"].get(LIST).text
    page = people["board"].get(f"{LIST}/{of.key}?ab={day(90)}").text
    assert "musterneu@1.0" in page
    assert "Stufe 1 → 0" in page
    assert "erneuert@1.0" not in page
    assert decide(people["board"], of, day(90)) == 302
    for offset, level in ((0, 1), (89, 1), (90, 0)):
        assert int(levels([old.pk], day(offset))[old.pk]) == level
    assert int(levels([renewed.pk], day(90))[renewed.pk]) == 1
    assert decide(people["board"], of, day(120)) == 422
    assert Entry.objects.filter(kind="retired").count() == 1


def test_a_day_that_has_begun_no_reason_or_the_same_edition_is_refused(
    people: dict[str, Client], old: Declaration
) -> None:
    of = kept(old)
    assert decide(people["board"], of, day(0)) == 422
    assert decide(people["board"], of, day(9), reason=" ") == 422
    assert people["board"].post(f"{LIST}/{of.key}", {"ab": day(9).isoformat(), "reason": "x"}).status_code == 422
    assert decide(people["board"], kept(old, "1.0.0"), day(9)) == 422
    assert not Entry.objects.filter(kind="retired").exists()


def test_only_the_board(people: dict[str, Client], old: Declaration) -> None:
    of = kept(old)
    for who, client in people.items():
        read = 200 if who == "board" else 302 if who == "public" else 403
        assert client.get(LIST).status_code == read, who
        assert client.get(f"{LIST}/{of.key}").status_code == read, who
        assert decide(client, of, day(9)) == (302 if who in ("board", "public") else 403), who
        assert Entry.objects.filter(kind="retired").exists() is (who == "board")
    assert people["board"].get(f"{LIST}/nichts").status_code == 404
