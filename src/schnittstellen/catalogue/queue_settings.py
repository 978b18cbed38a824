"""Settings of the queue; which one it is follows from the database."""

from typing import Any


def apps(engine: str) -> list[str]:
    """The Django apps that the queue brings."""
    brought = "procrastinate.contrib.django" if _is_postgresql(engine) else "django_tasks_db"
    return ["django_tasks", brought]


def settings(engine: str) -> dict[str, Any]:
    """What Django and the queue read."""
    own = "schnittstellen.catalogue.queue.on_postgresql.Backend"
    return {
        "TASKS": {"default": {"BACKEND": own if _is_postgresql(engine) else "django_tasks_db.DatabaseBackend"}},
        "PROCRASTINATE_ON_APP_READY": "schnittstellen.catalogue.queue.on_postgresql.register",
    }


def _is_postgresql(engine: str) -> bool:
    return engine.endswith("postgresql")
