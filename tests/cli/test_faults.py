"""Errors of ours: one meaning for each code, explained wherever it is shown."""

from collections import defaultdict

import pytest

from schnittstellen.cli.fault_list import catalogue_faults, defined, faults
from schnittstellen.i18n import translations
from tests.cli.running import run


def test_a_code_means_one_thing() -> None:
    meanings = defaultdict(set)
    for code, _module, fault in defined():
        meanings[code].add(fault)
    assert {code: found for code, found in meanings.items() if len(found) > 1} == {}
    assert len(meanings) > 60


def test_every_error_can_be_read_in_english() -> None:
    say = translations("en").gettext
    known = {**faults(), **catalogue_faults()}.values()
    assert [one.code for one in known if say(one.title) == one.title or say(one.hint) == one.hint] == []


@pytest.mark.parametrize(("code", "status"), [("F145", 0), ("f120", 0), ("F140", 0), ("F999", 2)])
def test_errors_of_the_catalogue_are_explained(code: str, status: int) -> None:
    done = run("explain", code)
    assert done.exit_code == status
    assert status or code.upper() in done.output
