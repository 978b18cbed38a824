"""Workers as processes of their own: killed at every stage of a hand-in, and several at once."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.runs.test_killed import MOST_SECONDS, World, made

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


class OfHandIns(World):
    DOES, DYING = "tests.catalogue.handing_in.world", "tests.catalogue.handing_in.dying"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[OfHandIns]:
    with made(OfHandIns, tmp_path) as world:
        yield world


def _done(state: Any) -> bool:
    return all(one["state"] not in ("waiting", "judging") for one in state["rows"])


@pytest.mark.parametrize("stage", ["taken", "judging", "judged", "accepting", "accepted", "ended"])
def test_a_worker_killed_at_any_stage_loses_no_hand_in_and_records_none_twice(world: OfHandIns, stage: str) -> None:
    world.does("ask")
    with world.worker(stage) as dying:
        assert dying.wait(MOST_SECONDS) == -signal.SIGKILL
    with world.worker():
        state = world.becomes(_done)
    (row,) = state["rows"]
    assert (row["state"], row["attempts"]) == ("accepted", 1 if stage == "ended" else 2)
    assert state["evidence"] == [[row["report_sha256"], "passed"]]
    assert (state["hand_ins"], state["inputs"]) == ([row["key"]], 0)


def test_two_workers_never_take_one_hand_in(world: OfHandIns) -> None:
    keys = world.does("ask", "4")
    with world.worker(), world.worker():
        state = world.becomes(_done)
    assert [one["attempts"] for one in state["rows"]] == [1, 1, 1, 1]
    assert sorted(state["hand_ins"]) == sorted(keys)
    assert sorted(one for one, _ in state["evidence"]) == sorted(one["report_sha256"] for one in state["rows"])
