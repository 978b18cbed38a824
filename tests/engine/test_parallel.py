"""Runs over processes: the same results in the same order, whatever happens to a process."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import ObservationFinished, RunFinished, RunStarted
from schnittstellen.engine.parallel import Pool, Settings, WorkersFailed
from schnittstellen.engine.run import Run
from schnittstellen.engine.session import Session, Wishes
from schnittstellen.transports.files import Files
from tests.engine.minis import (
    CHECKS,
    codes_found,
    failing_make,
    make_desk,
    mini_library,
    report_of,
    run,
    verdicts,
)

TROUBLE = {"03": "kill", "11": "exit", "17": "crash", "23": "bad", "29": "cannot", "31": "lie"}


def _folder(root: Path, count: int, words: dict[str, str]) -> Path:
    folder = root / "in"
    folder.mkdir()
    for number in range(count):
        name = f"{number:02}"
        (folder / f"{name}.xml").write_text(f"<m>{words.get(name, 'good')} {number}</m>")
    return folder


def test_the_same_results_as_in_one_process(tmp_path: Path) -> None:
    harmless = {name: words for name, words in TROUBLE.items() if words not in ("kill", "exit")}
    folder = _folder(tmp_path, 60, harmless)
    (folder / "leer.pdf").write_bytes(b"%PDF")
    library = mini_library(tmp_path / "house")
    one, two = (report_of(run(library, folder, suite="mini", jobs=jobs)) for jobs in (1, 2))
    assert [_timeless(result) for result in one.results] == [_timeless(result) for result in two.results]
    assert (one.verdict, one.cause, one.suites) == (two.verdict, two.cause, two.suites)


def test_a_process_that_dies_costs_one_payload(tmp_path: Path) -> None:
    events = run(mini_library(tmp_path / "house"), _folder(tmp_path, 60, TROUBLE), jobs=2)
    found = verdicts(events)
    assert list(found) == [f"{number:02}.xml" for number in range(60)]
    troubled = {name: verdict for name, verdict in found.items() if verdict != "passed"}
    assert troubled == {
        "03.xml": "not_tested",
        "11.xml": "not_tested",
        "17.xml": "error",
        "23.xml": "failed",
        "29.xml": "not_tested",
        "31.xml": "error",
    }
    assert codes_found(events)["03.xml"] == ["E005"]
    assert report_of(events).verdict is Verdict.ERROR


def test_a_payload_that_hangs_is_cut_off(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 20, {"07": "hang"})
    events = run(mini_library(tmp_path / "house"), folder, jobs=2, payload_seconds=0.5)
    assert {name for name, verdict in verdicts(events).items() if verdict != "passed"} == {"07.xml"}
    assert codes_found(events)["07.xml"] == ["E006"]
    assert len(verdicts(events)) == 20


def test_a_time_limit_holds_for_a_single_payload(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 1, {"00": "hang"})
    events = run(mini_library(tmp_path / "house"), folder, jobs=None, payload_seconds=0.5)
    assert codes_found(events) == {"00.xml": ["E006"]}


def test_a_memory_limit_is_an_error_of_the_tool(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 3, {"01": "memory"})
    events = run(mini_library(tmp_path / "house"), folder, jobs=1, worker_memory=1 << 32)
    assert verdicts(events) == {"00.xml": "passed", "01.xml": "error", "02.xml": "passed"}


def test_processes_that_cannot_start_are_no_endless_loop(tmp_path: Path) -> None:
    desk = make_desk(mini_library(tmp_path / "house"), None)
    pool = Pool(failing_make, Settings(2), desk)
    with pytest.raises(WorkersFailed, match="no desk today"):
        list(pool.run(Files().observe(str(_folder(tmp_path, 5, {})), {})))


def test_events(tmp_path: Path) -> None:
    events = run(mini_library(tmp_path / "house"), _folder(tmp_path, 12, {}), jobs=2)
    assert isinstance(events[0], RunStarted)
    assert events[0].expected == 12
    assert all(isinstance(event, ObservationFinished) for event in events[1:-1])
    assert len(events) == 14
    assert isinstance(events[-1], RunFinished)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_with_the_report_of_what_was_done(tmp_path: Path, jobs: int) -> None:
    library = mini_library(tmp_path / "house")
    make = partial(make_desk, library, None)
    desk = make()
    session = Session(desk, make, {"files": Files()}, Wishes(jobs))
    events = session.events(Run(desk.judge, CHECKS, {}), (str(_folder(tmp_path, 40, {})),))
    for _ in range(11):
        next(events)
    last = events.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
    assert isinstance(last, RunFinished)
    assert last.report.interrupted
    assert len(last.report.results) == 10
    assert last.report.verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("jobs", [1, 2])
def test_cancelling_ends_with_the_report_of_what_was_done(tmp_path: Path, jobs: int) -> None:
    library = mini_library(tmp_path / "house")
    make = partial(make_desk, library, None)
    desk, asked = make(), [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] > 3

    session = Session(desk, make, {"files": Files()}, Wishes(jobs, {}, cancelled))
    *_, last = session.events(Run(desk.judge, CHECKS, {}), (str(_folder(tmp_path, 40, {})),))
    assert isinstance(last, RunFinished)
    assert last.report.interrupted
    assert len(last.report.results) < 40


def test_ctrl_c_in_a_terminal(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 40, {"20": "hang"})
    mini_library(tmp_path / "house")
    script = tmp_path / "lauf.py"
    script.write_text(_SCRIPT.format(house=str(tmp_path / "house"), folder=str(folder)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", ".", os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, start_new_session=True, env=environment
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != b"15":
        pass
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=60)[0].splitlines()[-1].split() == [b"True", b"not_tested", b"True"]


_SCRIPT = """
from functools import partial
from pathlib import Path
from schnittstellen.artefacts.library import Library
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.run import Run
from schnittstellen.engine.session import Session, Wishes
from schnittstellen.transports.files import Files
from tests.engine.minis import CHECKS, make_desk

if __name__ == "__main__":
    make = partial(make_desk, Library((Path({house!r}),)), None)
    desk = make()
    session = Session(desk, make, {{"files": Files()}}, Wishes(2))
    events, event, number = session.events(Run(desk.judge, CHECKS, {{}}), ({folder!r},)), None, 0
    while not isinstance(event, RunFinished):
        try:
            event, number = next(events), number + 1
            print(number, flush=True)
        except KeyboardInterrupt:
            event = events.throw(KeyboardInterrupt())
    print()
    print(event.report.interrupted, event.report.verdict, 10 <= len(event.report.results) < 40)
"""


def _timeless(result: object) -> str:
    return repr(result).split(", seconds=")[0]
