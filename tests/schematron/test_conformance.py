"""Every case of the Schematron conformance suite gets the answer that it expects."""

from pathlib import Path

import pytest
from lxml import etree

from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.saxon import SaxonError, processor
from schnittstellen.checks.schematron.validator import Validator
from schnittstellen.formats.safe_xml import parse
from tests.corpus import ROOT, corpus
from tests.schematron.bench import pinned

CASE = "{tag:dmaus@dmaus.name,2019:Schematron:Testsuite}"
CASES = sorted((ROOT / "schematron-conformance" / "tests").glob("*/*.xml"))


def test_the_corpus_is_there():
    assert sorted((corpus("schematron-conformance") / "tests").glob("*/*.xml")) == CASES
    assert len(CASES) == 50


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(file: Path, tmp_path: Path):
    """A case may give the schema once for each query binding: its answer is that of one of them."""
    case = etree.parse(file).getroot()
    schemas = case.find(f"{CASE}schemas")
    answers = [_answer(case, schema, schemas.get("phase"), tmp_path / str(n)) for n, schema in enumerate(schemas)]
    assert case.get("expect") in answers


def _answer(case: etree._Element, schema: etree._Element, phase: str | None, folder: Path) -> str:
    names = [_write(folder, "schema.sch", schema)]
    documents = [*case.iterfind(f"{CASE}documents/{CASE}primary"), *case.iterfind(f"{CASE}documents/{CASE}secondary")]
    names += [_write(folder, one.get("filename"), next(one.iterchildren(etree.Element))) for one in documents]
    where = pinned(folder, tuple(names), ("schema.sch",))
    try:
        outcome = Validator(where.bundle, "schema.sch", phase).judge(
            processor().document(parse((folder / names[1]).read_bytes()))
        )
    except (RulesProblem, SaxonError):
        return "error"
    svrl = etree.fromstring(outcome.output.encode())
    for expectation in case.iterfind(f"{CASE}expectations/{CASE}expectation"):
        assert svrl.xpath(expectation.get("test"), namespaces={"svrl": "http://purl.oclc.org/dsdl/svrl"})
    if outcome.gaps:
        return "error"
    return "invalid" if outcome.hits else "valid"


def _write(folder: Path, name: str, element: etree._Element) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(etree.tostring(element, with_tail=False))
    return name
