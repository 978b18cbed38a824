"""The process that judges hand-ins: it says the same as we do here, and whatever kills it is a refusal."""

import os
import signal
from collections.abc import Iterator

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.services.handing_in import judging, rejudging
from schnittstellen.catalogue.services.handing_in.judging import Bench, Stopped
from schnittstellen.domain.texts import Line
from schnittstellen.formats.report_json import read_report
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, SUITE, as_json, files, run_of
from tests.catalogue.handing_in.test_forgeries import changed_throughout


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def test_it_says_the_same_as_we_do_here_and_is_kept(bench: Bench) -> None:
    report, har = making.recorded(11)
    heard = list[int]()
    assert bench(as_json(run_of(GOOD)), SUITE, files(GOOD), heard.append).same == {0}
    assert heard == [1]
    first = bench._process
    assert bench(as_json(report), making.OPARL, (har,)).same == {0}
    assert bench._process is first
    forged = changed_throughout()
    found = bench(forged.report, SUITE, forged.inputs)
    here = rejudging.judged_again(
        read_report(forged.report.decode(), "r"),
        bootstrap.library().suites_named(SUITE)[0],
        forged.inputs,
        bootstrap.library(),
    )
    assert found == here
    assert isinstance(found.refusals[0].parameters["claimed"], Line)


def test_what_kills_it_is_refused_and_the_next_is_judged(bench: Bench) -> None:
    def kill(_count: int) -> None:
        assert bench._process is not None
        os.kill(bench._process.pid, signal.SIGKILL)

    (reason,) = bench(as_json(run_of(GOOD, making.BAD)), SUITE, files(GOOD, making.BAD), kill).refusals
    assert reason.fault.code == "V063"
    assert bench(as_json(run_of(GOOD)), SUITE, files(GOOD)).same == {0}


def test_memory_and_time_are_bound() -> None:
    for bench in (Bench(memory=20 * 1024 * 1024), Bench(seconds=0.0)):
        (reason,) = bench(as_json(run_of(GOOD)), SUITE, files(GOOD)).refusals
        assert reason.fault.code == "V063"
        assert bench._process is None


def test_it_ends_where_its_worker_does(bench: Bench) -> None:
    with pytest.raises(Stopped):
        bench(as_json(run_of(GOOD)), SUITE, files(GOOD), stop=lambda: True)
    assert bench._process is None


def test_after_some_another_takes_its_place(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_JOBS", 1)
    bench(as_json(run_of(GOOD)), SUITE, files(GOOD))
    first = bench._process
    bench(as_json(run_of(GOOD)), SUITE, files(GOOD))
    assert bench._process is not first
