"""Real releases: every message is recognised by one standard alone, and none is judged wrongly."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from schnittstellen.artefacts.add import Added, add
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import is_green
from tests.artefacts.running import added, report
from tests.corpus import corpus

VERSIONS = [
    *(f"xschule/{version}" for version in ("1.0", "1.1", "1.2")),
    *(f"xhochschule/{version}" for version in ("1.0", "1.1", "1.2")),
    *(f"xberufsbildung/{version}" for version in ("0.3", "0.4", "0.5", "0.6")),
]


def judged(found: Report) -> set[tuple[str | None, bool]]:
    return {(result.suite, is_green(result.verdict)) for result in found.results}


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Added]:
    """The whole family of the education standards, added at once, and what was said of it."""
    into = tmp_path_factory.mktemp("familie")
    return into, add(str(corpus("xbildung-artefacts")), into=into)


@pytest.fixture(scope="module")
def library(family: tuple[Path, Added], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of the corpus that is a standard of XML, in one library."""
    into = tmp_path_factory.mktemp("bibliothek")
    shutil.copytree(family[0], into, dirs_exist_ok=True)
    for name in ("xschule", "xhochschule"):
        for version in into.glob(f"*/{name}/1.2"):
            shutil.rmtree(version)
        add(str(corpus(name)), with_sources=[str(corpus("xbildung-artefacts"))], into=into)
    add(str(corpus("xdomea")), into=into)
    add(str(corpus("kosit-bis")), into=into)
    return into


@pytest.mark.parametrize(("name", "count"), [("xschule", 16), ("xhochschule", 8)])
def test_messages_of_xoev_standards_are_recognised_and_valid(library: Path, name: str, count: int) -> None:
    found = report(library, corpus(name) / "xml")
    assert len(found.results) == count
    assert judged(found) == {(f"{name}@1.2/nachricht", True)}


@pytest.mark.parametrize("version", ["2.3.0", "2.4.0", "3.0.0"])
def test_patterns_of_xdomea_are_recognised_and_valid(library: Path, version: str) -> None:
    found = report(library, corpus("xdomea") / "pattern" / f"xdomea_{version}")
    assert len(found.results) == 4
    assert judged(found) == {(f"xdomea@{version}/nachricht", True)}


def test_good_messages_of_a_kosit_configuration_are_accepted(library: Path) -> None:
    found = report(library, corpus("kosit-bis") / "test-files" / "good")
    assert len(found.results) == 8
    assert judged(found) == {("prueftool-konfiguration-peppol-bis@2024-11-18/nachricht", True)}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_resolves_within_its_family(tmp_path: Path, version: str) -> None:
    shared = corpus("xbildung-artefacts")
    one = added(shared / version, tmp_path, shared)
    assert one.standard.name == version.replace("/", "@")
    assert one.problems == ()
    if version == "xberufsbildung/0.6":
        assert [gap.namespace for gap in one.unresolved] == ["http://xoev.de/schemata/basisnachricht/g2g/1_1"]
        assert one.untestable == ("pruefling.berufsschulnote",)
    else:
        assert one.unresolved == ()


def names(found: Added) -> Iterable[str]:
    return {one.standard.name for one in found.standards}


def test_a_whole_family_is_added_at_once(family: tuple[Path, Added]) -> None:
    _, found = family
    assert names(found) == {version.replace("/", "@") for version in VERSIONS}
    assert any("xbildung@1.2" in line for line in found.notices)


def test_a_toolbox_can_be_added_by_itself(tmp_path: Path) -> None:
    shared = corpus("xbildung-artefacts")
    one = added(shared / "xbildung" / "1.2", tmp_path, shared)
    assert (one.standard.name, one.suite, one.unresolved) == ("xbildung@1.2", None, ())


def test_without_the_family_the_missing_files_are_named(tmp_path: Path) -> None:
    one = added(corpus("xschule"), tmp_path)
    assert len(one.untestable) == 5
    assert {gap.namespace for gap in one.unresolved} >= {"http://xbildung.de/def/xbildung/1.2/xsd"}
    assert {str(each.verdict) for each in report(tmp_path, corpus("xschule") / "xml").results} == {"not_tested"}


@pytest.mark.parametrize("name", ["zrc-1.0", "zrc-1.1", "objects", "objecttypes"])
def test_real_openapi_documents_are_added(tmp_path: Path, name: str) -> None:
    one = added(corpus("openapi") / name, tmp_path)
    assert one.standard.kind == "openapi"
    assert one.unresolved == ()
