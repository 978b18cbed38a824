"""Start of the command line against bare Python, and one very large message with its peak of memory.

python benchmarks/start.py [--megabytes N]
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from schnittstellen.artefacts.library import Library, built_in

SUITE = "xhundesteuer@1.1/onlinedienst"
ROUNDS = 7


def cpu(command: list[str]) -> float:
    """Median CPU seconds of a command."""
    figures = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        figures.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(figures)


def large(path: Path, megabytes: int) -> None:
    """A valid message, made large by comments of 1 KB."""
    library = Library((built_in(),))
    folder = library.folder(library.suites_named(SUITE)[0])
    head, _, tail = (folder / "fixtures" / "gueltig--anmeldung.xml").read_bytes().rpartition(b"</")
    with path.open("wb") as out:
        out.write(head)
        for _ in range(megabytes * 1024):
            out.write(b"<!-- " + b"Muster " * 145 + b" -->\n")
        out.write(b"</" + tail)


def peak(command: list[str]) -> tuple[float, float, int]:
    """Wall seconds, peak memory in MiB, and exit status of one command."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    arguments = parser.parse_args()
    ours = [sys.executable, "-m", "schnittstellen"]
    base, start = cpu([sys.executable, "-c", "pass"]), cpu([*ours, "--help"])
    sys.stdout.write("| start | CPU ms | against python -c pass |\n|---|--:|--:|\n")
    sys.stdout.write(f"| python -c pass | {base * 1000:.0f} | 1.0 |\n")
    sys.stdout.write(f"| schnittstellen --help | {start * 1000:.0f} | {start / base:.1f} |\n\n")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "gross.xml")
        large(path, arguments.megabytes)
        seconds, memory, status = peak([*ours, "test", SUITE, str(path)])
    sys.stdout.write("| one message | seconds | peak MiB | exit status |\n|---|--:|--:|--:|\n")
    sys.stdout.write(f"| {arguments.megabytes} MB | {seconds:.1f} | {memory:.0f} | {status} |\n")


if __name__ == "__main__":
    main()
