"""The gateway beside a bare httpx2 loop: requests per second with the same concurrency, and memory on a gzip bomb.

    PYTHONPATH=src:. python benchmarks/http_gateway.py [--requests N] [--rounds N]

Everything stays on the loopback interface; the server has a process of its own. Prints a table in Markdown. Ratios are
the medians over rounds in which both sides run alternately, so that a busy machine hits both.
"""

import argparse
import multiprocessing
import resource
import statistics
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import httpx2
from tests.evil_servers.raw import Talk, raw_server

from schnittstellen.engine.endpoint import Request
from schnittstellen.transports.http import tls
from schnittstellen.transports.http.address import read
from schnittstellen.transports.http.gateway import Gateway, Rules
from schnittstellen.transports.http.limits import Budget, Limits
from schnittstellen.transports.http.pins import Pins
from schnittstellen.transports.http.redaction import Redactor, Secret, mark_of
from schnittstellen.transports.http.wire import LiveWire

SIZES = {"1 KB": 1_000, "80 KB": 80_000}
BOMB = 400_000_000
LIMITS = Limits(max_requests=10**9, max_seconds=3600)
SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Figures:
    """Medians: requests per second of both, and the CPU seconds of this process for one answer."""

    bare: float
    ours: float
    bare_cpu: float
    ours_cpu: float


def script(talk: Talk) -> None:
    """Answers with as many bytes as the path says, or with a bomb."""
    while request := talk.request():
        name = request.split(b" ")[1].strip(b"/")
        if name == b"bomb":
            talk.answer(_bomb(), "Content-Encoding: gzip", "Content-Type: application/json")
        else:
            talk.answer(b'{"a": "' + b"x" * (int(name) - 9) + b'"}', "Content-Type: application/json")


def serve(pipe: Connection) -> None:
    """Serve until the other end says something."""
    _bomb()
    with raw_server(script) as server:
        pipe.send(server.base)
        pipe.recv()


@contextmanager
def served() -> Iterator[str]:
    """A server in a process of its own."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(there,))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def gateway(base: str) -> Gateway:
    """A gateway as the transport makes it, with one secret to look for in every answer."""
    wire = LiveWire(Pins(private=True), LIMITS, lambda: tls.context(tls.TlsFiles()))
    rules = Rules(origins=frozenset({read(base).origin}), headers={"Authorization": f"Bearer {mark_of(1)}"})
    return Gateway(wire, rules, Budget(LIMITS), Redactor([Secret("ein-geheimnis-von-24-byte")]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with served() as base:
        print("| answer | threads | httpx2, requests/s | gateway, requests/s | ratio | CPU ms per answer more |")
        print("|---|---|---|---|---|---|")
        for name, size in SIZES.items():
            for threads in (1, 4):
                _print(name, threads, measured(base, size, threads, options.requests, options.rounds))
        bare, ours = (peak(kind, base) for kind in ("bare", "ours"))
    print(f"\nPeak memory on a gzip bomb of {BOMB // 10**6} MB, above what the process takes anyway: ", end="")
    print(f"httpx2 `.content` {bare:.0f} MB, gateway {ours:.0f} MB (limit of an answer: {LIMITS.max_bytes >> 20} MiB)")


def _print(name: str, threads: int, seen: Figures) -> None:
    more = (seen.ours_cpu - seen.bare_cpu) * 1000
    print(f"| {name} | {threads} | {seen.bare:.0f} | {seen.ours:.0f} | {seen.ours / seen.bare:.2f} | {more:+.3f} |")


def measured(base: str, size: int, threads: int, requests: int, rounds: int) -> Figures:
    """Medians over rounds."""
    url = f"{base}/{size}"
    with httpx2.Client(trust_env=False) as client:
        ours = gateway(base)

        def bare_one() -> None:
            assert len(client.get(url).content) == size

        def our_one() -> None:
            answer = ours.send(Request("GET", url)).response
            assert answer is not None
            assert len(answer.body) == size

        timed(bare_one, threads, 50)
        timed(our_one, threads, 50)
        pairs = [(timed(bare_one, threads, requests), timed(our_one, threads, requests)) for _ in range(rounds)]
        ours.stop()
    median = [[statistics.median(one[side][what] for one in pairs) for what in (0, 1)] for side in (0, 1)]
    return Figures(median[0][0], median[1][0], median[0][1], median[1][1])


def timed(one: Callable[[], None], threads: int, requests: int) -> tuple[float, float]:
    """Requests per second, and CPU seconds of this process for each."""

    def loop() -> None:
        for _ in range(requests // threads):
            one()

    started, cpu = time.perf_counter(), time.process_time()
    workers = [threading.Thread(target=loop) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    count = requests // threads * threads
    return count / (time.perf_counter() - started), (time.process_time() - cpu) / count


def peak(kind: str, base: str) -> float:
    """MB that fetching the bomb adds to the peak of a fresh process."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_fetch, args=(kind, base, there))
    process.start()
    found = float(here.recv())
    process.join()
    return found


def _fetch(kind: str, base: str, pipe: Connection) -> None:
    before = _peak()
    if kind == "bare":
        with httpx2.Client(trust_env=False, timeout=60) as client:
            client.get(f"{base}/bomb").content  # noqa: B018
    else:
        call = gateway(base).send(Request("GET", f"{base}/bomb"))
        assert call.problem == "too_large"
    pipe.send(_peak() - before)


def _peak() -> float:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


_packed: list[bytes] = []


def _bomb() -> bytes:
    if not _packed:
        packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
        piece = b" " * 10_000_000
        pieces = [packer.compress(piece) for _ in range(BOMB // len(piece))]
        _packed.append(b"".join([*pieces, packer.flush()]))
    return _packed[0]


if __name__ == "__main__":
    main()
