"""Inputs of hand-ins that are still kept, put into a folder for as long as a preview takes: for our engine alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from schnittstellen.catalogue.models import HandedInput


@dataclass(frozen=True, slots=True)
class Kept:
    """Payloads by their SHA-256, and recordings by that of the report of their run."""

    payloads: dict[str, Path]
    recordings: dict[str, Path]


@contextmanager
def kept_inputs(suite: str) -> Iterator[Kept]:
    """The inputs of hand-ins judged by `suite`; deleted again when the block ends. One input is read at a time.

    A report with several recordings is left out: its results would have to be told apart.
    """
    with TemporaryDirectory(prefix="vorschau-") as name:
        found, twice = Kept({}, {}), set[str]()
        rows = HandedInput.objects.filter(hand_in__evidence__suite=suite).order_by("pk")
        for row in rows.select_related("hand_in__evidence").defer("hand_in__envelope").iterator(chunk_size=1):
            report = row.hand_in.evidence.report_sha256
            twice |= {report} if row.recording and report in found.recordings else set()
            path = Path(name) / (f"{report}.har" if row.recording else row.sha256)
            path.write_bytes(bytes(row.document))
            (found.recordings if row.recording else found.payloads)[report if row.recording else row.sha256] = path
        for report in twice:
            del found.recordings[report]
        yield found
