"""The queue on PostgreSQL: Procrastinate behind the Django Tasks API; workers may run on several machines."""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

from django.db import close_old_connections
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

NAME = "schnittstellen.run_task"
POLL = 1.0


class Backend(BaseTaskBackend):
    """Defers tasks as jobs, in the transaction that is open."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Raises `InvalidTaskError` for a task that cannot be found again by its name."""
        self.validate_task(task)
        number = app.configure_task(NAME).defer(path=task.module_path, args=list(args), kwargs=dict(kwargs))
        return TaskResult(
            task=task,
            id=str(number),
            status=TaskResultStatus.READY,
            enqueued_at=datetime.now(UTC),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def run_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """What a job is: the task at `path`, called."""
    close_old_connections()
    try:
        import_string(path).call(*args, **kwargs)
    finally:
        close_old_connections()


def waiting() -> set[str]:
    """The runs and hand-ins that a job is waiting for."""
    jobs = ProcrastinateJob.objects.filter(task_name=NAME, status="todo")
    return {one["args"][0] for one in jobs.values_list("args", flat=True)}


def register(made: Any) -> None:
    """Called with Procrastinate's app once Django is ready (`PROCRASTINATE_ON_APP_READY`)."""
    made.task(name=NAME)(run_task)


async def work(name: str, stop: asyncio.Event) -> None:
    """Take jobs one after the other until `stop` is set; the one at hand is waited for."""
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as ours:
        async with ours.open_async():
            working = asyncio.create_task(
                ours.run_worker_async(
                    name=name,
                    concurrency=1,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=POLL,
                )
            )
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
