"""A preview uses what vendors handed in and what is still kept: payloads, and recordings from the seed of their run."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.services.handing_in import keeping, orders
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, OPARL, SUITE, TODAY, files, hand_in, run_of, sent
from tests.catalogue.handing_in.test_orders import issue
from tests.catalogue.previews.making import asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def draft(at: Path, suite: str) -> str:
    """A draft that differs by a number only, but whose checks must all be made again where something is at hand."""
    name = suite.replace("@", "/")
    folder = at / name
    shutil.copytree(built_in() / "conformance_suites" / name, folder)
    text = (folder / "suite.toml").read_text("utf-8")
    head, _, tail = text.partition("\nedition = ")
    (folder / "suite.toml").write_text(f'{head}\nedition = "9.0.0"\n{tail.partition(chr(10))[2]}', "utf-8")
    return str(folder)


def test_payloads_are_judged_anew_while_they_are_kept(tmp_path: Path) -> None:
    hand_in(sent(run_of(GOOD), files(GOOD)))
    folder = draft(tmp_path, SUITE)
    found = asked("--suite", folder)
    assert (found["judged"], found["total"], found["counts"]["keeps"]) == (1, 1, 1)
    keeping.delete_due(TODAY + timedelta(30))
    found = asked("--suite", folder)
    assert (found["judged"], found["counts"]["keeps"]) == (0, 1)


def test_a_recording_is_replayed_from_the_seed_of_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    making.declares_oparl()
    order = issue(OPARL)
    report, har = making.recorded(int(order.seed))
    hand_in(sent(replace(report, notes={**report.notes, **orders.order_of(order).notes()}), (har,), suite=OPARL))
    folder = draft(tmp_path, OPARL)
    found = asked("--suite", folder)
    assert (found["judged"], found["counts"]["keeps"], found["counts"]["unknown"]) == (1, 1, 0)
    from schnittstellen.catalogue.services.previewing import judging

    def none(_report: Any) -> frozenset[str]:
        return frozenset()

    monkeypatch.setattr(judging, "seeds", none)
    assert asked("--suite", folder)["counts"]["keeps"] == 0
