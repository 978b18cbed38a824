"""Looks that are kept while nothing is written are all of a role, or none."""

from datetime import date
from typing import Any

import pytest
from django.db import OperationalError

from schnittstellen.catalogue.services import around
from schnittstellen.catalogue.services.partners import partners
from tests.catalogue import making

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date.today()


def keys(name: str) -> list[str]:
    return [one.product.key for one in partners(name, TODAY).partners]


def test_a_question_that_failed_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    making.standard("xm@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    making.declare("p1@1", "xm@1.0", "sender")
    making.declare("p2@1", "xm@1.0", "empfaenger")

    def failing(*_given: Any) -> list[Any]:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(around._GROUPS, "rows", failing)
        with pytest.raises(OperationalError):
            keys("p1")
    assert keys("p1") == keys("p1") == ["p2"]


def test_what_is_declared_since_is_there() -> None:
    making.standard("xm@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    making.standard("xn@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    making.declare("p1@1", "xm@1.0", "sender")
    making.declare("p1@1", "xn@1.0", "sender")
    found: list[str] = []
    for standard, key in (("xm@1.0", "p2"), ("xn@1.0", "p3"), ("xm@1.0", "p4")):
        making.declare(f"{key}@1", standard, "empfaenger")
        found.append(key)
        assert sorted(keys("p1")) == sorted(keys("p1")) == found
