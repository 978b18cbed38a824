"""Every case of the Schematron conformance suite gets the answer that it expects."""

from pathlib import Path

import pytest

from schnittstellen.checks.schematron.conformance import holds
from tests.corpus import ROOT, corpus

CASES = sorted((ROOT / "schematron-conformance" / "tests").glob("*/*.xml"))


def test_the_corpus_is_there():
    assert sorted((corpus("schematron-conformance") / "tests").glob("*/*.xml")) == CASES
    assert len(CASES) == 50


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(file: Path):
    assert holds(file)


@pytest.mark.parametrize("wrong", ["valid", "error"])
def test_a_case_that_expects_something_else_does_not_hold(tmp_path, wrong):
    text = (corpus("schematron-conformance") / "tests/svrl/svrl-value-of-01.xml").read_text()
    case = tmp_path / "case.xml"
    case.write_text(text.replace('expect="invalid"', f'expect="{wrong}"'))
    assert not holds(case)
    case.write_text(text.replace("'Text content'", "'etwas anderes'"))
    assert not holds(case)
