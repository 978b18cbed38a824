"""Further ways of cheating: with bombs, by repeating, and with recordings that are not of the run they are said of."""

import itertools
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from schnittstellen.catalogue.models import Evidence
from schnittstellen.catalogue.services.handing_in import orders
from schnittstellen.catalogue.services.handing_in.sent import Input, Keep, Sent
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.days import HERE
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, NOW, OPARL, TODAY, files, hand_in, run_of, sent
from tests.catalogue.handing_in.test_orders import issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Any:
    return making.world()


# --- bombs


def entities() -> bytes:
    """Ten to the ninth characters, if anybody believed it."""
    names = "abcdefghij"
    rest = "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in itertools.pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{rest}]><x>&j;</x>'.encode()


def zeros() -> bytes:
    """A hundred megabytes in a tenth of one."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"\0" * 100_000_000)
    return packed.getvalue()


def deep() -> bytes:
    return b"<x>" * 200_000


@pytest.mark.parametrize("bomb", [entities, zeros, deep])
def test_a_bomb_that_is_said_to_pass_is_refused(bomb: Callable[[], bytes]) -> None:
    data = Input("bombe.xml", bomb())
    (was,) = run_of(GOOD).results
    report = replace(run_of(GOOD), results=(replace(was, sha256=data.sha256, name=data.name),))
    assert making.refused(sent(report, (data,))) == ("V061",)
    assert making.refused(replace(sent(report, (data,)), keep=Keep.PUBLISH)) == ("V061",)
    assert not Evidence.objects.exists()


# --- repeating


def test_two_reports_with_the_same_payload_prove_no_more_than_one(world: Any) -> None:
    hand_in(sent(run_of(GOOD), files(GOOD)))
    hand_in(sent(replace(run_of(GOOD), seconds=9.0), files(GOOD)))
    shown = [one.messages for one in Evidence.objects.all()]
    assert shown == [["hundesteuer.anmeldung.0101"]] * 2
    assert levels([world.pk], TODAY)[world.pk] == 1


def test_one_payload_under_many_names_shows_one_message() -> None:
    (was,) = run_of(GOOD).results
    many = replace(run_of(GOOD), results=tuple(replace(was, name=f"{number}.xml") for number in range(5)))
    assert making.refused(sent(many, files(GOOD))) == ("V076",)


# --- recordings


def by(order: Any, report: Any, har: Input, **changes: Any) -> Sent:
    noted = replace(report, notes={**report.notes, **orders.order_of(order).notes()}, **changes)
    return sent(noted, (har,), suite=OPARL)


def edited(har: Input, edit: Callable[[list[dict[str, Any]]], object]) -> Input:
    written = json.loads(har.data)
    edit(written["log"]["entries"])
    return Input(har.name, json.dumps(written).encode(), recording=True)


def dated(day: Any) -> Callable[[list[dict[str, Any]]], object]:
    return lambda entries: entries[3].update(startedDateTime=day)


@pytest.mark.parametrize(
    "day",
    [(NOW - timedelta(2)).isoformat(), (NOW + timedelta(hours=1)).isoformat(), "gestern", None, "2026-02-30"],
    ids=["before", "after", "yesterday", "none", "no day"],
)
def test_a_recording_from_before_the_order_or_from_no_time_is_refused(day: Any) -> None:
    making.declares_oparl()
    order = issue(OPARL)
    report, har = making.recorded(int(order.seed))
    assert making.refused(by(order, report, edited(har, dated(day)))) == ("V075",)
    assert making.refused(by(order, report, har)) == ()


def test_a_run_from_before_the_order_is_refused() -> None:
    making.declares_oparl()
    order = issue(OPARL)
    report, har = making.recorded(int(order.seed))
    earlier = datetime.combine(TODAY, datetime.min.time(), HERE) - timedelta(seconds=1)
    assert making.refused(by(order, report, har, started=earlier.isoformat())) == ("V071",)


def test_of_duplicated_exchanges_the_first_counts() -> None:
    """A bad answer behind the good one was never given; in front of it, it is what the run would have seen."""
    making.declares_oparl()
    report, har = making.recorded(11)

    def twice(place: int) -> Callable[[list[dict[str, Any]]], object]:
        def edit(entries: list[dict[str, Any]]) -> None:
            bad = json.loads(json.dumps(entries[-1]))
            bad["response"]["content"] = {"size": 2, "text": "{}"}
            entries.insert(place, bad)

        return edit

    assert (
        making.refused(sent(report, (edited(har, twice(len(json.loads(har.data)["log"]["entries"]))),), suite=OPARL))
        == ()
    )
    assert making.refused(sent(replace(report, seconds=9.0), (edited(har, twice(0)),), suite=OPARL)) != ()


def test_swapped_bodies_are_found() -> None:
    making.declares_oparl()
    report, har = making.recorded(11)

    def swap(entries: list[dict[str, Any]]) -> None:
        one, other = (next(it for it in entries if part in it["request"]["url"]) for part in ("/body", "/system"))
        one["response"], other["response"] = other["response"], one["response"]

    assert set(making.refused(sent(report, (edited(har, swap),), suite=OPARL))) <= {"V061", "V062", "V063"}
    assert making.refused(sent(report, (edited(har, swap),), suite=OPARL)) != ()


def test_a_recording_that_is_called_a_payload_proves_nothing(world: Any) -> None:
    """With a digest the result is no longer one of an endpoint, so that no order would be asked for."""
    of = making.declares_oparl()
    report, har = making.recorded(11)
    (was,) = report.results
    disguised = replace(report, results=(replace(was, sha256=har.sha256),))
    payload = Input(har.name, har.data)
    assert making.refused(sent(disguised, (payload,), suite=OPARL)) != ()
    assert making.refused(sent(disguised, suite=OPARL)) == ()
    assert levels([of.pk], TODAY)[of.pk] == 0
