"""A worker: takes runs until a signal comes, and looks after the runs of workers that died."""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.db import Error, connection

from schnittstellen.catalogue.queue.tasks import STOPPING
from schnittstellen.domain.days import day_of

log = logging.getLogger(__name__)


def work(*, parent: int | None = None) -> None:
    """Work until SIGTERM or SIGINT, or until the process `parent`, which started this one, has gone."""
    name = f"{socket.gethostname()}-{os.getpid()}"[:60]
    end = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    supervisor = threading.Thread(target=_look_after, args=(parent,), daemon=True, name="supervisor")
    supervisor.start()
    end(name)
    STOPPING.set()
    supervisor.join(settings.RUN_LEASE_SECONDS)


def _look_after(parent: int | None) -> None:
    from schnittstellen.catalogue.services import accounts
    from schnittstellen.catalogue.services.handing_in import queueing
    from schnittstellen.catalogue.services.handing_in.keeping import delete_due
    from schnittstellen.catalogue.services.leases import look_after
    from schnittstellen.catalogue.services.notifying.delivering import Round
    from schnittstellen.catalogue.services.trying import keeping, passing

    notices = Round()
    pause = min(5.0, settings.RUN_LEASE_SECONDS / 4)
    while not STOPPING.is_set():
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            break
        with suppress(Error):
            look_after(datetime.now(UTC))
            queueing.look_after(datetime.now(UTC))
            delete_due(day_of(datetime.now(UTC)))
            notices.notify(datetime.now(UTC))
            keeping.tidy(datetime.now(UTC))
            passing.tidy(settings.TESTS_FOLDER)
            accounts.tidy(datetime.now(UTC))
            _tidy()
        STOPPING.wait(pause)
    connection.close()


def _tidy() -> None:
    if connection.vendor != "postgresql":
        from schnittstellen.catalogue.queue import on_sqlite

        on_sqlite.tidy()


def _at_signal(then: Callable[[], object]) -> None:
    def stop(_number: int, _frame: object) -> None:
        STOPPING.set()
        then()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _on_sqlite(name: str) -> None:
    from schnittstellen.catalogue.queue.on_sqlite import worker

    here = worker(name)

    def then() -> None:
        here.running = False

    _at_signal(then)
    here.run()


def _on_postgresql(name: str) -> None:
    from schnittstellen.catalogue.queue import on_postgresql

    async def until_stopped() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        _at_signal(lambda: loop.call_soon_threadsafe(stop.set))
        await on_postgresql.work(name, stop)

    asyncio.run(until_stopped())
