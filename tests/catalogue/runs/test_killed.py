"""Workers as processes of their own: killed at every stage, stopped, cancelled, several at once."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from tests.homes import empty_home, empty_template
from tests.miniatures.oparl import App, serving

ROOT = Path(__file__).resolve().parents[3]
MOST_SECONDS = 180.0
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


class World:
    """A catalogue in a home of its own, on the kind of database that the tests run on."""

    DOES, DYING = "tests.catalogue.runs.world", "tests.catalogue.runs.dying"

    def __init__(self, home: Path, database: str) -> None:
        self._environment = {
            **os.environ,
            "SCHNITTSTELLEN_HOME": str(home),
            "DATABASE_URL": database,
            "SCHNITTSTELLEN_PRIVATE_ENDPOINTS": "1",
            "SCHNITTSTELLEN_RUN_LEASE": "3",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self._process: subprocess.Popen[str] | None = None

    def does(self, *what: str) -> Any:
        """In a process of its own that stays until `end`."""
        if self._process is None:
            run = [sys.executable, "-m", self.DOES]
            self._process = subprocess.Popen(
                run, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    @contextmanager
    def worker(self, stage: str = "none") -> "Iterator[subprocess.Popen[bytes]]":
        process = subprocess.Popen([sys.executable, "-m", self.DYING, stage], env=self._environment)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(30)

    def becomes(self, wanted: Callable[[Any], bool]) -> Any:
        ends = time.monotonic() + MOST_SECONDS
        while time.monotonic() < ends:
            if wanted(state := self.does("state")):
                return state
            time.sleep(0.1)
        raise AssertionError(state)


Made = TypeVar("Made", bound=World)


@contextmanager
def made(kind: type[Made], folder: Path) -> Iterator[Made]:
    """A world with an empty database."""
    with _database(folder) as (home, address):
        world = kind(home, address)
        try:
            yield world
        finally:
            world.end()


@contextmanager
def _database(folder: Path) -> Iterator[tuple[Path, str]]:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield empty_home(folder), f"sqlite://{folder}/katalog.sqlite3"
        return
    name, template = f"runs_{secrets.token_hex(6)}", empty_template()
    with psycopg.connect(dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        yield folder, f"postgresql:///{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with made(World, tmp_path) as world:
        yield world


@pytest.fixture
def app() -> Iterator[App]:
    with serving(lambda base: App(base, "1.1")) as app:
        yield app


def _done(state: Any) -> bool:
    return all(one["state"] not in ("queued", "running") for one in state["runs"])


@pytest.mark.parametrize("stage", ["taken", "probing", "judged", "recording", "recorded"])
def test_a_worker_killed_at_any_stage_loses_no_run_and_records_none_twice(world: World, app: App, stage: str) -> None:
    world.does("ask", f"{app.base}/system")
    with world.worker(stage) as dying:
        assert dying.wait(MOST_SECONDS) == -signal.SIGKILL
    with world.worker():
        state = world.becomes(_done)
    (run,) = state["runs"]
    assert (run["state"], run["verdict"]) == ("done", "passed")
    assert run["attempts"] == (1 if stage == "recorded" else 2)
    assert state["evidence"] == [run["report_sha256"]]


def test_two_workers_never_take_one_run(world: World, app: App) -> None:
    for number in range(3):
        world.does("ask", f"{app.base}/system?{number}")
    with world.worker(), world.worker():
        state = world.becomes(_done)
    assert [one["attempts"] for one in state["runs"]] == [1, 1, 1]
    assert sorted(state["evidence"]) == sorted(one["report_sha256"] for one in state["runs"])


def test_a_worker_that_is_ended_gives_its_run_back(world: World, app: App) -> None:
    world.does("ask", f"{app.base}/system")
    with world.worker("slow") as first:
        world.becomes(lambda state: state["runs"][0]["state"] == "running")
        first.terminate()
        assert first.wait(MOST_SECONDS) == 0
    state = world.does("state")
    assert (state["runs"][0]["state"], state["runs"][0]["attempts"], state["evidence"]) == ("queued", 0, [])
    with world.worker():
        state = world.becomes(_done)
    assert (state["runs"][0]["state"], len(state["evidence"])) == ("done", 1)


def test_a_running_run_is_cancelled_on_request(world: World, app: App) -> None:
    key = world.does("ask", f"{app.base}/system")
    with world.worker("slow"):
        world.becomes(lambda state: state["runs"][0]["state"] == "running")
        world.does("cancel", key)
        state = world.becomes(_done)
    assert state["runs"][0]["state"] == "cancelled"
    assert state["evidence"] == []


def test_an_endpoint_whose_proof_lapsed_in_the_queue_is_not_asked(world: World, app: App) -> None:
    world.does("ask", f"{app.base}/system")
    world.does("lapse")
    with world.worker():
        state = world.becomes(_done)
    assert (state["runs"][0]["state"], state["runs"][0]["problem"]) == ("failed", "F213")
    assert state["evidence"] == []
