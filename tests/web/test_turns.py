"""Threads take turns in the order in which they came, and nobody waits for one that takes long."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from schnittstellen.web.turns import Turns

PATIENCE = 30.0


def _until(waiting: Callable[[], bool]) -> None:
    pause = Event()
    while not waiting():
        pause.wait(0.001)


def test_one_after_the_other_in_order() -> None:
    turns, seen, first = Turns(longest=PATIENCE), [], Event()

    def take(name: int) -> None:
        with turns.one():
            seen.append(name)
            assert first.wait(PATIENCE)

    with ThreadPoolExecutor(4) as pool:
        taken: list[Future[None]] = []
        for number in range(4):
            taken.append(pool.submit(take, number))
            _until(lambda number=number: len(turns._waiting) == number and bool(seen))  # type: ignore[misc]
        assert seen == [0]
        first.set()
        for one in taken:
            one.result(PATIENCE)
    assert seen == [0, 1, 2, 3]


def test_nobody_waits_for_one_that_takes_long() -> None:
    turns, done = Turns(longest=0.01), Event()

    def long() -> None:
        with turns.one():
            assert done.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(long)
        _until(lambda: turns._taken)
        with turns.one(), turns.one():
            done.set()
        taken.result(PATIENCE)
    assert not turns._taken
    assert not turns._waiting


def test_a_turn_ends_with_a_failure() -> None:
    turns = Turns(longest=PATIENCE)
    with pytest.raises(ValueError, match="broken"), turns.one():
        raise ValueError("broken")
    assert not turns._taken


def test_pages_wait_and_what_is_sent_to_us_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from schnittstellen.web import wsgi

    waited: list[bool] = []

    def _start(*_: object) -> Any:
        return None

    def handler(environ: dict[str, Any], _start: object) -> list[bytes]:
        waited.append(wsgi._turns._taken)
        return [environ["REQUEST_METHOD"].encode()]

    monkeypatch.setattr(wsgi, "_handler", handler)
    for method in ("GET", "HEAD", "POST"):
        assert wsgi.application({"REQUEST_METHOD": method}, _start) == [method.encode()]
    assert waited == [True, True, False]
