"""Pages are computed in the order in which they were asked for, and nobody waits for one that takes long."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, current_thread
from typing import Any

import pytest

from schnittstellen.web.turns import Turns

PATIENCE = 30.0


def _until(waiting: Callable[[], bool]) -> None:
    pause = Event()
    while not waiting():
        pause.wait(0.001)


def test_one_after_the_other_in_order_and_in_one_thread() -> None:
    turns, seen, first = Turns(longest=PATIENCE), [], Event()

    def take(name: int) -> str:
        seen.append(name)
        assert first.wait(PATIENCE)
        return current_thread().name

    with ThreadPoolExecutor(4) as pool:
        taken: list[Future[str]] = []
        for number in range(4):
            taken.append(pool.submit(turns.one, lambda number=number: take(number)))  # type: ignore[misc]
            _until(lambda number=number: turns._thread._work_queue.qsize() == number and bool(seen))  # type: ignore[misc]
        assert seen == [0]
        first.set()
        names = {one.result(PATIENCE) for one in taken}
    assert seen == [0, 1, 2, 3]
    assert len(names) == 1
    assert turns.one(lambda: current_thread().name) in names


def test_nobody_waits_for_one_that_takes_long() -> None:
    turns, begun, done = Turns(longest=0.01), Event(), Event()

    def long() -> str:
        begun.set()
        assert done.wait(PATIENCE)
        return "long"

    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(turns.one, long)
        assert begun.wait(PATIENCE)
        assert turns.one(current_thread) is current_thread()
        done.set()
        assert taken.result(PATIENCE) == "long"
    assert turns.one(current_thread) is not current_thread()


def test_a_failure_comes_to_whom_it_concerns() -> None:
    turns = Turns(longest=PATIENCE)

    def broken() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        turns.one(broken)
    assert turns.one(lambda: "well") == "well"


def test_each_is_computed_once() -> None:
    turns, computed = Turns(longest=0.0), []
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: turns.one(lambda: computed.append(number)), range(500)))
    assert sorted(computed) == list(range(500))


def test_a_process_draws_before_the_first_picture_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from schnittstellen.web import wsgi
    from schnittstellen.web.pages import pictures

    drawn: list[str] = []
    monkeypatch.setattr(pictures, "_drawn", drawn.append)
    wsgi._draw_ahead().join(PATIENCE)
    assert drawn == ["digraph {}"]


def test_pages_take_turns_and_what_is_sent_to_us_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from schnittstellen.web import wsgi

    here: list[bool] = []

    def _start(*_: object) -> Any:
        return None

    def handler(environ: dict[str, Any], _start: object) -> list[bytes]:
        here.append(current_thread() is thread)
        return [environ["REQUEST_METHOD"].encode()]

    thread = current_thread()
    monkeypatch.setattr(wsgi, "_handler", handler)
    for method in ("GET", "HEAD", "POST"):
        assert wsgi.application({"REQUEST_METHOD": method}, _start) == [method.encode()]
    assert here == [False, False, True]
