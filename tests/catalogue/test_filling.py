"""A catalogue that the benchmark filled is as whole as one that people filled."""

import pytest
from benchmarks.catalogue.world import Size, make

from schnittstellen.catalogue.models import Entry, Evidence
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.evidence import chain_missing
from schnittstellen.domain.chain import breaks

pytestmark = pytest.mark.django_db


def test_all_evidence_of_a_filled_country_is_in_the_chain() -> None:
    make(Size().times(0.001))
    assert Entry.objects.filter(kind="evidence").count() == Evidence.objects.count() == 300
    assert chain_missing() == 0
    assert not list(breaks(ledger.records()))
