"""How true are the verdicts? Runs all cases with known answers in ../shared/corpus and prints the confusion table.

    python benchmarks/truth.py [--corpus FOLDER] [--verbose]

A *false pass* is a message that is known to be wrong and is green; a *false fail* one that is known to be right and
fails; *undecided* is everything that came out as not tested or error. Exit status 1 where any of the three occurs.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from schnittstellen.artefacts.add import add
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.bootstrap import run_targets
from schnittstellen.checks.schematron import conformance
from schnittstellen.domain.report import Report, Result
from schnittstellen.domain.verdict import Verdict, is_green
from schnittstellen.engine.events import RunFinished

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
TESTSET = "{http://difi.no/xsd/vefa/validator/1.0}"


@dataclass(frozen=True, slots=True)
class Case:
    """One known answer and what we said: `right` is the truth, `said` None where we could not tell."""

    group: str
    name: str
    right: bool
    said: bool | None

    @property
    def outcome(self) -> str:
        """One of: true pass, true fail, false pass, false fail, undecided."""
        if self.said is None:
            return "undecided"
        return f"{'true' if self.said == self.right else 'false'} {'pass' if self.said else 'fail'}"


OUTCOMES = ("true pass", "true fail", "false pass", "false fail", "undecided")


def report_on(targets: list[Path], library: Library, suite: str | None = None) -> Report:
    """The report of one run."""
    for event in run_targets([str(target) for target in targets], suite=suite, library=library, jobs=1):
        if isinstance(event, RunFinished):
            return event.report
    raise RuntimeError("the run ended without a report")


def said(result: Result) -> bool | None:
    """Green, failed, or undecided."""
    if is_green(result.verdict):
        return True
    return False if result.verdict is Verdict.FAILED else None


def added(home: Path, source: Path, *more: Path) -> Library:
    """A library with the standard of `source` beside the built-in ones."""
    add(str(source), with_sources=[str(one) for one in more], into=home)
    return Library((home, built_in()))


def all_valid(group: str, messages: list[Path], library: Library, suite: str) -> Iterator[Case]:
    """Messages that are all known to be right."""
    for result in report_on(messages, library, suite).results:
        yield Case(group, result.name, True, said(result))


def xoev(corpus: Path, home: Path) -> Iterator[Case]:
    """XSchule and XHochschule 1.2 as published, with the files of xbildung-artefacts."""
    for name in ("xschule", "xhochschule"):
        library = added(home / name, corpus / name, corpus / "xbildung-artefacts")
        yield from all_valid(name, sorted((corpus / name / "xml").glob("*.xml")), library, name)


def xdomea(corpus: Path, home: Path) -> Iterator[Case]:
    """The message patterns of three versions of xdomea."""
    for folder in sorted((corpus / "xdomea" / "schemes").glob("xdomea_*")):
        version = folder.name.removeprefix("xdomea_")
        library = added(home / folder.name, folder, corpus / "xdomea" / "schemes" / "xoev")
        messages = sorted((corpus / "xdomea" / "pattern" / folder.name).glob("*.xml"))
        yield from all_valid("xdomea", messages, library, f"xdomea@{version}")


def kosit(corpus: Path, home: Path) -> Iterator[Case]:
    """The good messages of a KoSIT validator configuration."""
    into = home / "kosit"
    new = add(str(corpus / "kosit-bis" / "scenarios.xml"), with_sources=[], into=into)
    messages = sorted((corpus / "kosit-bis" / "test-files" / "good").rglob("*.xml"))
    yield from all_valid("kosit-bis", messages, Library((into, built_in())), new.standards[0].standard.name)


def examples(corpus: Path, _home: Path) -> Iterator[Case]:
    """Example invoices of EN 16931, all right; the one called negative has negative amounts."""
    library = Library((built_in(),))
    files = sorted((corpus / "en16931" / "examples").glob("*.[xX][mM][lL]"))
    for file, result in zip(files, report_on(files, library, "en16931").results, strict=True):
        yield Case("en16931/examples", file.name, True, said(result))


def xrechnung(corpus: Path, _home: Path) -> Iterator[Case]:
    """XRechnung invoices: standard ones keep to EN 16931, those of the extension break some rules, mostly lightly."""
    library = Library((built_in(),))
    files = sorted((corpus / "xrechnung").glob("*.xml"))
    for file, result in zip(files, report_on(files, library, "en16931").results, strict=True):
        extension = b"conformant#urn:xeinkauf.de:kosit:extension" in file.read_bytes()
        told = result.verdict is Verdict.PASSED if extension else said(result)
        yield Case("xrechnung", file.name, not extension, told)


def unit_tests(corpus: Path, home: Path) -> Iterator[Case]:
    """The unit tests of the EN 16931 rules: each says which rule must hold and which must be broken."""
    folder = home / "unit"
    folder.mkdir()
    expected: dict[str, list[tuple[str, bool]]] = {}
    for file in sorted((corpus / "en16931" / "unit-ubl").glob("*.xml")):
        for number, test in enumerate(etree.parse(file).getroot().iter(f"{TESTSET}test")):
            name = f"{file.stem}-{number}.xml"
            (folder / name).write_bytes(etree.tostring(test[-1], xml_declaration=True, encoding="UTF-8"))
            expected[name] = _expectations(test)
    library = Library((built_in(),))
    for result in report_on([folder], library, "en16931").results:
        broken = {finding.rule for step in result.steps for finding in step.findings}
        covered = {rule for step in result.steps for rule in step.covered or ()}
        for rule, right in expected[Path(result.name).name]:
            told = None if rule not in covered | broken and not right else rule not in broken
            yield Case("en16931/unit-ubl", f"{result.name} {rule}", right, told)


def _expectations(test: etree._Element) -> list[tuple[str, bool]]:
    found = []
    for kind, right in (("success", True), ("error", False)):
        found += [(one.text or "", right) for one in test.iter(f"{TESTSET}{kind}")]
    return found


def schematron(corpus: Path, _home: Path) -> Iterator[Case]:
    """Conformance cases for Schematron processors."""
    for file in sorted((corpus / "schematron-conformance" / "tests").rglob("*.xml")):
        yield Case("schematron-conformance", file.stem, True, conformance.holds(file))


GROUPS: Mapping[str, Callable[[Path, Path], Iterator[Case]]] = {
    "unit": unit_tests,
    "examples": examples,
    "xrechnung": xrechnung,
    "kosit": kosit,
    "xoev": xoev,
    "xdomea": xdomea,
    "schematron": schematron,
}


def table(cases: list[Case]) -> str:
    """The confusion table as Markdown."""
    lines = [f"| cases | number | {' | '.join(OUTCOMES)} |", "|---|---" + "|---" * len(OUTCOMES) + "|"]
    for group in dict.fromkeys(case.group for case in cases):
        mine = [case for case in cases if case.group == group]
        counts = Counter(case.outcome for case in mine)
        lines.append(f"| {group} | {len(mine)} | {' | '.join(str(counts[one]) for one in OUTCOMES)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; 0 where every verdict is true."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", choices=GROUPS, action="append")
    parser.add_argument("--verbose", action="store_true", help="name every case that is not true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        wanted = arguments.only or list(GROUPS)
        cases = [case for name in wanted for case in GROUPS[name](arguments.corpus, Path(home))]
    sys.stdout.write(table(cases) + "\n")
    wrong = [case for case in cases if not case.outcome.startswith("true")]
    if arguments.verbose:
        sys.stdout.writelines(f"{case.outcome}: {case.group} {case.name}\n" for case in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
