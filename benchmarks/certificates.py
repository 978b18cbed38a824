"""Signing and verifying, certificates on paper, and chained records against the least that any verification must do.

python benchmarks/certificates.py [--records N]
"""

import argparse
import base64
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from schnittstellen.attest import documents
from schnittstellen.attest.badge import badge
from schnittstellen.attest.paper import paper
from schnittstellen.attest.verifying import verify_report
from schnittstellen.domain.chain import Record, appended, breaks
from schnittstellen.domain.personal_data import sightings
from schnittstellen.formats.leaves import leaves
from schnittstellen.formats.ledger import read_ledger, write_ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.attest.making import BOARD, BOARDS, CLAIM, DEMANDS, TODAY, TRUST, certificate, good, signed


def rate(run: Callable[[], object], seconds: float = 1.0) -> float:
    """How often `run` runs in a second of CPU."""
    count, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        run()
        count += 1
    return count / (time.process_time() - started)


def bare(data: bytes) -> Callable[[], object]:
    """The least that verifying must do: read the envelope, and verify one signature over its bytes."""
    public = BOARDS.public_key()

    def run() -> object:
        outer = json.loads(data)
        payload, kind = base64.b64decode(outer["payload"]), outer["payloadType"].encode()
        signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
        public.verify(base64.b64decode(outer["signatures"][0]["sig"]), signed)
        return json.loads(payload)

    return run


def chain(length: int) -> Iterator[Record]:
    """Records of about 300 bytes."""
    last: Record | None = None
    for number in range(length):
        body = {"art": "nachweis", "nr": number, "bericht": "ab" * 32, "suite": "muster@1.0/sender", "text": "x" * 120}
        last = appended(last, body)
        yield last


def naive(path: Path) -> str:
    """The least that anybody must do: read every line as JSON and digest it with the one before."""
    digest = b""
    with path.open("rb") as stream:
        for line in stream:
            json.loads(line)
            digest = hashlib.sha256(digest + line).digest()
    return digest.hex()


def timed(run: Callable[[], object]) -> float:
    """Wall seconds of one run."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def ours(path: Path) -> int:
    """Breaks in an export."""
    with path.open("rb") as stream:
        return sum(1 for _ in breaks(read_ledger(stream)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=300_000)
    records = parser.parse_args().records
    out = sys.stdout.write
    data = documents.sign_certificate(certificate(), BOARD)
    envelope, report = signed(good())
    fixture = next(Path(__file__).resolve().parents[1].glob("conformance_suites/*/*/*/fixtures/gueltig--*.xml"))
    message = fixture.read_bytes()
    out("| what | a second of CPU |\n|---|--:|\n")
    out(f"| sign a certificate | {rate(lambda: documents.sign_certificate(certificate(), BOARD)):.0f} |\n")
    out(f"| verify a certificate | {rate(lambda: documents.verify_certificate(data, TRUST, TODAY)):.0f} |\n")
    out(f"| read it and verify its signature, nothing else | {rate(bare(data)):.0f} |\n")
    out(f"| verify a signed report | {rate(lambda: verify_report(envelope, report, CLAIM, DEMANDS, TRUST)):.0f} |\n")
    out(f"| badge | {rate(lambda: badge(certificate())):.0f} |\n")
    out(f"| PDF | {rate(lambda: paper(certificate(), data, 'ab' * 32)):.0f} |\n")
    out(f"| guard over a message of {len(message)} bytes | {rate(lambda: [*sightings(leaves(message))]):.0f} |\n\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.jsonl")
        with path.open("wb") as stream:
            write_ledger(chain(records), stream)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        verified, least = timed(lambda: ours(path)), timed(lambda: naive(path))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        size = path.stat().st_size / 1e6
    out("| chain | seconds | against reading and digesting alone | more memory, MiB |\n|---|--:|--:|--:|\n")
    out(f"| {records} records, {size:.0f} MB | {verified:.1f} | {verified / least:.1f} | {grown:.0f} |\n")


if __name__ == "__main__":
    main()
