"""The board changes its rules: what is there keeps the rules of its day, and nothing that was told moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Notice
from schnittstellen.catalogue.services import board_terms, facts, recording
from schnittstellen.catalogue.services.board import deciding
from schnittstellen.catalogue.services.board.deciding import decide
from schnittstellen.catalogue.services.evidence import lapses_on, recompute_all
from schnittstellen.catalogue.services.notifying.due import collect
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.refusals import Refused
from schnittstellen.domain.standing import Terms
from schnittstellen.formats.rules import read_rules
from tests.catalogue.board import making
from tests.catalogue.board.making import BOARD, agree, applied, member, proposed
from tests.catalogue.certificates.making import TODAY, day, decided, declared
from tests.catalogue.making import prove

pytestmark = pytest.mark.django_db
SOON = 20
DAYS = (-1, 0, SOON - 1, SOON, SOON + 40, 299, 301, 740)
STRICT = Terms(dict.fromkeys(Nachweisstufe, 5), 9, 9, Nachweisstufe.PAIR, 1)
LONGER = Terms(dict.fromkeys(Nachweisstufe, 3000))


@contextmanager
def new_rules(since: date, terms: Terms = STRICT) -> Iterator[None]:
    """One more edition in the folder of the rules, in force from `since`."""
    written: tuple[Rules, ...] = board_terms.editions()
    newest = replace(max(written, key=lambda one: one.in_force_from), edition="9.0.0", in_force_from=since, terms=terms)
    with patch.object(board_terms, "editions", lambda: (*written, newest)):
        yield


def told(serial: str, key: int) -> dict[str, Any]:
    """All that the public is told of a certified declaration: on days before, now and after the change."""
    found: dict[str, Any] = {}
    for offset in DAYS:
        on = {"on": day(offset).isoformat()}
        page = Client().get(f"/bescheinigungen/{serial}", on).text.partition("<main")[2].partition("</main>")[0]
        product = Client().get("/programme/musterneu", on).text.partition("<main")[2].partition("</main>")[0]
        rest = Client().get(f"/api/v1/certificates/{serial}", on).json()
        assert page
        assert product
        found[on["on"]] = (page, product, rest, levels([key], day(offset))[key])
    return found


@pytest.mark.parametrize("terms", [STRICT, LONGER], ids=["shorter", "longer"])
@pytest.mark.parametrize("since", [-2, 0, SOON])
def test_what_is_there_is_told_as_before_on_every_day(since: int, terms: Terms) -> None:
    of = declared()
    serial = decided(of, on=-3)
    before = told(serial, of.pk)
    assert {one[3] for one in before.values()} == {4, 1, 0}
    with new_rules(day(since), terms):
        assert told(serial, of.pk) == before
        recompute_all()
        recording.renew_all()
        assert told(serial, of.pk) == before


def test_nothing_is_announced_that_the_rules_of_its_day_do_not_end() -> None:
    of = declared()
    decided(of, on=-3)
    before = [(one.day, one.level, one.reasons) for one in facts.known_of([of.pk])[of.pk].turns(TODAY)]
    with new_rules(TODAY):
        assert [(one.day, one.level, one.reasons) for one in facts.known_of([of.pk])[of.pk].turns(TODAY)] == before
        for offset in (0, 1, 6):
            collect(datetime.combine(day(offset), time(8), UTC))
    assert not Notice.objects.exists()


def test_a_registry_that_is_loaded_later_gives_the_same_end() -> None:
    """The end follows from the day of the run, not from the day of loading."""
    old = lapses_on(Nachweisstufe.MESSAGES, day(-1), None)
    with new_rules(TODAY):
        assert lapses_on(Nachweisstufe.MESSAGES, day(-1), None) == old == day(729)
        assert lapses_on(Nachweisstufe.MESSAGES, TODAY, None) == day(5)


def test_what_is_decided_later_is_decided_by_the_new_rules() -> None:
    of = proposed(applied(), lapses_on=day(200))
    agree(of, *(member(f"m{number}") for number in range(3)))
    with new_rules(TODAY), pytest.raises(Refused) as caught:
        decide(BOARD, of.key, making.Application.objects.get(pk=of.pk).basis, TODAY)
    assert {"B002", "B005"} <= set(caught.value.codes)


def test_nothing_is_certified_that_would_rest_at_once() -> None:
    """New rules let older runs count; but this run was made under the old ones, and has ended by them."""
    of = proposed(applied(days_ago=800), lapses_on=day(200))
    agree(of, *(member(f"m{number}") for number in range(3)))
    with new_rules(TODAY, LONGER), pytest.raises(Refused) as caught:
        deciding.decide(BOARD, of.key, making.Application.objects.get(pk=of.pk).basis, TODAY)
    assert "B005" in caught.value.codes


def test_a_new_file_is_a_further_edition(tmp_path: Path) -> None:
    """As the board writes it: the file of today, with another number, day and ages."""
    from schnittstellen.artefacts.library import built_in

    text = (built_in() / "registry" / "rules" / "zertifizierung.toml").read_text()
    file = tmp_path / "zertifizierung.toml"
    file.write_text(text.replace("1.1.0", "2.0.0").replace("2026-11-30", "2027-03-01").replace("730", "100"))
    made = read_rules(file)
    with patch.object(board_terms, "editions", lambda: (*_written(), made)):
        assert board_terms.rules(date(2027, 2, 28)).edition == "1.1.0"
        assert board_terms.rules(date(2027, 3, 1)).edition == "2.0.0"
        ends = [lapses_on(Nachweisstufe.MESSAGES, on, None) for on in (date(2027, 2, 28), date(2027, 3, 1))]
    assert ends == [date(2029, 2, 27), date(2027, 6, 9)]


def _written() -> tuple[Rules, ...]:
    from schnittstellen.artefacts.library import built_in

    return tuple(read_rules(one) for one in (built_in() / "registry" / "rules").glob("zertifizierung*.toml"))


def test_evidence_of_either_side_of_the_day() -> None:
    of = declared()
    prove(of, days_ago=2, lapses_in=728)
    with new_rules(TODAY):
        known = facts.known_of([of.pk])[of.pk]
        assert known.standing(day(100)).level is Nachweisstufe.MESSAGES
        prove(of, days_ago=0, lapses_in=5)
        known = facts.known_of([of.pk])[of.pk]
        assert [one.day for one in known.turns(TODAY)] == [day(728)]
        assert levels([of.pk], day(100))[of.pk] == 1
