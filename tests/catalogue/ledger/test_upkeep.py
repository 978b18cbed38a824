"""A new version puts right once what an older one left: old levels go down, and nothing that was recorded goes."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from schnittstellen.catalogue.models import Current, Declaration, Entry, Evidence, StoredReport, Upkeep
from schnittstellen.catalogue.services import evidence, ledger
from schnittstellen.catalogue.services.facts import known_of
from schnittstellen.catalogue.start import ready
from schnittstellen.domain.chain import breaks
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, OPARL, TODAY, files, hand_in, recorded, run_of, sent

pytestmark = pytest.mark.django_db
FIRST = import_module("schnittstellen.catalogue.migrations.0021_upkeep")


def said() -> list[Any]:
    return [json.loads(bytes(one.body)) for one in Entry.objects.order_by("number")]


def level(of: Declaration) -> int:
    return int(known_of([of.pk])[of.pk].standing(TODAY).level)


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Declaration:
    """As a version before decision 34 left it: a recording without an order counted as a tested endpoint."""
    making.world()
    of = making.declares_oparl()
    report, har = recorded()
    with monkeypatch.context() as patched:
        patched.setattr(evidence, "counted", lambda report, judged, *, ordered: report)
        hand_in(sent(report, (har,), suite=OPARL))
    hand_in(sent(run_of(GOOD), files(GOOD)))
    assert level(of) == 2
    return of


def upgraded() -> None:
    """The migration of this version ran, and a command or server starts."""
    FIRST.remember(apps, None)
    ready()


def test_an_old_level_goes_down_by_a_record_that_says_so(old: Declaration) -> None:
    before = said()
    upgraded()
    assert level(old) == 0
    row = Evidence.objects.get(declaration=old)
    assert (row.verdict, row.messages) == ("not_tested", [])
    assert not Current.objects.filter(declaration=old, evidence__verdict="passed").exists()
    assert said()[: len(before)] == before
    (new,) = said()[len(before) :]
    assert (new["anew"], new["verdict"], new["report"]) == (True, "not_tested", row.report_sha256)
    assert list(breaks(ledger.records())) == []


def test_what_is_worth_the_same_gets_no_record_and_a_second_start_does_nothing(old: Declaration) -> None:
    upgraded()
    after = said()
    assert [one["suite"] for one in after if one.get("anew")] == [OPARL]
    assert not Upkeep.objects.exists()
    ready()
    upgraded()
    assert said() == after


def test_evidence_without_a_record_gets_one_that_says_so(old: Declaration) -> None:
    Entry.objects.filter(suite=making.SUITE)._raw_delete("default")
    upgraded()
    late = [one for one in said() if one.get("late")]
    assert [one["suite"] for one in late] == [making.SUITE]


def test_a_report_that_cannot_be_read_any_more_shows_nothing(old: Declaration) -> None:
    of = Evidence.objects.get(suite=making.SUITE)
    assert level(of.declaration) == 1
    StoredReport.objects.filter(sha256=of.report_sha256).update(document=b"{}")
    upgraded()
    assert level(of.declaration) == 0
    assert Evidence.objects.get(pk=of.pk).verdict == "error"


def test_what_fails_is_done_at_the_next_start(old: Declaration, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("schnittstellen.catalogue.services.upkeep.recompute_current", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            upgraded()
    assert not any(one.get("anew") for one in said())
    ready()
    assert level(old) == 0


def test_a_new_catalogue_has_nothing_to_do() -> None:
    FIRST.remember(apps, None)
    assert not Upkeep.objects.exists()
