"""Test orders: issued by the board with a random seed, good for one accepted hand-in until their last day."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.attest import documents, keys
from schnittstellen.catalogue.models import Entry, Evidence, HandIn, IssuedOrder
from schnittstellen.catalogue.registry.loading import load
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.catalogue.services.handing_in import accepting, orders, receipts
from schnittstellen.catalogue.services.handing_in.sent import Input, Sent
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.judged_again import counted
from schnittstellen.domain.trust import Purpose, Trust
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import BOARD, GOOD, OPARL, OWN, RELEASE, SUITE, TODAY, files, hand_in, sent

pytestmark = pytest.mark.django_db
LAST = TODAY + timedelta(30)


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def issue(suite: str = SUITE, viewer: Viewer = BOARD, last: date = LAST, release: str = RELEASE) -> IssuedOrder:
    return orders.issue(viewer, (release, suite), last, bootstrap.library(), TODAY)


def by(order: IssuedOrder, *names: str) -> Sent:
    """A run of messages by the order."""
    notes = tuple(orders.order_of(order).notes().items())
    return sent(making.run_of(*names or (GOOD,), notes=notes), files(GOOD))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()
    return caught.value.fault.code


def test_seeds_are_random_and_in_the_document() -> None:
    first, second = issue(), issue()
    assert first.seed != second.seed
    order = orders.order_of(first)
    assert (order.seed, order.suite, str(order.release)) == (int(first.seed), SUITE, RELEASE)
    assert (order.issued, order.lapses_on) == (TODAY, LAST + timedelta(1))


def test_it_is_signed_where_the_server_has_a_key(settings: Any, tmp_path: Path) -> None:
    private, public = keys.create("beirat", Purpose.BOARD, making.START)
    assert code(lambda: documents.read_order(bytes(issue().document), Trust((public,)), TODAY)) == "V003"
    keys.write_private(tmp_path / "beirat.key", private)
    settings.BOARD_KEY = str(tmp_path / "beirat.key")
    made = issue()
    assert documents.read_order(bytes(made.document), Trust((public,)), TODAY) == orders.order_of(made)


@pytest.mark.parametrize("viewer", [PUBLIC, OWN, OPERATOR, Viewer(vendor="musterhaus", board=True)])
def test_only_the_board_issues(viewer: Viewer) -> None:
    assert code(lambda: issue(viewer=viewer)) == "F415"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"suite": "xhundesteuer@1.1/onlinedienst"}, "F413"),
        ({"release": "anderes@1"}, "F413"),
        ({"suite": "unsinn"}, "F413"),
        ({"last": TODAY - timedelta(1)}, "F414"),
        ({"last": TODAY + timedelta(367)}, "F414"),
    ],
)
def test_what_cannot_be_ordered(more: dict[str, Any], expected: str) -> None:
    assert code(lambda: issue(**more)) == expected


def test_who_sees_an_order() -> None:
    made = issue()
    for viewer in (OWN, BOARD, OPERATOR):
        assert orders.one(viewer, made.key) == made
        assert list(orders.listed(viewer, "musterhaus")) == [made]
    for viewer in (PUBLIC, Viewer(vendor="musterwerk")):
        assert code(lambda viewer=viewer: orders.one(viewer, made.key)) == "F412"
        assert code(lambda viewer=viewer: orders.listed(viewer, "musterhaus")) == "F144"
    assert code(lambda: orders.listed(OWN)) == "F415"


def test_a_run_by_the_order_uses_it_up() -> None:
    order = issue()
    made, new = hand_in(by(order))
    assert (new, made.order) == (True, order)
    assert hand_in(by(order)) == (made, False)
    later = sent(
        replace(making.run_of(GOOD, notes=tuple(orders.order_of(order).notes().items())), seconds=9.0), files(GOOD)
    )
    assert making.refused(later) == ("V033",)


def test_an_order_counts_until_its_last_day() -> None:
    order = issue()
    assert making.refused(by(order), days=31) == ("V032",)
    assert making.refused(by(order), days=30) == ()


def test_of_two_runs_at_the_same_moment_one_uses_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    order, alone = issue(), accepting._alone
    notes = tuple(orders.order_of(order).notes().items())
    other = sent(replace(making.run_of(GOOD, notes=notes), seconds=9.0), files(GOOD))

    def late(looked: Any, sha256: str) -> Any:
        monkeypatch.setattr(accepting, "_alone", alone)
        hand_in(other)
        return alone(looked, sha256)

    monkeypatch.setattr(accepting, "_alone", late)
    assert making.refused(by(order)) == ("V033",)


def test_reports_of_other_orders_are_refused() -> None:
    order, other = issue(), issue()
    assert making.refused(replace(by(other), order=order.key)) == ("V031",)
    assert making.refused(replace(making.honest(), order=order.key)) == ("V030",)
    assert making.refused(replace(by(order), order="PA-2026-ffff")) == ("V068",)
    notes = {**orders.order_of(order).notes(), "order_seed": "7"}
    assert making.refused(sent(making.run_of(GOOD, notes=tuple(notes.items())), files(GOOD))) == ("V034",)
    assert making.refused(replace(by(order), order=order.key)) == ()


def test_an_order_is_fulfilled_as_a_whole_only() -> None:
    order = issue()
    assert making.refused(replace(by(order), inputs=())) == ("V069",)
    assert making.refused(by(order, GOOD, "gueltig--abmeldung.xml")) == ("V069",)
    assert making.refused(by(order)) == ()


# --- endpoints


def recorded(seed: int, **notes: str) -> tuple[making.Report, Input]:
    report, har = making.recorded(seed)
    return replace(report, notes={**report.notes, **notes}), har


def test_recorded_exchanges_are_judged_again_and_prove_nothing_without_an_order() -> None:
    of = making.declares_oparl()
    report, har = making.recorded(11)
    made, _ = hand_in(sent(report, (har,), suite=OPARL))
    assert (made.judged, made.total, made.claimed) == (1, 1, "passed")
    assert (made.evidence.verdict, made.evidence.messages, made.evidence.order) == ("not_tested", [], "")
    assert receipts.without_order(made)
    assert levels([of.pk], TODAY)[of.pk] == 0


def test_a_departure_that_was_recorded_counts_without_an_order() -> None:
    making.declares_oparl()
    report, har = making.recorded(11, "latin-1")
    made, _ = hand_in(sent(report, (har,), suite=OPARL))
    assert (made.judged, made.evidence.verdict, made.evidence.reach) == (1, "failed", 2)


def test_a_suite_that_asks_nothing_by_the_seed_proves_nothing_by_an_order() -> None:
    report, _ = making.recorded(11)
    (one,) = report.results
    bare = replace(one, steps=tuple(replace(step, notes={}) for step in one.steps))
    assert counted(report, (0,), ordered=True).verdict == "passed"
    assert counted(replace(report, results=(bare,)), (0,), ordered=True).verdict == "not_tested"


def test_a_recording_with_another_seed_is_refused() -> None:
    """Prepared beforehand: the vendor writes the order's seed into the report of an older run."""
    making.declares_oparl()
    order = issue(OPARL)
    report, har = making.recorded(11)
    steps = tuple(
        replace(one, notes={**one.notes, **({"seed": order.seed} if "seed" in one.notes else {})})
        for one in report.results[0].steps
    )
    notes = {**report.notes, **orders.order_of(order).notes()}
    forged = replace(report, notes=notes, results=(replace(report.results[0], steps=steps),))
    assert making.refused(sent(forged, (har,), suite=OPARL)) == ("V063",)


def test_a_run_of_an_endpoint_by_order_proves_the_endpoint_also_when_loaded_anew(tmp_path: Path) -> None:
    of = making.declares_oparl()
    order = issue(OPARL)
    report, har = recorded(int(order.seed), **orders.order_of(order).notes())
    made, _ = hand_in(sent(report, (har,), suite=OPARL))
    assert (made.order, made.evidence.verdict, made.evidence.reach) == (order, "passed", 2)
    assert levels([of.pk], TODAY)[of.pk] == 2
    assert json.loads(bytes(Entry.objects.get(kind="evidence").body))["order"] == order.key
    write(tmp_path, bootstrap.library())
    HandIn.objects.all().delete()
    Evidence.objects.all()._raw_delete("default")
    load(tmp_path, bootstrap.library())
    again = Evidence.objects.get()
    assert (again.order, again.verdict, levels([of.pk], TODAY)[of.pk]) == (order.key, "passed", 2)


def test_recordings_that_do_not_fit() -> None:
    making.declares_oparl()
    report, har = making.recorded(11)
    faulty = making.recorded(11, "latin-1")[1]
    elsewhere = Input("b.har", har.data.replace(b"ris.musterstadt.example", b"ris.anderswo.example"), recording=True)
    broken = Input("c.har", b'{"log": {}}', recording=True)
    assert making.refused(sent(report, (elsewhere,), suite=OPARL)) == ("V064",)
    assert making.refused(sent(report, (broken,), suite=OPARL)) == ("V063",)
    assert making.refused(sent(report, (faulty,), suite=OPARL)) == ("V061",)
    made, _ = hand_in(sent(report, suite=OPARL))
    assert (made.judged, made.evidence.verdict, made.evidence.messages) == (0, "not_tested", [])
