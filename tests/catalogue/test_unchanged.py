"""What is kept while nothing is written is never kept longer, whoever writes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection, transaction

from schnittstellen.catalogue.models import Standard
from schnittstellen.catalogue.services.unchanged import while_unchanged
from tests.homes import empty_home

ASKED: list[str] = []


@while_unchanged
def titles(ending: str = "") -> tuple[str, ...]:
    """The titles of all standards, in order."""
    ASKED.append(ending)
    return tuple(Standard.objects.filter(title__endswith=ending).order_by("title").values_list("title", flat=True))


@pytest.fixture(autouse=True)
def asked() -> Iterator[list[str]]:
    """How often the database was asked."""
    ASKED.clear()
    yield ASKED
    ASKED.clear()


@pytest.mark.django_db(transaction=True)
def test_kept_until_this_connection_writes(asked: list[str]) -> None:
    for number in range(3):
        Standard.objects.create(key=f"x{number}", title=f"X{number}", kind="xml")
        assert len(titles()) == len(titles()) == number + 1
    Standard.objects.filter(key="x0").update(title="Y0")
    assert titles() == titles() == ("X1", "X2", "Y0")
    assert titles("1") == titles("1") == ("X1",)
    Standard.objects.filter(key="x1").delete()
    assert titles("1") == ()
    assert len(asked) == 6


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_nothing_is_kept(asked: list[str]) -> None:
    assert titles() == ()
    with transaction.atomic():
        Standard.objects.create(key="x1", title="X1", kind="xml")
        assert titles() == titles() == ("X1",)
        transaction.set_rollback(True)
    assert titles() == ()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_kept_until_another_connection_commits(asked: list[str]) -> None:
    Standard.objects.create(key="x1", title="X1", kind="xml")
    assert titles() == titles() == ("X1",)
    with psycopg.connect(dbname=connection.settings_dict["NAME"]) as other:
        other.execute("UPDATE catalogue_standard SET title = 'Y1'")
        assert titles() == ("X1",)
        other.commit()
        assert titles() == ("Y1",)
        other.execute("DELETE FROM catalogue_standard")
        assert titles() == ("Y1",)
        other.commit()
    assert titles() == ()


@pytest.mark.django_db(transaction=True)
def test_each_thread_keeps_its_own() -> None:
    found: list[tuple[str, ...]] = []

    def ask() -> None:
        found.append(titles())
        connection.close()

    assert titles() == ()
    Standard.objects.create(key="x1", title="X1", kind="xml")
    for _ in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert found == [("X1",), ("X1",)]


_OTHERS_WRITE = """
import sqlite3, subprocess, sys
from schnittstellen.catalogue.start import set_up
set_up()
from django.conf import settings
from django.db import connection
from schnittstellen.catalogue.models import Standard
from schnittstellen.catalogue.services.unchanged import while_unchanged
asked = []

@while_unchanged
def titles():
    asked.append(1)
    return sorted(Standard.objects.values_list("title", flat=True))

def other(sql):
    name = settings.DATABASES["default"]["NAME"]
    code = f"import sqlite3; one = sqlite3.connect({name!r}); one.execute({sql!r}); one.commit()"
    subprocess.run([sys.executable, "-c", code], check=True)

assert titles() == titles() == [] and len(asked) == 1
Standard.objects.create(key="a", title="A", kind="xml")
assert titles() == titles() == ["A"] and len(asked) == 2
other("UPDATE catalogue_standard SET title = 'B'")
assert titles() == titles() == ["B"] and len(asked) == 3
other("DELETE FROM catalogue_standard")
assert titles() == titles() == [] and len(asked) == 4
connection.close()
assert titles() == [] and len(asked) == 5
empty = sqlite3.connect(":memory:")
Standard.objects.create(key="a", title="A", kind="xml")
connection.connection.backup(empty)
Standard.objects.all().delete()
assert titles() == []
empty.backup(connection.connection)
assert titles() == ["A"]
print("well")
"""


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_kept_until_another_process_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHNITTSTELLEN_HOME", str(empty_home(tmp_path / "home")))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    ran = subprocess.run(
        [sys.executable, "-c", _OTHERS_WRITE], check=False, capture_output=True, text=True, timeout=120
    )
    assert ran.stdout == "well\n", ran.stderr
