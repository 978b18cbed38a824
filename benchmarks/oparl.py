"""The complete OParl suite against a generated council of 17,000 objects, served over loopback by a process of its own.

    PYTHONPATH=. python benchmarks/oparl.py [--scale F] [--faults NAME ...]

Prints seconds, requests per second and the peak memory of the process that judges. What the server takes is not taken
off: the figure says how long a run lasts, not how fast the checks are (see the user CPU seconds for that).
"""

import argparse
import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

from tests.miniatures.council import Size
from tests.miniatures.oparl import App, serving

from schnittstellen import bootstrap
from schnittstellen.engine.events import Progress, RunFinished


def serve(pipe: Connection, size: Size, faults: frozenset[str]) -> None:
    """Serve until the other end says something."""
    with serving(lambda base: App(base, "1.1", faults, size, page=100)) as app:
        pipe.send((app.base, len(app.council.objects)))
        pipe.recv()
        pipe.send(len(app.requests))


def main() -> None:
    """Measure and print."""
    options = _options()
    count = options.scale
    size = Size(papers=int(3000 * count), meetings=int(1500 * count), people=int(1000 * count), organizations=20)
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there, size, frozenset(options.faults)))
    process.start()
    base, objects = here.recv()
    seconds, cpu, verdict, kinds = _run(base)
    here.send(None)
    requests = here.recv()
    process.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| objects | requests | seconds | requests/s | CPU seconds | peak RSS (MB) | verdict | findings |")
    print("|--:|--:|--:|--:|--:|--:|---|--:|")
    rate = requests / seconds
    print(f"| {objects} | {requests} | {seconds:.1f} | {rate:.0f} | {cpu:.1f} | {peak:.0f} | {verdict} | {kinds} |")


def _run(base: str) -> tuple[float, float, str, int]:
    started, cpu = time.perf_counter(), time.process_time()
    report = None
    for event in bootstrap.run_targets(
        (f"{base}/system",), suite="oparl@1.1/server", options={"max_requests": 1_000_000}
    ):
        if isinstance(event, Progress):
            print(f"\r{event.done} requests", end="", file=sys.stderr)
        if isinstance(event, RunFinished):
            report = event.report
    print(file=sys.stderr)
    assert report is not None
    findings = sum(len(step.findings) for result in report.results for step in result.steps)
    return time.perf_counter() - started, time.process_time() - cpu, str(report.verdict), findings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 17,000 objects")
    parser.add_argument("--faults", nargs="*", default=[], help="switches of tests/miniatures/oparl_faults.py")
    return parser.parse_args()


if __name__ == "__main__":
    main()
