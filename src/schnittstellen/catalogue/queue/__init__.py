"""The queue of runs. Nobody outside this package knows which one it is.

A job only says that a run waits. The run itself is a row with a lease (`services.leases`): a job that is delivered
twice, late or for a run that has ended does nothing, and a run whose job was lost gets another.
"""

from django.db import connection


def enqueue(key: str) -> None:
    """Add a job for the run `key`, as part of the transaction that is open."""
    from schnittstellen.catalogue.queue.tasks import carry_out

    carry_out.enqueue(key)


def enqueue_hand_in(key: str) -> None:
    """Add a job for the hand-in `key`, as part of the transaction that is open."""
    from schnittstellen.catalogue.queue.tasks import judge_hand_in

    judge_hand_in.enqueue(key)


def waiting() -> set[str]:
    """The runs and hand-ins that a job is waiting for."""
    if connection.vendor == "postgresql":
        from schnittstellen.catalogue.queue import on_postgresql

        return on_postgresql.waiting()
    from schnittstellen.catalogue.queue import on_sqlite

    return on_sqlite.waiting()
