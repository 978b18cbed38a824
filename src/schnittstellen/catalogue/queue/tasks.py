"""The two tasks, in terms of the Django Tasks API."""

import threading

from django_tasks import task

STOPPING = threading.Event()
"""Set when this process ends: runs at hand go back to the queue."""


@task()
def carry_out(key: str) -> None:
    """Carry out the run `key`."""
    from schnittstellen.catalogue.services import probing

    probing.carry_out(key, STOPPING.is_set)


@task()
def judge_hand_in(key: str) -> None:
    """Judge the hand-in `key`."""
    from schnittstellen.catalogue.services.handing_in import working

    working.carry_out(key, STOPPING.is_set)
