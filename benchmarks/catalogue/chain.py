"""The chain of records out of the database: written, exported and verified, against reading the rows alone.

python -m benchmarks.catalogue.chain [--records N]

An empty scratch database: SQLite in a temporary home, or PostgreSQL where DATABASE_URL names one (pg_virtualenv).
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

CHUNK = 10_000


def fill(records: int) -> None:
    """Records as runs leave them, about 450 bytes each."""
    from schnittstellen.catalogue.services.ledger import Draft, Kind, append

    for start in range(0, records, CHUNK):
        append(_draft(Draft, Kind.EVIDENCE, number) for number in range(start, min(start + CHUNK, records)))


def _draft(made: type, kind: object, number: int) -> object:
    body = {"release": f"muster-{number % 5000}@1.0", "standard": "xmuster@1.0", "role": "a", "nr": number}
    body |= {"report": f"{number:064x}", "suite": "xmuster@1.0/a", "suite_sha256": "ab" * 32, "verdict": "passed"}
    return made(kind, date(2026, 11, 30), body, None, "xmuster@1.0/a")


def rows() -> Iterator[bytes]:
    """The least that an export must do: read every row."""
    from schnittstellen.catalogue.models import Entry

    for row in Entry.objects.order_by("number").values_list("body", flat=True).iterator(chunk_size=2000):
        yield bytes(row)


def timed(run: object) -> tuple[float, float]:
    """Seconds of CPU of this process, and of the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    run()  # type: ignore[operator]
    return time.process_time() - cpu, time.perf_counter() - clock


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=300_000)
    records = parser.parse_args().records
    with tempfile.TemporaryDirectory() as home:
        os.environ["SCHNITTSTELLEN_HOME"] = home
        from schnittstellen.catalogue.start import ready

        ready()
        print_table(records, Path(home, "chain.jsonl"))


def print_table(records: int, file: Path) -> None:
    """Fill, then time each step."""
    from django.db import connection

    from schnittstellen.catalogue.services import ledger
    from schnittstellen.domain.chain import breaks
    from schnittstellen.formats.ledger import read_ledger, write_ledger

    def export() -> None:
        with file.open("wb") as stream:
            write_ledger(ledger.records(), stream)

    def verify() -> None:
        with file.open("rb") as stream:
            assert not list(breaks(read_ledger(stream)))

    steps = {
        "append": lambda: fill(records),
        "read the rows alone": lambda: sum(1 for _ in rows()),
        "export": export,
        "verify the export": verify,
        "verify in the database": lambda: list(breaks(ledger.records())),
    }
    out = sys.stdout.write
    out(f"| {connection.vendor}, {records} records | CPU s | clock s |\n|---|--:|--:|\n")
    for name, step in steps.items():
        cpu, clock = timed(step)
        out(f"| {name} | {cpu:.1f} | {clock:.1f} |\n")
    out(f"\n{file.stat().st_size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
