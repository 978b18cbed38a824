"""Lists, cuts and pages are in the same order on every database, whatever the language it was made for."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.partners import partners
from tests.catalogue import making

KEYS = ("ab", "a-b", "a_b", "aB", "B", "b", "a-10", "a-2", "a1", "A-b")
PROGRAM = """
import json, sys
from datetime import date
from schnittstellen.catalogue.start import ready
ready()
from schnittstellen.catalogue.services.alternatives import alternatives
from schnittstellen.catalogue.services.records.kinds import KINDS
from schnittstellen.catalogue.services.records.paging import Wanted, page
from schnittstellen.catalogue.services.viewer import PUBLIC
from tests.catalogue import making

keys = json.loads(sys.argv[1])
for one in keys:
    making.product(one, leistungen=("99115005060000",))
pages, cursor = [], None
while not pages or cursor:
    found = page(KINDS["products"], PUBLIC, None, Wanted(cursor=cursor, limit=3))
    pages.append([one["id"] for one in found.items])
    cursor = found.next
side_by_side = alternatives("99115005060000", PUBLIC, date.today()).products
ready()
print(json.dumps([[one.key for one in side_by_side], pages]))
"""


@pytest.fixture
def url() -> Iterator[str]:
    """A database that would order texts as German dictionaries do, where there is such a thing."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"german_{uuid4().hex}"
    with psycopg.connect(dbname="postgres", autocommit=True) as server:
        made = f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C.UTF-8'"
        try:
            server.execute(made)
        except psycopg.Error as error:
            pytest.skip(f"PostgreSQL without ICU: {error}")
        yield f"postgresql:///{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_records_follow_each_other_by_their_characters(tmp_path: Path, url: str) -> None:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path), "DATABASE_URL": url}
    there.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(KEYS)],
        check=False,
        env=there,
        capture_output=True,
        text=True,
        timeout=240,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    side_by_side, pages = json.loads(ran.stdout)
    assert side_by_side == sorted(KEYS)
    assert [key for one in pages for key in one] == sorted(KEYS)


@pytest.mark.django_db
def test_a_release_without_a_day_is_not_the_newest() -> None:
    making.standard("xm@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    making.release("p1@2", released=date(2026, 1, 1))
    making.release("p1@3", released=None)
    making.release("p1@1", released=date(2025, 1, 1))
    assert finding.release("p1").version == "2"
    assert [one.version for one in finding.releases_of(finding.product("p1"))] == ["3", "1", "2"]
    assert [one.version for one in finding.product("p1").releases.all()] == ["3", "1", "2"]
    assert partners("p1", date.today()).release == "p1@2"
