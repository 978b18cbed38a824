"""Many at the same moment: one decides, one applies, one confirms; on whichever database the tests run."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from schnittstellen.catalogue.models import Application, Entry
from schnittstellen.catalogue.services.board import applying, deciding, duties
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Duty
from tests.catalogue.board.making import BOARD, TODAY, VENDOR, agree, applied, day, declared, member, proposed
from tests.catalogue.making import prove

MANY = 6


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads write to: on SQLite a file, for one in memory knows no waiting."""
    if connection.vendor == "postgresql":
        yield
        return
    name, kept = connection.settings_dict["NAME"], _copied(tmp_path / "db.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, kept


def _copied(file: Path) -> Any:
    """Go on with a copy in `file`; gives the connection of before."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    kept, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = str(file)
    return kept


def at_once(*deeds: Callable[[], object]) -> Counter[str]:
    """Do all of them at the same moment; how often each code came, "" for what was done."""
    together = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            together.wait(30)
            deed()
        except SchnittstellenError as error:
            return error.fault.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(run, deeds))


def votable(**draft: Any) -> Application:
    of = proposed(applied(), **draft)
    agree(of, member("ada"), member("bea"))
    return Application.objects.get(pk=of.pk)


def facts(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def test_of_many_who_decide_one_does(shared: None) -> None:
    of = votable()
    told = at_once(*[lambda: deciding.decide(BOARD, of.key, of.basis, TODAY)] * MANY)
    assert told == {"": 1, "F371": MANY - 1}
    assert facts("decision") == 1


def test_what_is_withdrawn_is_not_decided_and_what_is_decided_not_withdrawn(shared: None) -> None:
    of = votable()
    told = at_once(
        lambda: deciding.decide(BOARD, of.key, of.basis, TODAY), lambda: applying.withdraw(VENDOR, of.key, TODAY)
    )
    assert told == {"": 1, "F371": 1}
    assert facts("decision") == (1 if Application.objects.get().state == "granted" else 0)


def test_of_many_who_apply_one_does(shared: None) -> None:
    of = declared()
    asked = Asked(of.pk, frozenset({prove(of).report_sha256}), 1)
    told = at_once(*[lambda: applying.apply(VENDOR, "musterhaus", asked, TODAY)] * MANY)
    assert told == {"": 1, "F375": MANY - 1}
    assert Application.objects.count() == 1


def test_of_many_who_confirm_a_duty_one_does(shared: None) -> None:
    of = votable(duties=(Duty("Handbuch", day(30)),))
    deciding.decide(BOARD, of.key, of.basis, TODAY)
    duties.say_met(VENDOR, of.key, 0, "Kapitel 3.", TODAY)
    told = at_once(*[lambda: duties.confirm(BOARD, of.key, 0, TODAY)] * MANY)
    assert told == {"": 1, "F384": MANY - 1}
    assert facts("duty_met") == 1
