"""Evidence that is older than the chain gets a record that says so, once."""

import json
from typing import Any

import pytest

from schnittstellen.catalogue.models import Entry
from schnittstellen.catalogue.services import ledger
from schnittstellen.domain.chain import breaks
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, files, hand_in, run_of, sent
from tests.cli.running import run

pytestmark = pytest.mark.django_db


def said() -> list[Any]:
    return [json.loads(bytes(one.body)) for one in Entry.objects.order_by("number")]


def test_evidence_without_a_record_gets_one_that_says_so() -> None:
    making.world()
    hand_in(sent(run_of(GOOD), files(GOOD)))
    honest = said()[0]
    Entry.objects.all()._raw_delete("default")
    hand_in(sent(run_of(GOOD, "gueltig--abmeldung.xml"), files(GOOD)))
    assert "Nachgetragene Nachweise: 1." in run("audit", "complete").output
    late = said()[-1]
    assert late.pop("late") is True
    assert {**late, "on": honest["on"]} == honest
    assert "Alle Nachweise stehen in der Kette." in run("audit", "complete").output
    assert (len(said()), list(breaks(ledger.records()))) == (2, [])
