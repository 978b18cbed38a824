"""What transport, assignment, judging and processes add to a bare lxml loop over the same files.

    python benchmarks/throughput.py [--messages 10000] [--runs 3]

Writes an invented standard and messages of 5 to 50 KB to a temporary folder; every way judges every message in every
run, one after the other, so that the ratios come from the same minutes of the same machine. Figures are medians.
"""

import argparse
import hashlib
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from lxml import etree

from schnittstellen.artefacts.library import Library
from schnittstellen.bootstrap import run_targets
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import RunFinished

SCHEMA = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:muster:liste"
  targetNamespace="urn:muster:liste" elementFormDefault="qualified">
 <xs:simpleType name="Kennung">
  <xs:restriction base="xs:token"><xs:pattern value="[A-Z]{2}[0-9]{6}"/></xs:restriction>
 </xs:simpleType>
 <xs:complexType name="Eintrag"><xs:sequence>
  <xs:element name="kennung" type="Kennung"/><xs:element name="datum" type="xs:date"/>
  <xs:element name="name" type="xs:string"/><xs:element name="betrag" type="xs:decimal" minOccurs="0"/>
 </xs:sequence></xs:complexType>
 <xs:element name="liste"><xs:complexType><xs:sequence>
  <xs:element name="eintrag" type="Eintrag" maxOccurs="unbounded"/>
 </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
STANDARD = """schema = "schnittstellen.standard/1"
id = "liste"
version = "1.0"
title = "Musterliste"
kind = "xml"
[[artefacts]]
path = "liste.xsd"
sha256 = "{digest}"
kind = "schema"
namespace = "urn:muster:liste"
[[messages]]
id = "liste"
root = "{{urn:muster:liste}}liste"
schemas = ["liste.xsd"]
"""
SUITE = """schema = "schnittstellen.suite/1"
edition = "1.0.0"
[[steps]]
id = "wohlgeformt"
check = "xml.wellformed"
[[steps]]
id = "schema"
check = "xml.schema"
needs = ["wohlgeformt"]
"""
ENTRY = "<eintrag><kennung>AB{number:06}</kennung><datum>2026-11-{day:02}</datum><name>Muster {number}</name></eintrag>"


def write(root: Path, messages: int) -> Path:
    """The standard below `root`, and a folder of messages."""
    standard = root / "standards" / "liste" / "1.0"
    suite = root / "conformance_suites" / "liste" / "1.0" / "alle"
    folder = root / "messages"
    for one in (standard, suite, folder):
        one.mkdir(parents=True)
    (standard / "liste.xsd").write_bytes(SCHEMA)
    digest = hashlib.sha256(SCHEMA).hexdigest()
    (standard / "standard.toml").write_text(STANDARD.format(digest=digest), encoding="utf-8")
    (suite / "suite.toml").write_text(SUITE, encoding="utf-8")
    for number in range(messages):
        (folder / f"{number:06}.xml").write_text(message(number), encoding="utf-8")
    return folder


def message(number: int) -> str:
    """A valid message of 5 to 50 KB, always the same for the same number."""
    entries = 55 + (number * 37) % 470
    body = "".join(ENTRY.format(number=one, day=one % 28 + 1) for one in range(entries))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<liste xmlns="urn:muster:liste">{body}</liste>\n'


def bare(folder: Path) -> None:
    """The loop to compare with: what a short script of one's own would do."""
    schema = etree.XMLSchema(etree.fromstring(SCHEMA))
    for file in sorted(folder.iterdir()):
        with file.open("rb") as stream:
            if not schema.validate(etree.fromstring(stream.read())):
                raise SystemExit(f"{file} should be valid")


def parse_only(folder: Path) -> None:
    """The floor below which no validator of trees can come."""
    for file in sorted(folder.iterdir()):
        with file.open("rb") as stream:
            etree.fromstring(stream.read())


def engine(root: Path, folder: Path, jobs: int, suite: str | None) -> None:
    """The whole run as the command line does it, but for the report."""
    report = _report(run_targets([str(folder)], suite=suite, jobs=jobs, library=Library((root,))))
    if report.verdict is not Verdict.PASSED:
        raise SystemExit(f"all messages should pass, not {report.verdict}")


def _report(events: Iterator[object]) -> Report:
    for event in events:
        if isinstance(event, RunFinished):
            return event.report
    raise SystemExit("a run ended without its report")


class Taken(NamedTuple):
    """Medians: seconds by the clock, and seconds of processor time over all processes."""

    wall: float
    cpu: float


def measure(ways: dict[str, Callable[[], None]], runs: int) -> dict[str, Taken]:
    """What each way takes; all ways take turns."""
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            started, used = time.perf_counter(), _cpu()
            way()
            wall[name].append(time.perf_counter() - started)
            cpu[name].append(_cpu() - used)
    return {name: Taken(statistics.median(wall[name]), statistics.median(cpu[name])) for name in ways}


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def table(taken: dict[str, Taken], messages: int, size: int) -> Iterator[str]:
    """Lines of a Markdown table."""
    bare_wall, bare_cpu = taken["lxml: read, parse, validate"]
    yield "| way | messages/s | MB/s | throughput against bare lxml | CPU µs per message | CPU against bare lxml |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, (wall, cpu) in taken.items():
        rate, speed, each = messages / wall, size / wall / 1e6, cpu / messages * 1e6
        yield f"| {name} | {rate:,.0f} | {speed:.0f} | {bare_wall / wall:.2f} | {each:.0f} | {cpu / bare_cpu:.2f} |"


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--messages", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder = write(root, given.messages)
        size = sum(file.stat().st_size for file in folder.iterdir())
        cores = os.cpu_count() or 1
        ways: dict[str, Callable[[], None]] = {
            "lxml: read, parse": partial(parse_only, folder),
            "lxml: read, parse, validate": partial(bare, folder),
            "schnittstellen, suite named, 1 process": partial(engine, root, folder, 1, "liste"),
            "schnittstellen, recognised, 1 process": partial(engine, root, folder, 1, None),
            f"schnittstellen, suite named, {cores} processes": partial(engine, root, folder, cores, "liste"),
        }
        taken = measure(ways, given.runs)
    print(f"{given.messages:,} messages, {size / 1e6:.0f} MB, {cores} cores, {given.runs} runs\n")
    print("\n".join(table(taken, given.messages, size)))
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
