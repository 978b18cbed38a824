"""Hand-ins per second, each verified, judged again and recorded.

python benchmarks/hand_in.py [--count 200]        (DATABASE_URL names another database than SQLite)

The reports are real runs of the engine over fixtures of XHundesteuer 2.0 and a recording of OParl 1.1; copies differ
by a note, so that each has a digest of its own. "Request" is what the vendor's request costs, "worker" what judging and
accepting costs then, with the process that judges. CPU time is told; wall time depends on what else runs. The first
hand-in of a kind is not counted: it pays for starting that process and for reading the schemas, and is told apart.
"""

import argparse
import os
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path
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
        per_second = 1000 / (done["request"] + done["worker"])
        print(
            f"{name:30} {done['count']:5} request {done['request']:7.1f} ms  worker {done['worker']:7.1f} ms CPU each"
            f"  {per_second:6.1f} per CPU second  (first: {done['first']:6.0f} ms)"
        )


def copy(run: Any, inputs: Any, number: str, more: Any) -> Any:
    """The same run once more, with another digest."""
    from tests.catalogue.handing_in import making

    return making.sent(replace(run, notes={**run.notes, "number": number}), inputs, **more)


def timed(parcels: list[Any]) -> dict[str, float]:
    """Hand in and let a worker accept all; milliseconds of CPU time for each."""
    from tests.catalogue.handing_in import making

    from schnittstellen.catalogue.services.handing_in import known, queueing, working

    first, spent = 0.0, {"request": 0.0, "worker": 0.0}
    for number, one in enumerate(parcels):
        begin = cpu()
        queueing.ask(making.OWN, one, known.library(), making.NOW)
        asked = cpu()
        waiting = queueing.listed(making.OWN, making.VENDOR).filter(state="waiting").values_list("key", flat=True)
        for key in list(waiting):
            working.carry_out(key)
        done = cpu()
        if number == 0:
            first = done - begin
        else:
            spent["request"] += asked - begin
            spent["worker"] += done - asked
    assert not queueing.listed(making.OWN, making.VENDOR).exists()
    count = len(parcels) - 1
    return {"count": count, "first": first * 1000, **{name: it / count * 1000 for name, it in spent.items()}}


def cpu() -> float:
    """CPU seconds of this process and of the one that judges for it, which still runs."""
    from schnittstellen.catalogue.services.handing_in import working

    process = working.BENCH._process
    own = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    if process is None:
        return own
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return own + sum(int(one) for one in fields[11:13]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
