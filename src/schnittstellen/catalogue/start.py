"""Django as a library: set up where a command or a server needs the catalogue, and nowhere else."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

MIGRATION_LOCK = 7_205_119_260_417
"""Any number that nobody else locks on the same PostgreSQL server."""

NEW_OBJECTS = 20_000
"""Before Python looks for cycles among them: a page makes some ten thousand, nearly all of which are gone before."""


def ready() -> None:
    """Django is set up; tables and what is in them are as this version wants it, also where several start at once."""
    set_up()
    from django.core.management import call_command

    from schnittstellen.catalogue.collation import in_one_order

    with _alone():
        if _behind():
            call_command("migrate", verbosity=0, interactive=False)
        in_one_order()
        _put_right()


def filled() -> bool:
    """The registry that ships is in the catalogue if nothing was in it; gives whether it was loaded now."""
    from schnittstellen import bootstrap
    from schnittstellen.artefacts.library import built_in
    from schnittstellen.catalogue.models import Standard
    from schnittstellen.catalogue.registry.loading import load

    with _alone():
        if Standard.objects.exists():
            return False
        load(built_in() / "registry", bootstrap.library())
    return True


def static_files() -> None:
    """Style sheets, fonts and scripts are where the server finds them, compressed once and not for each reader."""
    from django.core.management import call_command

    with _alone():
        call_command("collectstatic", verbosity=0, interactive=False)


def set_up() -> None:
    """Django is set up; the database is not touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schnittstellen.catalogue.settings")
    import django

    django.setup()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


def _put_right() -> None:
    """What an older version left, once."""
    from schnittstellen.catalogue.models import Upkeep

    if Upkeep.objects.exists():
        from schnittstellen.catalogue.services.upkeep import put_right

        put_right()


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
        return
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        yield
        return
    lock = Path(f"{name}.lock")
    with lock.open("w") as file:
        flock(file, LOCK_EX)
        yield
