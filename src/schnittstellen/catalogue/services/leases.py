"""Runs and their workers: one worker holds a run by a lease, and only the holder ends it, exactly once.

A worker that dies says nothing: its lease ends, and whoever looks next gives the run back to the queue. What a worker
that was thought dead still writes is refused, because its lease is no longer the one of the run.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue import queue
from schnittstellen.catalogue.models import Run, RunEvent
from schnittstellen.catalogue.services import attaching, endpoints
from schnittstellen.catalogue.services.attaching import Handed, attach
from schnittstellen.domain.errors import BROKEN_ARTEFACT, NO_STANDARD, NO_SUITE, SchnittstellenError
from schnittstellen.domain.texts import N_

MOST_ATTEMPTS = 3
GIVEN_UP = "given_up"
BROKEN = "broken"
PROBLEMS = {
    GIVEN_UP: N_("Das Programm auf unserem Server ist bei diesem Lauf dreimal abgestürzt. Am Endpunkt liegt es nicht."),
    BROKEN: N_("Beim Prüfen ist uns ein Fehler unterlaufen. Am Endpunkt liegt es nicht."),
}
FAULTS_BY_CODE = {
    one.code: one for one in (*endpoints.FAULTS, *attaching.FAULTS, NO_SUITE, NO_STANDARD, BROKEN_ARTEFACT)
}
HAPPENED = {
    "asked": N_("Lauf bestellt."),
    "taken": N_("Prüfung begonnen."),
    "judged": N_("Alle Antworten sind bewertet."),
    "recorded": N_("Ergebnis in den Katalog eingetragen."),
    "handed_back": N_("Der Server wird neu gestartet; der Lauf beginnt danach von vorn."),
    "given_back": N_("Die Prüfung wurde unterbrochen; der Lauf beginnt von vorn."),
    "cancel_asked": N_("Abbruch verlangt."),
    "cancelled": N_("Abgebrochen. Es wurde nichts eingetragen."),
    "failed": N_("Nicht zu Ende geprüft. Es wurde nichts eingetragen."),
}
OPEN = (Run.State.QUEUED, Run.State.RUNNING)


@dataclass(frozen=True, slots=True)
class Taken:
    """A run that is ours as long as its lease is `lease`."""

    key: str
    lease: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """What renewing a lease says: whether the run is still ours, and whether somebody wants it to stop."""

    ours: bool
    cancel: bool


def happened(run: Run, kind: str, at: datetime, **parameters: str) -> None:
    """Write down what happened in a run; `kind` is a key of `HAPPENED`."""
    RunEvent.objects.create(run=run, at=at, kind=kind, parameters=parameters)


def take(key: str, now: datetime) -> Taken | None:
    """Take a waiting run; None where it does not wait (any longer), so that of two workers one gets it."""
    lease = secrets.token_hex(16)
    with transaction.atomic():
        waiting = Run.objects.filter(key=key, state=Run.State.QUEUED)
        values = {"state": Run.State.RUNNING, "lease": lease, "lease_ends": _ends(now), "requests": 0}
        if not waiting.update(attempts=F("attempts") + 1, **values):
            return None
        happened(Run.objects.get(key=key), "taken", now)
    return Taken(key, lease)


def _ends(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.RUN_LEASE_SECONDS)


def renew(taken: Taken, now: datetime, requests: int) -> Pulse:
    """Say that the worker lives and how many requests it sent."""
    if not _ours(taken).update(lease_ends=_ends(now), requests=requests):
        return Pulse(ours=False, cancel=False)
    return Pulse(ours=True, cancel=_ours(taken).filter(cancel_asked=True).exists())


def _ours(taken: Taken) -> "QuerySet[Run]":
    return Run.objects.filter(key=taken.key, lease=taken.lease, state=Run.State.RUNNING)


def finish(taken: Taken, document: bytes, verdict: str, library: Library, now: datetime) -> bool:
    """Record the report as evidence and end the run, both or neither; False where the run is no longer ours.

    Raises what attaching raises (`SchnittstellenError`); then nothing was recorded.
    """
    with transaction.atomic():
        run = _ours(taken).select_for_update(of=("self",)).select_related("endpoint__declaration__release").first()
        if run is None:
            return False
        attached = attach(Handed(run.key, document), str(run.endpoint.declaration.release), library, now)
        _end(run, Run.State.DONE, now, verdict=verdict, report_sha256=attached.report_sha256)
        happened(run, "recorded", now)
    return True


def fail(taken: Taken, problem: str, now: datetime, parameters: Mapping[str, str] | None = None) -> bool:
    """End the run without evidence; False where it is no longer ours."""
    with transaction.atomic():
        run = _ours(taken).select_for_update().first()
        if run is None:
            return False
        _end(run, Run.State.FAILED, now, problem=problem, parameters=dict(parameters or {}))
        happened(run, "failed", now)
    return True


def cancelled(taken: Taken, now: datetime) -> bool:
    """End the run because its owner wanted it; False where it is no longer ours."""
    with transaction.atomic():
        run = _ours(taken).select_for_update().first()
        if run is None:
            return False
        _end(run, Run.State.CANCELLED, now)
        happened(run, "cancelled", now)
    return True


def hand_back(taken: Taken, now: datetime) -> bool:
    """Give the run back because this worker ends; it is no failed attempt. False where it is no longer ours."""
    with transaction.atomic():
        run = _ours(taken).select_for_update().first()
        if run is None:
            return False
        _waits(run, attempts=run.attempts - 1)
        happened(run, "handed_back", now)
    return True


def look_after(now: datetime) -> int:
    """What each worker does now and then: take runs from dead workers, and see that each waiting run has a job.

    Returns how many runs were put back to the queue. May happen in several processes at once.
    """
    lapsed = Run.objects.filter(state=Run.State.RUNNING, lease_ends__lt=now).values_list("key", "lease")
    back = sum(_taken_away(Taken(*one), now) for one in lapsed)
    with transaction.atomic():
        jobs = queue.waiting()
        for key in set(Run.objects.filter(state=Run.State.QUEUED).values_list("key", flat=True)) - jobs:
            queue.enqueue(key)
    return back


def _taken_away(taken: Taken, now: datetime) -> bool:
    with transaction.atomic():
        run = _ours(taken).select_for_update().filter(lease_ends__lt=now).first()
        if run is None:
            return False
        if run.cancel_asked:
            _end(run, Run.State.CANCELLED, now)
            happened(run, "cancelled", now)
        elif run.attempts >= MOST_ATTEMPTS:
            _end(run, Run.State.FAILED, now, problem=GIVEN_UP)
            happened(run, "failed", now)
        else:
            _waits(run, attempts=run.attempts)
            happened(run, "given_back", now)
    return bool(run.state == Run.State.QUEUED)


def _waits(run: Run, attempts: int) -> None:
    run.state, run.lease, run.lease_ends, run.attempts, run.requests = Run.State.QUEUED, "", None, attempts, 0
    run.save(update_fields=["state", "lease", "lease_ends", "attempts", "requests"])
    queue.enqueue(run.key)


def _end(run: Run, state: Run.State, now: datetime, **values: Any) -> None:
    for name, value in {"state": state, "ended_at": now, "lease": "", "lease_ends": None, **values}.items():
        setattr(run, name, value)
    run.save()


def faulted(taken: Taken, error: SchnittstellenError, now: datetime) -> bool:
    """End the run because of an error of ours, which its page then tells."""
    return fail(taken, error.fault.code, now, error.parameters)


def why(run: Run) -> str:
    """Why the run failed, as a template over its parameters; empty where it did not."""
    fault = FAULTS_BY_CODE.get(run.problem)
    return fault.title if fault else PROBLEMS.get(run.problem, PROBLEMS[BROKEN]) if run.problem else ""
