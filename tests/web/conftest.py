"""The example world for the tests of pages, loaded once for a module and taken back after it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from schnittstellen import bootstrap

REGISTRY = Path(__file__).parents[2] / "registry"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """All tests of the module see the world; what they change is taken back after each."""
    from schnittstellen.catalogue.registry.loading import load

    with django_db_blocker.unblock(), transaction.atomic():
        load(REGISTRY, bootstrap.library())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(loaded: None, db: None) -> None:
    """The invented world of the registry that ships."""


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Tests of one process share a cache; none finds what another left."""
    cache.clear()
