"""Cases of the Schematron conformance suite (Schematron/schematron-conformance), answered by our processor."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.names import SVRL
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.saxon import SaxonError, processor
from schnittstellen.checks.schematron.svrl import Outcome
from schnittstellen.checks.schematron.validator import Validator
from schnittstellen.domain.standard import Artefact, Standard, StandardKind
from schnittstellen.formats.safe_xml import parse

_CASE = "{tag:dmaus@dmaus.name,2019:Schematron:Testsuite}"
_SCHEMA = "schema.sch"


def holds(file: Path) -> bool:
    """Whether we give the case in `file` the answer that it expects.

    A case may give its schema once for each query binding; the answer to one of them has to be the expected one.
    """
    case = etree.parse(file).getroot()
    return any(answer == case.get("expect") for answer in answers(case))


def answers(case: etree._Element) -> Iterator[str]:
    """`valid`, `invalid` or `error` for each schema of the case; `unexpected` where the SVRL is not as it should be."""
    schemas = case.find(f"{_CASE}schemas")
    assert schemas is not None
    for schema in schemas.iterchildren(etree.Element):
        with tempfile.TemporaryDirectory() as folder:
            yield _answer(case, schema, schemas.get("phase"), Path(folder))


def _answer(case: etree._Element, schema: etree._Element, phase: str | None, folder: Path) -> str:
    documents = [one for kind in ("primary", "secondary") for one in case.iterfind(f"{_CASE}documents/{_CASE}{kind}")]
    names = [str(one.get("filename")) for one in documents]
    artefacts = [_write(folder, _SCHEMA, schema)]
    artefacts += [
        _write(folder, name, next(one.iterchildren(etree.Element))) for name, one in zip(names, documents, strict=True)
    ]
    bundle = Bundle(Standard("case", "1", "", StandardKind.XML, artefacts=tuple(artefacts)), folder)
    try:
        message = processor().document(parse((folder / names[0]).read_bytes()))
        outcome = Validator(bundle, _SCHEMA, phase).judge(message)
    except (RulesProblem, SaxonError):
        return "error"
    return _said(outcome) if _as_expected(case, outcome) else "unexpected"


def _said(outcome: Outcome) -> str:
    if outcome.gaps:
        return "error"
    return "invalid" if outcome.hits else "valid"


def _as_expected(case: etree._Element, outcome: Outcome) -> bool:
    svrl = etree.fromstring(outcome.output.encode())
    expectations = case.iterfind(f"{_CASE}expectations/{_CASE}expectation")
    return all(svrl.xpath(str(one.get("test")), namespaces={"svrl": SVRL}) for one in expectations)


def _write(folder: Path, name: str, element: etree._Element) -> Artefact:
    data = etree.tostring(element, with_tail=False)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Artefact(name, hashlib.sha256(data).hexdigest())
