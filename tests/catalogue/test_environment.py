"""What the address of a database comes to."""

from pathlib import Path

import pytest

from schnittstellen.catalogue.environment import database

HOME = Path("/nowhere")


def test_postgresql_keeps_how_it_answers_and_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=8MB")
    options = database("postgresql://me:secret@db.example/katalog", HOME)["OPTIONS"]
    assert options["prepare_threshold"] == 1
    assert options["options"] == "-c work_mem=8MB -c jit=off -c random_page_cost=1.1"


def test_a_pooler_that_lends_its_connections_is_told_nothing() -> None:
    assert database("postgresql://db.example/katalog?prepared=no", HOME)["OPTIONS"] == {}
