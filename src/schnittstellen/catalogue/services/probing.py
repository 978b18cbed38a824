"""Carrying out a run: taken by a lease that beats while the engine asks the endpoint, recorded when it has judged."""

import io
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.conf import settings
from django.db import Error, connection

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Endpoint, Run
from schnittstellen.catalogue.services import leases
from schnittstellen.catalogue.services.endpoints import demand_proven
from schnittstellen.catalogue.services.leases import BROKEN, Taken
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.engine.events import Progress, RunFinished
from schnittstellen.formats.report_json import write_report

LIMITS = {"max_requests": 3_000, "max_seconds": 600, "timeout": 20, "max_bytes": 8 * 1024 * 1024, "rate": 20}
"""What a run may ask of somebody else's server."""
NOTE = "run"
"""Under this note the report names the run that it is of."""
BEAT = 1.0
log = logging.getLogger(__name__)


class Heart:
    """Renews the lease from a thread of its own while the block runs, and hears whether the run shall stop."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._still = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="heart")
        self.requests = 0
        self.cancel = False
        self.lost = False

    def __enter__(self) -> "Heart":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._still.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._still.wait(BEAT):
            with suppress(Error):
                pulse = leases.renew(self._taken, _now(), self.requests)
                self.cancel, self.lost = self.cancel or pulse.cancel, not pulse.ours
        connection.close()


def carry_out(key: str, stopping: Callable[[], bool] = lambda: False) -> None:
    """Take the run, test, record, end it. Nothing happens where somebody else has it or it has ended.

    `stopping` says that this worker ends: then the run goes back to the queue.
    """
    taken = leases.take(key, _now())
    if taken is None:
        return
    with Heart(taken) as heart:
        try:
            _carry_out(taken, heart, stopping)
        except SchnittstellenError as error:
            leases.faulted(taken, error, _now())
        except Exception:
            log.exception("run %s", key)
            leases.fail(taken, BROKEN, _now())


def _carry_out(taken: Taken, heart: Heart, stopping: Callable[[], bool]) -> None:
    run = Run.objects.select_related("endpoint__declaration__role__version__standard").get(key=taken.key)
    demand_proven(run.endpoint, _now().date())
    report = judged(run, heart, lambda: heart.lost or heart.cancel or stopping())
    if heart.lost:
        return
    if report.interrupted:
        ending = leases.cancelled if heart.cancel else leases.hand_back
        ending(taken, _now())
        return
    leases.happened(run, "judged", _now())
    leases.finish(taken, document(report), str(report.verdict), bootstrap.library(), _now())


def judged(run: Run, heart: Heart, cancelled: Callable[[], bool]) -> Report:
    """What the engine says of the endpoint; cut short where `cancelled` says so."""
    of: Endpoint = run.endpoint
    events = bootstrap.run_targets(
        (of.url,),
        suite=str(of.declaration.role),
        jobs=1,
        options=options(run.seed),
        notes={NOTE: run.key},
        cancelled=cancelled,
    )
    for event in events:
        if isinstance(event, Progress):
            heart.requests = event.done
        if isinstance(event, RunFinished):
            return event.report
    raise RuntimeError("a run without an end")


def options(seed: int) -> dict[str, Any]:
    """How the server asks: control is proven, so it may send invalid input, but nothing that changes data."""
    return {
        **LIMITS,
        "seed": seed,
        "allow_write": False,
        "server": not settings.PRIVATE_ENDPOINTS,
        "consent": "control",
    }


def document(report: Report) -> bytes:
    """The report as `schnittstellen test --json` writes it, without contents of answers."""
    stream = io.StringIO()
    write_report(report, stream)
    return stream.getvalue().encode("utf-8", "backslashreplace")


def _now() -> datetime:
    return datetime.now(UTC)
