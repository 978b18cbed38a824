"""Preview of a draft over many stored reports: derived from findings, and judged anew from their payloads.

python benchmarks/preview.py [--reports 10000] [--jobs 2]        (DATABASE_URL names another database than SQLite)

The reports are real: the engine judges the fixtures of XHundesteuer 1.1; copies differ by a note, so that each has a
digest of its own. CPU seconds count this process and those that it started; wall time depends on what else is running.
"""

import argparse
import io
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schnittstellen.domain.report import Report

ROLE = "xhundesteuer/1.1/onlinedienst"
SUITE = "xhundesteuer@1.1/onlinedienst"


def main() -> None:
    """Fill, ask three drafts, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SCHNITTSTELLEN_HOME"] = home
        from schnittstellen.catalogue.start import ready

        ready()
        fill(asked.reports)
        measure(Path(home), asked.jobs)


def fill(count: int) -> None:
    """`count` reports of two payloads each, as evidence of one declaration."""
    from tests.catalogue.making import declare, standard

    from schnittstellen.catalogue.models import Evidence, StoredReport

    standard("xhundesteuer@1.1", {"onlinedienst": (["*"], [])})
    of = declare("musterneu@1.0", "xhundesteuer@1.1", "onlinedienst")
    made = templates()
    for start in range(0, count, 500):
        documents = [
            written(replace(made[one % len(made)], notes={"number": str(one)}))
            for one in range(start, min(count, start + 500))
        ]
        rows = [StoredReport(sha256=sha256(one).hexdigest(), document=one) for one in documents]
        StoredReport.objects.bulk_create(rows)
        Evidence.objects.bulk_create(
            evidence(of.pk, made[at % len(made)], row.sha256) for at, row in enumerate(rows, start)
        )


def templates() -> "list[Report]":
    """Reports of real runs over a fixture and a good message each."""
    from schnittstellen import bootstrap
    from schnittstellen.engine.events import RunFinished

    files = sorted((root() / "conformance_suites" / ROLE / "fixtures").glob("*.xml"))
    pairs = [(one, files[-1]) for one in files[:-1]]
    runs = (bootstrap.run_targets([str(one) for one in pair], suite=SUITE, jobs=1) for pair in pairs)
    return [next(event.report for event in run if isinstance(event, RunFinished)) for run in runs]


def evidence(declaration: int, report: "Report", digest: str) -> Any:
    """The row as attaching would make it."""
    from schnittstellen.catalogue.models import Evidence

    now, use = datetime.now(UTC), report.suites[0]
    return Evidence(
        declaration_id=declaration,
        reach=1,
        verdict=str(report.verdict),
        suite=use.name,
        edition=use.edition,
        suite_sha256=use.sha256,
        report_sha256=digest,
        run_at=now,
        attached_at=now,
    )


def written(report: "Report") -> bytes:
    """As `test --json` writes it."""
    from schnittstellen.formats.report_json import write_report

    stream = io.StringIO()
    write_report(report, stream)
    return stream.getvalue().encode()


def root() -> Path:
    """Where the suites lie."""
    from schnittstellen.artefacts.library import built_in

    return built_in()


def draft(home: Path, name: str, change: Callable[[str], str]) -> Path:
    """A copy of the suite with a change."""
    folder = home / name / ROLE
    shutil.copytree(root() / "conformance_suites" / ROLE, folder)
    text = (folder / "suite.toml").read_text("utf-8")
    changed = change(text)
    if changed == text:
        raise ValueError(name)
    (folder / "suite.toml").write_text(changed, "utf-8")
    return folder


def measure(home: Path, jobs: int) -> None:
    """Ask each draft and print what it took."""
    lighter = draft(
        home, "lighter", lambda text: text.replace('check = "codeliste"', 'check = "codeliste"\nlevel = "should"')
    )
    stricter = draft(home, "stricter", lambda text: text.replace('level = "should"', 'level = "must"'))
    payloads = root() / "conformance_suites" / ROLE / "fixtures"
    names = ("reports", "falls", "rises", "unknown", "judged", "wall s", "CPU s", "MB")
    sys.stdout.write(f"{'draft':<34}{''.join(f'{one:>8}' for one in names)}\n")
    for title, folder, files, number in (
        ("a step weighs less, derived", lighter, None, jobs),
        ("the same in one process", lighter, None, 1),
        ("a rule weighs more, derived", stricter, None, jobs),
        ("a rule weighs more, judged anew", stricter, payloads, jobs),
    ):
        ask(title, folder, files, number)


def ask(title: str, folder: Path, payloads: Path | None, jobs: int) -> None:
    """One preview and its line."""
    from schnittstellen import bootstrap
    from schnittstellen.artefacts.drafts import drafted
    from schnittstellen.catalogue.services.previewing.previewing import Asked, preview

    wall, cpu = time.perf_counter(), spent()
    with drafted(folder, None) as (made, name):
        found = preview(Asked(name or SUITE, made, bootstrap.roots(), payloads, jobs))
    took = time.perf_counter() - wall, spent() - cpu
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    counts = found.data()["counts"]
    numbers = (
        f"{found.counts.total():>8}{counts['falls']:>8}{counts['rises']:>8}{counts['unknown']:>8}{found.judged:>8}"
    )
    sys.stdout.write(f"{title:<34}{numbers}{took[0]:>8.1f}{took[1]:>8.1f}{most:>8}\n")


def spent() -> float:
    """CPU seconds of this process and of those that have ended."""
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
