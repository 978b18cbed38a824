"""Each cause of an end, by each way in which it is told: once ahead, then once, by workers that start anew."""

import email
import email.policy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.catalogue.notices.test_notices import receiver
from tests.catalogue.notices.world import CAUSES, END, day
from tests.catalogue.runs.test_killed import World, made

DAYS = (0, 11, END, END + 20)
TOLD = [90, 30, 0]
"""How many days ahead an end is told when workers look on `DAYS`."""


class OfNotices(World):
    DOES = "tests.catalogue.notices.world"

    def does(self, *what: str) -> Any:
        """In a process of its own each time: workers start anew."""
        run = [sys.executable, "-m", self.DOES, *what]
        return json.loads(subprocess.run(run, env=self._environment, check=True, capture_output=True).stdout)


@dataclass
class Heard:
    """All that came of it: mails, webhooks, and what feed and calendar said on each day."""

    mails: list[EmailMessage] = field(default_factory=list)
    hooks: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    days: dict[int, dict[str, str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    home, found = tmp_path_factory.mktemp("notices"), Heard()
    with made(OfNotices, home) as world:
        with receiver() as (url, posts):
            world.does("make", url)
            for offset in DAYS:
                found.days[offset] = world.does("tick", str(offset))
        found.hooks = [(headers, json.loads(body)) for headers, body in posts]
        found.mails = sorted(_mails(home / "post"), key=lambda one: str(one["Message-ID"]))
        yield found


def _mails(folder: Path) -> Iterator[EmailMessage]:
    """Those of one process stand in one file."""
    for path in folder.glob("*.log"):
        for one in re.split(r"(?m)^-{79}\n", path.read_text(encoding="utf-8")):
            if one.strip():
                yield email.message_from_string(one, policy=email.policy.default)  # type: ignore[arg-type]


def product(why: str) -> str:
    return f"x{why.replace('_', '')}"


def mails(heard: Heard, why: str) -> list[EmailMessage]:
    return [one for one in heard.mails if f"{product(why)}@1.0" in str(one["Subject"])]


def hooks(heard: Heard, why: str) -> list[tuple[dict[str, str], dict[str, Any]]]:
    return [one for one in heard.hooks if one[1]["data"]["release"] == f"{product(why)}@1.0"]


@pytest.mark.parametrize("why", CAUSES)
def test_by_webhook(heard: Heard, why: str) -> None:
    found = hooks(heard, why)
    assert [one["data"]["days_before"] for _, one in found] == TOLD
    assert {one["data"]["ends_on"] for _, one in found} == {day(END).isoformat()}
    assert {cause["why"] for _, one in found for cause in one["data"]["causes"]} == {why}
    assert len({headers["webhook-id"] for headers, _ in found}) == len(TOLD)


@pytest.mark.parametrize("why", CAUSES)
def test_by_mail_with_one_appointment(heard: Heard, why: str) -> None:
    found = mails(heard, why)
    assert len(found) == len({one["Message-ID"] for one in found}) == len(TOLD)
    appointments = [Calendar.from_ical(part.get_content()) for one in found for part in one.iter_attachments()]
    events = [event for one in appointments for event in one.events]
    assert {(str(one["uid"]), one.start) for one in events} == {(str(events[0]["uid"]), day(END))}
    assert len(events) == len(TOLD)


@pytest.mark.parametrize("why", CAUSES)
def test_in_the_calendar_for_everybody(heard: Heard, why: str) -> None:
    shown = {offset: _events(one["calendar"], product(why)) for offset, one in heard.days.items()}
    assert {offset: len(one) for offset, one in shown.items()} == {one: int(one < END) for one in DAYS}
    assert len({one for each in shown.values() for one in each}) == 1


def _events(calendar: str, product: str) -> list[str]:
    found = Calendar.from_ical(calendar).events
    ids = [str(one["uid"]) for one in found if one.start == day(END - 1)]
    return [one for one in ids if one.startswith("evidence-") and product in one]


@pytest.mark.parametrize("why", CAUSES)
def test_in_the_feed(heard: Heard, why: str) -> None:
    """A revocation is told when it is decided; all else on the day on which the level falls."""
    shown = {offset: _entries(one["feed"], product(why), why) for offset, one in heard.days.items()}
    since = 0 if why == "revoked" else END
    assert {offset: len(one) for offset, one in shown.items()} == {one: int(one >= since) for one in DAYS}
    assert len({one for each in shown.values() for one in each}) == 1


def _entries(feed: str, product: str, why: str) -> list[str]:
    kind = "revocation" if why == "revoked" else "level"
    entries = re.findall(r"<entry>.*?</entry>", feed, re.DOTALL)
    ids = [re.search(r"<id>(.*?)</id>", one) for one in entries if f'term="{kind}"' in one and product in one]
    return [one[1] for one in ids if one]
