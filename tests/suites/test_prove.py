"""A suite that is broken in any one way is found out; a whole one proves itself."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.finding import Finding, Item
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.prove import Flaw, Proof, prove

SUITE = "xhundesteuer@1.1/fachverfahren"
VALID = "fixtures/gueltig--bescheid.xml"


class Mini:
    """A copy of a built-in suite that a test may break."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for kind, part in (("standards", "1.1"), ("conformance_suites", "1.1/fachverfahren")):
            shutil.copytree(built_in() / kind / "xhundesteuer" / part, root / kind / "xhundesteuer" / part)
        self.folder = root / "conformance_suites" / "xhundesteuer" / "1.1" / "fachverfahren"

    def edit(self, pattern: str, replacement: str, count: int = 1) -> None:
        """Change suite.toml; the pattern must match."""
        path = self.folder / "suite.toml"
        text, found = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=count)
        assert found
        path.write_text(text, encoding="utf-8")

    def without(self, *fixtures: str) -> None:
        """Take fixtures out of the suite and delete their files."""
        for name in fixtures:
            self.edit(rf'\n\[\[fixtures\]\]\nfile = "fixtures/{name}[^\n]*\n(?:expect = [^\n]*\n)?', "\n")
        for path in (self.folder / "fixtures").iterdir():
            if path.name.startswith(fixtures):
                path.unlink()

    def prove(self, checks: Mapping[str, Any] | None = None) -> Proof:
        """Prove the copy as it stands."""
        library = Library((self.root,))
        suite = next(library.suites())
        codes = bootstrap.codes()
        return prove(suite, library, Judge(checks or bootstrap.checks(), codes), codes)


@pytest.fixture
def mini(tmp_path: Path) -> Mini:
    return Mini(tmp_path)


def texts(proof: Proof) -> list[str]:
    """The flaws in words."""
    return [flaw.text.format_map(flaw.parameters) for flaw in proof.flaws]


def test_the_whole_suite_proves_itself(mini: Mini) -> None:
    proof = mini.prove()
    assert (proof.suite, proof.holds, proof.flaws, proof.unbroken) == (SUITE, True, (), ())
    assert proof.fixtures == len(list((mini.folder / "fixtures").iterdir()))


def test_a_missing_fixture(mini: Mini) -> None:
    (mini.folder / VALID).unlink()
    assert texts(mini.prove()) == [f"Die Prüfnachricht {VALID} steht in der Suite, liegt aber nicht vor."]


def test_a_file_that_no_fixture_lists(mini: Mini) -> None:
    shutil.copy(mini.folder / VALID, mini.folder / "fixtures" / "neu.xml")
    assert texts(mini.prove()) == [
        "Die Datei fixtures/neu.xml liegt im Ordner fixtures, steht aber nicht in der Suite."
    ]


def test_a_fixture_that_is_listed_twice(mini: Mini) -> None:
    mini.edit(r"\Z", f'\n[[fixtures]]\nfile = "{VALID}"\n')
    assert texts(mini.prove()) == [f"Die Prüfnachricht {VALID} steht mehrfach in der Suite."]


def test_an_expectation_that_is_not_met(mini: Mini) -> None:
    mini.edit(f'file = "{VALID}"\n', f'file = "{VALID}"\nexpect = ["XHS-K-01"]\n')
    assert texts(mini.prove()) == [f"{VALID}: Erwartet, aber nicht gefunden: XHS-K-01."]


def test_a_finding_that_nobody_expects(mini: Mini) -> None:
    path = mini.folder / VALID
    path.write_text(path.read_text(encoding="utf-8").replace("220.50", "221.50"), encoding="utf-8")
    (found,) = texts(mini.prove())
    assert found == f"{VALID}: Gefunden, aber nicht erwartet: X201 (XHS-F-01), X201 (XHS-F-02)."


def test_a_message_of_another_standard(mini: Mini) -> None:
    (mini.folder / VALID).write_text("<fremd/>", encoding="utf-8")
    assert texts(mini.prove()) == [f"{VALID}: Gefunden, aber nicht erwartet: M003."]


def test_a_rule_that_was_lost(mini: Mini) -> None:
    mini.edit(r"test = \"normalize-space[^\n]*", 'test = "true()"')
    found = texts(mini.prove())
    assert found == ["fixtures/XHS-R-01--erlaeuterung-fehlt.xml: Erwartet, aber nicht gefunden: XHS-R-01."]


def test_a_requirement_that_no_fixture_breaks_is_named(mini: Mini) -> None:
    mini.without("XHS-R-01")
    assert mini.prove().unbroken == ("XHS-R-01",)


@pytest.mark.parametrize(
    ("step", "fixtures"),
    [
        ("wohlgeformt", ["XHS-N-01"]),
        ("codelisten", ["XHS-N-03--ras", "XHS-N-03--rue"]),
        ("regeln", [f"XHS-{id}" for id in ("F-01", "F-02", "F-03", "F-04", "K-01", "K-02")]),
    ],
)
def test_a_step_that_no_fixture_breaks(mini: Mini, step: str, fixtures: list[str]) -> None:
    mini.without(*fixtures)
    assert texts(mini.prove()) == [f"Der Schritt {step} wird von keiner Prüfnachricht verletzt."]


def test_a_step_that_only_informs_need_not_be_broken(mini: Mini) -> None:
    mini.without("XHS-N-01")
    mini.edit(r'check = "xml.wellformed"', 'check = "xml.wellformed"\nlevel = "may"')
    assert mini.prove().holds


def test_a_step_that_never_applies(mini: Mini) -> None:
    mini.edit(r"\n\[\[fixtures", '\n[[steps]]\nid = "nie"\ncheck = "xml.profile"\nmessages = ["keine"]\n\n[[fixtures')
    assert texts(mini.prove()) == [
        "Der Schritt nie wird von keiner Prüfnachricht bestanden.",
        "Der Schritt nie wird von keiner Prüfnachricht verletzt.",
    ]


def test_a_suite_without_fixtures(mini: Mini) -> None:
    shutil.rmtree(mini.folder / "fixtures")
    mini.edit(r"(?s)\n\[\[fixtures.*", "\n")
    found = texts(mini.prove())
    assert found[0] == "Die Suite enthält keine Prüfnachrichten (fixtures)."
    assert len(found) == 1 + 2 * 5


def test_a_check_that_does_not_exist(mini: Mini) -> None:
    mini.edit("xml.wellformed", "xml.gibtesnicht")
    found = texts(mini.prove())
    assert f"{VALID}: Gefunden, aber nicht erwartet: E003." in found
    assert "Der Schritt wohlgeformt wird von keiner Prüfnachricht bestanden." in found


class _Fake:
    name = "fake"
    codes = ()

    def __init__(self, judge: Callable[[Observation], Iterator[Item]]) -> None:
        self._judge = judge

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        return self._judge(seen)


def _crash(_: Observation) -> Iterator[Item]:
    raise RuntimeError("boom")


def test_a_check_that_crashes_proves_nothing_even_where_it_is_expected(mini: Mini) -> None:
    mini.edit(f'file = "{VALID}"\n', f'file = "{VALID}"\nexpect = ["E001"]\n')
    checks = {**{name: bootstrap.checks()[name] for name in bootstrap.checks()}, "xml.wellformed": _Fake(_crash)}
    found = texts(mini.prove(checks))
    assert f"{VALID}: Eine Prüfung ist abgestürzt: xml.wellformed." in found
    assert "Der Schritt wohlgeformt wird von keiner Prüfnachricht bestanden." in found


def _always(_: Observation) -> Iterator[Item]:
    yield Finding("X015")


def test_a_check_that_always_finds_something_never_passes(mini: Mini) -> None:
    checks = {**{name: bootstrap.checks()[name] for name in bootstrap.checks()}, "xml.wellformed": _Fake(_always)}
    assert "Der Schritt wohlgeformt wird von keiner Prüfnachricht bestanden." in texts(mini.prove(checks))


def test_a_check_that_never_finds_anything_never_fails(mini: Mini) -> None:
    checks = {**{name: bootstrap.checks()[name] for name in bootstrap.checks()}, "codeliste": _Fake(lambda _: iter(()))}
    found = texts(mini.prove(checks))
    assert "Der Schritt codelisten wird von keiner Prüfnachricht verletzt." in found
    assert any("XHS-N-03--rasse-gilt-nicht-mehr.xml: Erwartet, aber nicht gefunden: C104" in one for one in found)


def test_each_fixture_is_announced(mini: Mini) -> None:
    library, codes = Library((mini.root,)), bootstrap.codes()
    suite = next(library.suites())
    told: list[Path] = []
    prove(suite, library, Judge(bootstrap.checks(), codes), codes, seen=told.append)
    assert [path.relative_to(mini.folder).as_posix() for path in told] == [one.file for one in suite.fixtures]


def test_flaws_are_data() -> None:
    assert Flaw("x").parameters == {}
