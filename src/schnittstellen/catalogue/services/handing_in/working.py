"""Carrying out a hand-in that waits: taken by a lease that beats while it is judged, accepted or refused, once."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from django.db import Error, connection

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue.models import HandIn, QueuedHandIn
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.handing_in import queueing
from schnittstellen.catalogue.services.handing_in.accepting import How, hand_in
from schnittstellen.catalogue.services.handing_in.judging import Bench, Stopped
from schnittstellen.catalogue.services.handing_in.known import library as known
from schnittstellen.catalogue.services.handing_in.rejudging import Judged
from schnittstellen.catalogue.services.handing_in.sent import Sent
from schnittstellen.catalogue.services.leases import Taken
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import BROKEN, Refusal, Refused
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Suite

BEAT = 1.0
BENCH = Bench()
"""What judges for this worker; a worker has one job at a time."""
log = logging.getLogger(__name__)


class Lost(Exception):
    """The hand-in is no longer ours."""


class Heart:
    """How far the worker is, and whether the hand-in is still its own."""

    def __init__(self, taken: Taken) -> None:
        self.taken, self.done, self.lost = taken, 0, False

    def told(self, count: int) -> None:
        """Hear how many inputs have been judged."""
        self.done = count

    def beat(self, still: threading.Event) -> None:
        """Renew the lease until `still` is set."""
        while not still.wait(BEAT):
            with suppress(Error):
                self.lost = not queueing.renew(self.taken, _now(), self.done).ours
        connection.close()


@contextmanager
def beating(taken: Taken) -> Iterator[Heart]:
    """Renew the lease from a thread of its own while the block runs."""
    heart, still = Heart(taken), threading.Event()
    thread = threading.Thread(target=heart.beat, args=(still,), daemon=True, name="heart")
    thread.start()
    try:
        yield heart
    finally:
        still.set()
        thread.join()


def carry_out(key: str, stopping: Callable[[], bool] = lambda: False) -> None:
    """Take the hand-in, judge it, end it. Nothing happens where somebody else has it or it has ended.

    `stopping` says that this worker ends: then it goes back to the queue.
    """
    taken = queueing.take(key, _now())
    if taken is None:
        return
    with beating(taken) as heart:
        try:
            judge(taken, heart, stopping)
        except Refused as error:
            queueing.refused(taken, error.refusals, _now())
        except SchnittstellenError as error:
            queueing.refused(taken, [Refusal(error.fault, error.parameters)], _now())
        except Stopped:
            queueing.hand_back(taken)
        except Lost:
            log.warning("hand-in %s went to another worker", key)
        except Exception:
            log.exception("hand-in %s", key)
            queueing.failed(taken, Refusal(BROKEN), _now())


def judge(taken: Taken, heart: Heart, stopping: Callable[[], bool]) -> None:
    """Judge and accept it, as of the moment at which it was received. Raises `Refused`, `Stopped`, `Lost`."""
    row = QueuedHandIn.objects.select_related("vendor").get(key=taken.key)

    def judged(sent: Sent, _report: Report, suite: Suite, _library: Library) -> Judged:
        stop = (lambda: heart.lost or stopping()) if sent.inputs else bool
        return BENCH(sent.report, suite.name, sent.inputs, heart.told, stop)

    def accepted(made: HandIn) -> None:
        if not queueing.accepted(taken, made, _now()):
            raise Lost

    how = How(judged, row.key, accepted)
    with acting(row.by):
        hand_in(Viewer(vendor=row.vendor.key), queueing.sent_of(row), known(), row.at, how)


def _now() -> datetime:
    return datetime.now(UTC)
