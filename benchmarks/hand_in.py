"""Hand-ins per second, each verified, judged again and recorded.

python benchmarks/hand_in.py [--count 200]        (DATABASE_URL names another database than SQLite)

The reports are real runs of the engine over fixtures of XHundesteuer 2.0 and a recording of OParl 1.1; copies differ
by a note, so that each has a digest of its own. CPU seconds are those of this process; wall time depends on what else
runs. Each hand-in reads the library of standards anew, as a request does.
"""

import argparse
import os
import tempfile
import time
from dataclasses import replace
from typing import Any


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SCHNITTSTELLEN_HOME"] = home
        from schnittstellen.catalogue.start import ready

        ready()
        measure(asked.count)


def measure(count: int) -> None:
    """One line for each kind of hand-in."""
    from tests.catalogue.handing_in import making

    making.world()
    making.declares_oparl()
    three = (making.GOOD, "gueltig--abmeldung.xml", "gueltig--aenderung.xml")
    report, har = making.recorded(0)
    oparl = {"suite": making.OPARL}
    for name, run, inputs, more, share in (
        ("no payload", making.run_of(making.GOOD), (), {}, 1),
        ("one message", making.run_of(making.GOOD), making.files(making.GOOD), {}, 1),
        ("three messages", making.run_of(*three), making.files(*three), {}, 1),
        (f"recording, {har.data.count(b'startedDateTime')} exchanges", report, (har,), oparl, 10),
    ):
        done = timed([copy(run, inputs, f"{name} {number}", more) for number in range(max(count // share, 5))])
        print(f"{name:30} {done['count']:5} {done['per_second']:8.1f}/s {done['cpu_ms']:8.1f} ms CPU each")


def copy(run: Any, inputs: Any, number: str, more: Any) -> Any:
    """The same run once more, with another digest."""
    from tests.catalogue.handing_in import making

    return making.sent(replace(run, notes={**run.notes, "number": number}), inputs, **more)


def timed(parcels: list[Any]) -> dict[str, float]:
    """Hand in all but the first, which pays for reading the schemas."""
    from tests.catalogue.handing_in import making

    making.hand_in(parcels[0])
    wall, cpu = time.perf_counter(), time.process_time()
    for one in parcels[1:]:
        assert making.hand_in(one)[1]
    count, spent = len(parcels) - 1, time.process_time() - cpu
    return {"count": count, "per_second": count / (time.perf_counter() - wall), "cpu_ms": spent / count * 1000}


if __name__ == "__main__":
    main()
