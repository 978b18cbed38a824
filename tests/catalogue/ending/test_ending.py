"""What ends: each kind with one that does and one that does not, for all and for one municipality."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from schnittstellen.catalogue.services.ending import Ending, What, ending
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC
from schnittstellen.catalogue.services.words import levels
from schnittstellen.catalogue.wording.calendar import calendar
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue.exchange.test_commands import DAY, run, world  # noqa: F401
from tests.catalogue.making import declare, deploy, prove, release, standard

pytestmark = pytest.mark.django_db
TODAY = date.today()
SOON, LATER = TODAY + timedelta(20), TODAY + timedelta(2000)
AGS = "05999099"


def coming(what: What, ags: str | None = None) -> list[tuple[date, str]]:
    return [(one.day, one.subject) for one in ending(TODAY, 365, OPERATOR, ags).coming if one.what is what]


def test_support_of_a_release_or_of_its_product() -> None:
    release("eins@1", end_of_support=SOON)
    release("eins@2", end_of_support=LATER)
    zwei = release("zwei@1").product
    zwei.end_of_support = SOON
    zwei.save()
    assert coming(What.SUPPORT) == [(SOON, "eins@1"), (SOON, "zwei@1")]


def test_versions_of_standards() -> None:
    standard("xm@1.0", {}, in_force_until=SOON)
    standard("xm@2.0", {})
    standard("xm@3.0", {}, in_force_until=TODAY - timedelta(1))
    assert coming(What.STANDARD) == [(SOON, "xm@1.0")]


def test_evidence_whose_level_falls() -> None:
    standard("xm@1.0", {"sender": (["a"], [])})
    falls = declare("eins@1", "xm@1.0", "sender")
    prove(falls, messages=["a"], lapses_in=21)
    stays = declare("zwei@1", "xm@1.0", "sender")
    prove(stays, messages=["a"], lapses_in=21, days_ago=3)
    prove(stays, messages=["a"], lapses_in=2000)
    failed = declare("drei@1", "xm@1.0", "sender")
    prove(failed, verdict="failed", cause="product", lapses_in=21)
    (found,) = [one for one in ending(TODAY, 365, OPERATOR).coming if one.what is What.EVIDENCE]
    assert (found.day, found.of, found.subject, found.value) == (SOON, "eins@1", "xm@1.0/sender", "0")


def test_every_fall_of_a_level_is_told_and_nothing_else() -> None:
    """Compared with the levels of each day, counted from all evidence."""
    chance = random.Random(3)
    standard("xm@1.0", {"sender": (["a"], [])}, in_force_until=TODAY + timedelta(50))
    standard("xm@2.0", {"sender": (["a"], [])})
    declared = [declare(f"p{number}@1", f"xm@{1 + number % 2}.0", "sender") for number in range(8)]
    for _ in range(40):
        verdict = chance.choice(("passed", "passed", "passed", "failed"))
        lapses_in = chance.choice((None, 1, 2, 30, 59, 60, 61))
        prove(chance.choice(declared), chance.randint(1, 3), verdict, chance.randint(1, 9), lapses_in=lapses_in)
    days = [TODAY + timedelta(number) for number in range(62)]
    each = [levels([one.pk for one in declared], day) for day in days]
    expected = sorted(
        (day, str(one.release), str(int(after.get(one.pk, 0))))
        for day, before, after in zip(days, each, each[1:], strict=False)
        for one in declared
        if after.get(one.pk, 0) < before.get(one.pk, 0)
    )
    found = ending(TODAY, 60, OPERATOR).coming
    assert expected
    assert sorted((one.day, one.of, one.value) for one in found if one.what is What.EVIDENCE) == expected


def test_a_municipality_sees_what_it_uses_and_what_has_ended_already() -> None:
    release("alt@1", end_of_support=TODAY - timedelta(9))
    release("fremd@1", end_of_support=SOON)
    deploy("alt@1", AGS)
    deploy("neu@1", AGS, replacement="anders", replacement_on=SOON)
    deploy("bleibt@1", AGS)
    found = ending(TODAY, 365, OPERATOR, AGS)
    assert [(one.what, one.subject) for one in found.past] == [(What.SUPPORT, "alt@1")]
    assert [(one.what, one.subject, one.value) for one in found.coming] == [(What.REPLACEMENT, "neu@1", "anders")]


def test_what_has_ended_long_ago_is_nothing_new_for_all() -> None:
    release("alt@1", end_of_support=TODAY - timedelta(9))
    assert ending(TODAY, 365, OPERATOR).coming == ()


def test_others_do_not_see_what_a_municipality_uses() -> None:
    deploy("alt@1", AGS)
    with pytest.raises(SchnittstellenError) as caught:
        ending(TODAY, 365, PUBLIC, AGS)
    assert caught.value.fault.code == "F130"


def test_no_more_than_asked() -> None:
    for number in range(5):
        release(f"eins@{number}", end_of_support=SOON)
    found = ending(TODAY, 365, OPERATOR, most=3)
    assert (len(found.coming), found.more) == (3, True)
    assert not ending(TODAY, 365, OPERATOR, most=5).more


def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    standard("xm@1.0", {"sender": (["a"], [])}, in_force_until=SOON)
    for number in range(15):
        prove(declare(f"p{number}@1", "xm@1.0", "sender"), messages=["a"], lapses_in=9)
        deploy(f"p{number}@1", AGS)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(ending(TODAY, 365, OPERATOR, AGS).coming) == 16


def test_a_calendar_that_calendars_can_read() -> None:
    one = Ending(SOON, What.SUPPORT, "eins@1", "Eins, das; Erste\nzweite Zeile")
    again = calendar([one], TODAY)
    (event,) = Calendar.from_ical(again).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (SOON, SOON + timedelta(1))
    assert "eins@1" in str(event["summary"])
    assert str(event["uid"]) == f"support-eins@1-{SOON}@schnittstellen"
    assert all(len(line) <= 75 for line in again.split(b"\r\n"))


@pytest.mark.usefixtures("world")
def test_the_command(tmp_path: Path) -> None:
    german = run("ending", *DAY).output
    assert "XHundesteuer 1.1" in german
    assert "Ende eines Standards" in german
    english = run("--lang", "en", "ending", *DAY).output
    assert "end of a standard" in english
    assert "Nachweis" not in english
    machine = json.loads(run("ending", "--for", "05999002", "--json", *DAY).output)
    assert machine["municipality"] == "Musterdorf"
    file = tmp_path / "ende.ics"
    assert run("ending", "--ics", str(file), *DAY).exit_code == 0
    assert Calendar.from_ical(file.read_bytes()).walk("VEVENT")


@pytest.mark.usefixtures("world")
def test_an_unknown_municipality() -> None:
    assert "F123" in run("ending", "--for", "1").stderr
