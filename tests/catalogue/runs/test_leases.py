"""Runs and their workers: one holder at a time, ended once, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue import queue
from schnittstellen.catalogue.models import Evidence, Run
from schnittstellen.catalogue.services import leases, runs
from schnittstellen.catalogue.services.leases import MOST_ATTEMPTS
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue.runs.making import NOW, VIEWER, endpoint

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def run() -> Run:
    return runs.ask_for(endpoint(), None, NOW)


def _now(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def _kinds(run: Run) -> list[str]:
    return [one.kind for one in run.events.all()]


def test_asking_queues_one_run_with_a_seed_of_its_own(run: Run) -> None:
    assert queue.waiting() == {run.key}
    leases.cancelled(_taken(run), NOW)
    again = runs.ask_for(run.endpoint, None, NOW)
    assert again.seed != run.seed


def _taken(run: Run) -> leases.Taken:
    taken = leases.take(run.key, NOW)
    assert taken is not None
    return taken


def test_no_second_run_while_one_is_open(run: Run) -> None:
    with pytest.raises(SchnittstellenError) as error:
        runs.ask_for(run.endpoint, None, NOW)
    assert error.value.fault.code == "F214"
    assert Run.objects.count() == 1


def test_a_lapsed_proof_refuses_a_run() -> None:
    of = endpoint()
    of.proof_lapses_on = NOW.date()
    with pytest.raises(SchnittstellenError) as error:
        runs.ask_for(of, None, NOW)
    assert error.value.fault.code == "F213"


def test_a_run_is_taken_once(run: Run) -> None:
    assert leases.take(run.key, NOW) is not None
    assert leases.take(run.key, NOW) is None
    assert _now(run).attempts == 1


def test_a_living_worker_keeps_its_run_and_is_heard(run: Run, settings: Any) -> None:
    settings.RUN_LEASE_SECONDS = 30
    taken = _taken(run)
    soon = NOW + timedelta(seconds=25)
    assert leases.renew(taken, soon, 7) == leases.Pulse(ours=True, cancel=False)
    assert leases.look_after(NOW + timedelta(seconds=50)) == 0
    assert (_now(run).state, _now(run).requests) == ("running", 7)


def test_the_run_of_a_dead_worker_goes_back_and_its_late_words_are_refused(run: Run) -> None:
    dead = _taken(run)
    assert leases.look_after(LATER) == 1
    assert leases.look_after(LATER) == 0
    assert _now(run).state == "queued"
    assert leases.renew(dead, LATER, 9) == leases.Pulse(ours=False, cancel=False)
    assert not leases.finish(dead, b"{}", "passed", bootstrap.library(), LATER)
    assert not leases.fail(dead, "broken", LATER)
    assert not leases.cancelled(dead, LATER)
    assert not leases.hand_back(dead, LATER)
    assert leases.take(run.key, LATER) is not None
    assert not leases.finish(dead, b"{}", "passed", bootstrap.library(), LATER)
    assert not Evidence.objects.exists()


def test_a_run_that_kills_its_workers_is_given_up(run: Run) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert leases.take(run.key, NOW) is not None
        leases.look_after(LATER)
    assert (_now(run).state, _now(run).problem) == ("failed", "given_up")
    assert leases.take(run.key, LATER) is None


def test_handing_back_is_no_failed_attempt(run: Run) -> None:
    for _ in range(MOST_ATTEMPTS + 2):
        assert leases.hand_back(_taken(run), NOW)
    assert (_now(run).state, _now(run).attempts) == ("queued", 0)


def test_a_waiting_run_whose_job_is_lost_gets_another(run: Run) -> None:
    _lose_jobs()
    assert queue.waiting() == set()
    leases.look_after(NOW)
    assert queue.waiting() == {run.key}


def _lose_jobs() -> None:
    from django.apps import apps
    from django.db import connection

    app, model = (
        ("procrastinate", "ProcrastinateJob")
        if connection.vendor == "postgresql"
        else ("django_tasks_database", "DBTaskResult")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {apps.get_model(app, model)._meta.db_table}")


def test_cancelling_a_waiting_run_ends_it(run: Run) -> None:
    runs.cancel(run, NOW)
    assert _now(run).state == "cancelled"
    assert leases.take(run.key, NOW) is None
    with pytest.raises(SchnittstellenError) as error:
        runs.cancel(run, NOW)
    assert error.value.fault.code == "F217"


def test_cancelling_a_running_run_asks_its_worker(run: Run) -> None:
    taken = _taken(run)
    runs.cancel(run, NOW)
    runs.cancel(run, NOW)
    assert leases.renew(taken, NOW, 1) == leases.Pulse(ours=True, cancel=True)
    assert leases.cancelled(taken, NOW)
    assert _kinds(run) == ["asked", "taken", "cancel_asked", "cancelled"]


def test_a_run_that_was_to_be_cancelled_is_not_repeated_when_its_worker_dies(run: Run) -> None:
    _taken(run)
    runs.cancel(run, NOW)
    leases.look_after(LATER)
    assert _now(run).state == "cancelled"


def test_a_report_that_cannot_be_recorded_leaves_the_run_open_and_nothing_behind(run: Run) -> None:
    taken = _taken(run)
    with pytest.raises(SchnittstellenError):
        leases.finish(taken, b"{}", "passed", bootstrap.library(), NOW)
    assert _now(run).state == "running"
    assert not Evidence.objects.exists()


def test_runs_of_others_are_not_there(run: Run) -> None:
    assert runs.run(VIEWER, run.key).pk == run.pk
    from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer

    for other in (PUBLIC, Viewer(vendor="fremd"), Viewer(board=True)):
        with pytest.raises(SchnittstellenError) as error:
            runs.run(other, run.key)
        assert error.value.fault.code == "F215"
