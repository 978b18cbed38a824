"""The queue in an SQLite file: django-tasks-db, whose jobs of dead workers `services.leases` replaces."""

from datetime import UTC, datetime, timedelta

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

INTERVAL = 0.5
KEPT = timedelta(days=1)


def waiting() -> set[str]:
    """The runs and hand-ins that a job is waiting for."""
    return {one["args"][0] for one in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)}


def tidy() -> None:
    """Jobs that ended, or whose worker died, are of no use after a day."""
    before = datetime.now(UTC) - KEPT
    DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=before).delete()


def worker(name: str) -> Worker:
    """Takes jobs one after the other until `running` is taken away."""
    return Worker(
        queue_names=["default"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
