"""Runs by the server as their vendor sees them: asked for, watched, cancelled."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from schnittstellen.catalogue import queue
from schnittstellen.catalogue.models import Endpoint, Run
from schnittstellen.catalogue.services.endpoints import RUNNING_ALREADY, demand_proven
from schnittstellen.catalogue.services.leases import OPEN, happened
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.orders import SEED_BITS
from schnittstellen.domain.texts import N_

NO_RUN = Fault(
    "F215",
    N_("Diesen Lauf gibt es nicht oder nicht mehr."),
    N_("Gehen Sie zu „Mein Bereich“ und wählen Sie dort Ihre Firma."),
    http=404,
)
ENDED = Fault(
    "F217",
    N_("Dieser Lauf ist schon zu Ende."),
    N_("Sein Ergebnis steht auf der Seite des Laufs."),
    http=409,
)
FAULTS = (NO_RUN, ENDED)


def ask_for(of: Endpoint, user: int | None, now: datetime) -> Run:
    """Put a run into the queue; its seed is random, so that nothing can be prepared. `user` is a primary key.

    Raises `SchnittstellenError` (F213, F214).
    """
    demand_proven(of, now.date())
    try:
        with transaction.atomic():
            run = Run.objects.create(endpoint=of, asked_by_id=user, asked_at=now, seed=secrets.randbits(SEED_BITS))
            happened(run, "asked", now)
            queue.enqueue(run.key)
    except IntegrityError as error:
        raise SchnittstellenError(RUNNING_ALREADY, url=of.url) from error
    return run


def run(viewer: Viewer, key: str) -> Run:
    """An own run; the operator finds all. Raises `SchnittstellenError` (F215), also where it is somebody else's."""
    rows = _related().filter(key=key)
    if not viewer.operator:
        rows = rows.filter(endpoint__declaration__release__product__vendor__key=viewer.vendor or "")
    found = rows.first()
    if found is None:
        raise SchnittstellenError(NO_RUN)
    return found


def newest(most: int) -> "QuerySet[Run]":
    """The newest runs of all vendors, for the operator."""
    return _related()[:most]


def _related() -> "QuerySet[Run]":
    return Run.objects.select_related(
        "endpoint__declaration__release__product__vendor", "endpoint__declaration__role__version__standard"
    )


def cancel(of: Run, now: datetime) -> Run:
    """End a waiting run at once; ask the worker of a running one to stop. Raises `SchnittstellenError` (F217)."""
    with transaction.atomic():
        found = Run.objects.select_for_update().filter(pk=of.pk, state__in=OPEN).first()
        if found is None:
            raise SchnittstellenError(ENDED)
        waits = found.state == Run.State.QUEUED
        if waits:
            found.state, found.ended_at = Run.State.CANCELLED, now
        already, found.cancel_asked = found.cancel_asked, True
        found.save(update_fields=["state", "ended_at", "cancel_asked"])
        if waits or not already:
            happened(found, "cancelled" if waits else "cancel_asked", now)
    return found
