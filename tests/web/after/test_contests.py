"""An objection from the vendor's page to the board's decision, and what it does to levels everywhere."""

from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Change, Contest, Declaration, Entry, Evidence
from schnittstellen.catalogue.services.words import levels
from tests.catalogue.making import product, prove, vendor
from tests.web.after.making import FINDING, declared, everybody, failed, person

pytestmark = pytest.mark.django_db
REASON = "Das Element ist freiwillig."


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    return everybody()


@pytest.fixture
def run(db: None) -> Evidence:
    """The newest run failed; an older one had passed."""
    of = declared()
    prove(of, days_ago=9)
    return failed(of)


def level(of: Declaration, on: date | None = None) -> int:
    return int(levels([of.pk], on or date.today())[of.pk])


def contest(people: dict[str, Client], run: Evidence) -> Contest:
    sent = {"finding": FINDING, "reason": REASON}
    answer = people["vendor"].post(f"/mein/nachweise/{run.pk}/widerspruch", sent)
    assert answer.status_code == 302
    made: Contest = Contest.objects.get(evidence=run)
    return made


def decided(people: dict[str, Client], of: Contest, what: str) -> None:
    sent = {"tun": what, "answer": "Wir haben den Standard gelesen.", "sure": "ja"}
    assert people["board"].post(f"/widersprueche/{of.key}", sent).status_code == 302
    assert Contest.objects.get(pk=of.pk).decided_on is None, "four eyes"
    agrees = {"tun": "dafuer", "sure": "ja"}
    assert person("beirätin", role="board").post(f"/widersprueche/{of.key}", agrees).status_code == 302
    assert Contest.objects.get(pk=of.pk).decided_on == date.today()


def test_while_it_is_open_the_run_does_not_count_and_it_shows_everywhere(
    people: dict[str, Client], run: Evidence
) -> None:
    assert level(run.declaration) == 0
    of = contest(people, run)
    assert level(run.declaration) == 1
    assert level(run.declaration, date.today() - timedelta(1)) == 0
    for page in (
        f"/nachweise/{run.report_sha256}",
        "/programme/musterneu",
        "/widersprueche",
        f"/widersprueche/{of.key}",
    ):
        shown = people["public"].get(page).text
        assert "bestritten" in shown
        assert FINDING in shown
        assert REASON not in shown


def test_rejected_it_counts_again_with_the_reason(people: dict[str, Client], run: Evidence) -> None:
    of = contest(people, run)
    decided(people, of, "zurueckweisen")
    assert level(run.declaration) == 0
    shown = people["public"].get(f"/widersprueche/{of.key}").text
    assert "Widerspruch zurückgewiesen" in shown
    assert "Wir haben den Standard gelesen." in shown
    assert not Entry.objects.filter(kind="erratum").exists()
    again = people["vendor"].post(f"/mein/nachweise/{run.pk}/widerspruch", {"finding": FINDING, "reason": "doch"})
    assert again.status_code == 422


def test_upheld_it_is_an_erratum_for_every_product(people: dict[str, Client], run: Evidence) -> None:
    product("andere", vendor=vendor("fremd"))
    others = failed(declared("andere@1.0"))
    mixed = failed(declared("andere@2.0"), FINDING, "X103")
    of = contest(people, run)
    assert level(others.declaration) == 0
    decided(people, of, "stattgeben")
    assert [level(one.declaration) for one in (run, others, mixed)] == [1, 1, 0]
    assert level(others.declaration, date.today() - timedelta(1)) == 0
    assert "Die Testsuite war falsch" in people["public"].get(f"/nachweise/{others.report_sha256}").text
    assert FINDING not in people["other vendor"].get(f"/mein/nachweise/{others.pk}/widerspruch").text
    kinds = [one.kind for one in Entry.objects.exclude(kind="evidence")]
    assert kinds == ["objection", "objection_decided", "erratum"]
    assert Change.objects.filter(kind="products", key="musterneu").count() == 2


def test_a_second_decision_is_refused(people: dict[str, Client], run: Evidence) -> None:
    of = contest(people, run)
    decided(people, of, "zurueckweisen")
    answer = people["board"].post(f"/widersprueche/{of.key}", {"tun": "stattgeben", "answer": "doch", "sure": "ja"})
    assert answer.status_code == 422
    assert "schon entschieden" in answer.text
    assert level(run.declaration) == 0


@pytest.mark.parametrize("sent", [{"answer": "x"}, {"sure": "ja"}, {"answer": "x" * 5001, "sure": "ja"}])
def test_the_board_gives_a_reason_and_is_asked(people: dict[str, Client], run: Evidence, sent: dict[str, str]) -> None:
    of = contest(people, run)
    answer = people["board"].post(f"/widersprueche/{of.key}", {"tun": "stattgeben", **sent})
    assert answer.status_code == 422
    assert Contest.objects.get().decided_on is None


def test_only_what_failed_can_be_contested(people: dict[str, Client], run: Evidence) -> None:
    passed = prove(run.declaration)
    for number, finding in ((run.pk, "X999"), (run.pk, ""), (passed.pk, FINDING)):
        sent = {"finding": finding, "reason": REASON}
        assert people["vendor"].post(f"/mein/nachweise/{number}/widerspruch", sent).status_code == 422
    assert not Contest.objects.exists()


WHO = ("public", "vendor", "other vendor", "municipality", "other municipality", "board")
MAY = {
    "raise": (302, 302, 403, 403, 403, 403),
    "decide": (403, 403, 403, 403, 403, 302),
    "read": (False, True, False, False, False, True),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(people: dict[str, Client], run: Evidence, who: str) -> None:
    at = WHO.index(who)
    sent = {"finding": FINDING, "reason": REASON}
    raised = people[who].post(f"/mein/nachweise/{run.pk}/widerspruch", sent)
    assert raised.status_code == MAY["raise"][at]
    assert Contest.objects.exists() is (who == "vendor")
    of = Contest.objects.first() or contest(people, run)
    assert (REASON in people[who].get(f"/widersprueche/{of.key}").text) is MAY["read"][at]
    answer = people[who].post(f"/widersprueche/{of.key}", {"tun": "stattgeben", "answer": "ja", "sure": "ja"})
    assert answer.status_code == MAY["decide"][at]


def test_nobody_decides_for_the_own_company(people: dict[str, Client], run: Evidence) -> None:
    from django.contrib.auth.models import User

    from schnittstellen.catalogue.models import Member

    of = contest(people, run)
    both = person("beides", vendor=vendor())
    Member.objects.create(user=User.objects.get(username="beides"), role="board")
    sent = {"tun": "stattgeben", "answer": "ja", "sure": "ja"}
    assert both.post(f"/widersprueche/{of.key}", sent).status_code == 403
    session = both.session
    session["handelt_fuer"] = "board"
    session.save()
    assert both.post(f"/widersprueche/{of.key}", sent).status_code == 403


def test_on_an_earlier_day_it_stands_as_it_stood_then(people: dict[str, Client], run: Evidence) -> None:
    of = contest(people, run)
    decided(people, of, "zurueckweisen")
    Contest.objects.filter(pk=of.pk).update(raised_on=date.today() - timedelta(5))
    pages = ("/widersprueche", f"/widersprueche/{of.key}")
    for page in pages:
        assert "zurückgewiesen" in people["public"].get(page).text
        then = people["public"].get(page, {"on": (date.today() - timedelta(1)).isoformat()}).text
        assert "bestritten" in then
        assert "zurückgewiesen" not in then
        assert "Wir haben den Standard gelesen." not in then
    before = {"on": (date.today() - timedelta(6)).isoformat()}
    assert FINDING not in people["public"].get("/widersprueche", before).text
    (told,) = (
        people["public"].get("/api/v1/objections", {"on": (date.today() - timedelta(1)).isoformat()}).json()["items"]
    )
    assert (told["state"], told["decided_on"], told["reason"]) == ("open", None, None)
    assert Contest.objects.get(pk=of.pk).decided_on == date.today()
