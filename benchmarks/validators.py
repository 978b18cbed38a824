"""XSD validation beside other validators, in one run: ratios, not seconds, are what counts.

    python benchmarks/validators.py [--messages N] [--kilobytes K]

Compares, over the same generated messages of XHundesteuer: the bare lxml loop (parse and validate), our checks
`xml.wellformed` and `xml.schema` through the judge, `xmllint --schema`, the package xmlschema (on a part), and Java's
javax.xml.validation (the machinery under the KoSIT validator) where a JDK is installed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xmlschema
from lxml import etree

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Context
from schnittstellen.transports.files import Files

NAME = "xhundesteuer@1.1"
HARNESS = """
import java.io.File;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.*;

public class Harness {
    public static void main(String[] a) throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File(a[0]));
        File[] files = new File(a[1]).listFiles();
        for (int round = 0; round < 2; round++) {
            long started = System.nanoTime();
            for (File file : files) schema.newValidator().validate(new StreamSource(file));
            System.out.println((System.nanoTime() - started) / 1e9);
        }
    }
}
"""


def generate(folder: Path, number: int, kilobytes: int) -> None:
    """Valid messages: a fixture of ours, made larger by comments (5 to `kilobytes` KB in turn)."""
    library = Library((built_in(),))
    suite = library.suites_named(f"{NAME}/onlinedienst")[0]
    text = (library.folder(suite) / "fixtures" / "gueltig--anmeldung.xml").read_text(encoding="utf-8")
    head, _, tail = text.rpartition("</")
    for index in range(number):
        size = 5 + (index % max(1, kilobytes - 4))
        filler = "".join(f"<!-- {'Muster ' * 12}{line} -->\n" for line in range(size * 1024 // 100))
        (folder / f"{index:05}.xml").write_text(f"{head}{filler}</{tail}", encoding="utf-8")


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare(schema: Path, files: list[Path]) -> float:
    """The loop that everybody writes first."""
    compiled = etree.XMLSchema(etree.parse(schema))
    return timed(lambda: [compiled.assertValid(etree.fromstring(file.read_bytes())) for file in files])


def ours(folder: Path) -> float:
    """Transport, judge and the two checks, on one core."""
    library = Library((built_in(),))
    suite = library.suites_named(f"{NAME}/onlinedienst")[0]
    steps = tuple(step for step in suite.steps if step.check in ("xml.wellformed", "xml.schema"))
    short = Suite(suite.standard, suite.version, suite.role, suite.edition, steps)
    standard = library.standard(NAME)
    message = next(one for one in standard.messages if one.id == "hundesteuer.anmeldung.0101")
    context = Context(standard, library.bundle(standard), message)
    judge = Judge(bootstrap.checks(), bootstrap.codes())

    def work() -> None:
        for seen in Files().observe(str(folder), {}):
            assert judge.judge(seen, short, context).verdict is Verdict.PASSED

    work()
    return timed(work)


def by_xmlschema(schema: Path, files: list[Path]) -> float:
    """The package xmlschema; scaled from a twentieth of the files."""
    compiled = xmlschema.XMLSchema(str(schema))
    part = files[:: max(1, len(files) // 50)]
    return timed(lambda: [compiled.validate(str(file)) for file in part]) * len(files) / len(part)


def by_xmllint(schema: Path, files: list[Path]) -> float:
    """One process for all files."""
    command = ["xmllint", "--noout", "--schema", str(schema), *map(str, files)]
    return timed(lambda: subprocess.run(command, check=True, capture_output=True))


def by_java(schema: Path, folder: Path, work: Path) -> float:
    """The second of two passes in one JVM: warm."""
    (work / "Harness.java").write_text(HARNESS)
    command = ["java", str(work / "Harness.java"), str(schema), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def measured(folder: Path, work: Path) -> dict[str, float]:
    """Wall seconds of each validator over the files of `folder`."""
    library = Library((built_in(),))
    standard = library.standard(NAME)
    message = next(one for one in standard.messages if one.id == "hundesteuer.anmeldung.0101")
    schema = library.bundle(standard).file(message.schemas[0])
    files = sorted(folder.glob("*.xml"))
    found = {"lxml, bare loop": bare(schema, files), "schnittstellen": ours(folder)}
    found["xmlschema (scaled)"] = by_xmlschema(schema, files)
    if shutil.which("xmllint"):
        found["xmllint --schema"] = by_xmllint(schema, files)
    if shutil.which("java"):
        found["javax.xml.validation, warm"] = by_java(schema, folder, work)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "messages")
        folder.mkdir()
        generate(folder, arguments.messages, arguments.kilobytes)
        figures = measured(folder, Path(name))
    base = figures["lxml, bare loop"]
    sys.stdout.write("| validator | messages a second | throughput against bare lxml |\n|---|--:|--:|\n")
    for validator, seconds in figures.items():
        sys.stdout.write(f"| {validator} | {arguments.messages / seconds:,.0f} | {base / seconds:.2f} |\n")


if __name__ == "__main__":
    main()
