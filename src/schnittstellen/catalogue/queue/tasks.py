"""The one task, in terms of the Django Tasks API."""

import threading

from django_tasks import task

STOPPING = threading.Event()
"""Set when this process ends: runs at hand go back to the queue."""


@task()
def carry_out(key: str) -> None:
    """Carry out the run `key`."""
    from schnittstellen.catalogue.services import probing

    probing.carry_out(key, STOPPING.is_set)
