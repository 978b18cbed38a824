"""Evidence: our engine really runs, on the fixtures of the built-in suites, for releases of the invented world."""

import io
import re
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.report import Report
from schnittstellen.engine.assign import Assigner
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.recording import read_recording
from schnittstellen.engine.run import Run
from schnittstellen.formats.report_json import write_report

SYSTEM = "http://ris.musterstadt.example/oparl/system"


@dataclass(frozen=True)
class Conducted:
    """A run. `files` are name patterns of fixtures; those of endpoints are replayed. `against` is the other product."""

    release: str
    standard: str
    role: str
    on: date
    files: tuple[str, ...] = ("gueltig--*.xml",)
    against: str = ""


def _vorgang(release: str, role: str, month: int, version: str = "2.0") -> Conducted:
    return Conducted(release, f"xmuster-vorgang@{version}", role, date(2026, month, 12))


RUNS = (
    Conducted("muster-hundesteuer@5.0", "xhundesteuer@2.0", "fachverfahren", date(2026, 11, 9)),
    Conducted(
        "muster-hundesteuer@5.0",
        "xhundesteuer@2.0",
        "fachverfahren",
        date(2026, 11, 16),
        against="muster-hund-online@3.0",
    ),
    Conducted("muster-hundesteuer@5.0", "xhundesteuer@1.1", "fachverfahren", date(2026, 11, 9)),
    Conducted("muster-hund-online@3.0", "xhundesteuer@2.0", "onlinedienst", date(2026, 11, 10)),
    Conducted("muster-hund-online@3.0", "xhundesteuer@1.1", "onlinedienst", date(2026, 11, 10)),
    Conducted("muster-hund-online@2.5", "xhundesteuer@1.1", "onlinedienst", date(2026, 1, 20)),
    Conducted("muster-hundekasse@1.9", "xhundesteuer@1.0", "fachverfahren", date(2025, 7, 1)),
    # Only registrations were shown, so the rest stays open.
    Conducted("muster-hund-formular@1.2", "xhundesteuer@1.1", "onlinedienst", date(2026, 3, 2), ("*anmeldung*.xml",)),
    # Failed: with a good run before, which a newer failure undoes.
    Conducted("muster-hund-app@0.9", "xhundesteuer@2.0", "onlinedienst", date(2026, 11, 11)),
    Conducted("muster-hund-app@0.9", "xhundesteuer@2.0", "onlinedienst", date(2026, 11, 18), ("XHS-A-0*.xml",)),
    _vorgang("muster-antrag@4.2", "onlinedienst", 2),
    _vorgang("muster-bote@2.0", "transport", 2),
    _vorgang("muster-gewerbe@7.1", "fachverfahren", 3),
    _vorgang("muster-akte@9.0", "eakte", 3),
    _vorgang("muster-akte-offen@1.0", "eakte", 6),
    _vorgang("muster-epay@3.1", "bezahlung", 4),
    _vorgang("muster-zustellung@2.3", "zustellung", 4),
    _vorgang("muster-bau@5.5", "fachverfahren", 7),
    _vorgang("muster-meldewesen@12.1", "fachverfahren", 6),
    Conducted("muster-akte@8.4", "xmuster-vorgang@1.0", "eakte", date(2025, 2, 3)),
    Conducted("muster-wohngeld@6.0", "xmuster-vorgang@2.0", "fachverfahren", date(2026, 6, 2), ("XMV-V-0*.xml",)),
    Conducted("muster-ratsinfo@4.0", "oparl@1.1", "server", date(2026, 4, 1), ("good.har.json",)),
    Conducted("muster-ratsapp@1.4", "oparl@1.1", "client", date(2026, 5, 5), ("good.heard.json",)),
    Conducted("muster-ratsapp@1.3", "oparl@1.0", "client", date(2026, 2, 5), ("good.heard.json",)),
    Conducted("muster-ratsblick@1.1", "oparl@1.1", "server", date(2021, 5, 3), ("good.har.json",)),
    Conducted("muster-ratsblick@1.0", "oparl@1.0", "server", date(2021, 4, 6), ("good.har.json",)),
    # The endpoint spoke another version of the standard: nothing was tested, so nothing is known.
    Conducted("muster-sitzung@5.0", "oparl@1.1", "server", date(2026, 3, 2), ("other-version.har.json",)),
    Conducted("muster-sitzung@6.0", "oparl@1.1", "server", date(2026, 3, 3), ("many-faults.har.json",)),
    Conducted("muster-ratssuche@0.3", "oparl@1.1", "client", date(2026, 6, 6), ("many-faults.heard.json",)),
    Conducted("muster-rechnung@2.6", "en16931@1.3.16", "rechnungssteller", date(2026, 6, 10)),
)


def conduct(one: Conducted) -> bytes:
    """The JSON report of a run at noon of its day: the same bytes each time with the same version of the engine."""
    library = Library((built_in(),))
    suite = library.suites_named(f"{one.standard}/{one.role}")[0]
    folder = library.folder(suite) / "fixtures"
    found = sorted({path for pattern in one.files for path in folder.glob(pattern)})
    if found[0].name.endswith(".heard.json"):
        report = _heard(suite.name, found[0], one, library)
    elif found[0].name.endswith(".har.json"):
        report = _last([SYSTEM], suite.name, one, library, {"replay": str(found[0])})
    else:
        report = _messages(found, suite.name, one, library)
    return _written(report)


def _messages(found: list[Path], suite: str, one: Conducted, library: Library) -> Report:
    """Copies that name the product, as its messages would, in a folder of their own."""
    with TemporaryDirectory() as folder, chdir(folder):
        for path in found:
            Path(path.name).write_bytes(_named(path.read_bytes(), one.release))
        return _last([path.name for path in found], suite, one, library, {})


def _named(message: bytes, release: str) -> bytes:
    product, _, version = release.encode().partition(b"@")
    message = re.sub(rb'produkt="[^"]*"', b'produkt="' + product + b'"', message)
    return re.sub(rb'produktversion="[^"]*"', b'produktversion="' + version + b'"', message)


def _last(targets: list[str], suite: str, one: Conducted, library: Library, options: dict[str, Any]) -> Report:
    events = bootstrap.run_targets(targets, suite=suite, jobs=1, library=library, clock=_clock(one), options=options)
    *_, last = events
    assert isinstance(last, RunFinished)
    return last.report


def _heard(suite: str, path: Path, one: Conducted, library: Library) -> Report:
    """What a client sent to our mock, recorded: judged as at the end of `schnittstellen mock`."""
    from schnittstellen.engine.judge import Judge

    seen = read_recording(path)
    run = Run(Judge(bootstrap.checks(), bootstrap.codes()), bootstrap.checks(), bootstrap.tool(), _clock(one))
    *_, last = run.events((seen.name,), [Assigner(library, suite)(seen)])
    assert isinstance(last, RunFinished)
    return last.report


def _clock(one: Conducted) -> Any:
    return lambda: datetime.combine(one.on, time(12), UTC)


def _written(report: Report) -> bytes:
    """Without the durations: all else repeats."""
    results = tuple(replace(result, seconds=0.0) for result in report.results)
    stream = io.StringIO()
    write_report(replace(report, seconds=0.0, results=results), stream)
    return stream.getvalue().encode()


def written() -> Iterator[tuple[str, bytes | dict[str, Any]]]:
    """Path below the registry and content: each report under its digest, and for each release what it proves."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for one in RUNS:
        raw = conduct(one)
        digest = sha256(raw).hexdigest()
        yield f"evidence/reports/{digest}.json", raw
        told = {"report": digest, "standard": one.standard, "role": one.role}
        told |= {"against": one.against} if one.against else {}
        entries.setdefault(one.release, []).append({**told, "attached": f"{one.on.isoformat()}T13:00:00Z"})
    for release, rows in entries.items():
        rows.sort(key=lambda row: (row["attached"], row["report"]))
        yield f"evidence/{release}.toml", {"schema": "schnittstellen.evidence/1", "release": release, "evidence": rows}
