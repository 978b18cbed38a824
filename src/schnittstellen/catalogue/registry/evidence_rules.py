"""What must hold of the reports that a registry names: there, whole, consistent, about what they are filed under."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.domain.consistency import contradictions
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.formats.report_json import read_report

MOST_BYTES = 50 * 1024 * 1024


def report_path(folder: Path, digest: str) -> Path:
    """Where the report of that digest lies."""
    return folder / forms.EVIDENCE.folder / forms.REPORTS / f"{digest}.json"


def envelope_path(folder: Path, digest: str) -> Path:
    """Where the signature of a report that was handed in lies."""
    return report_path(folder, digest).with_suffix(".dsse")


def departures(filed: Filed, folder: Path) -> Iterator[Problem]:
    """What is wrong with the reports that a file names."""
    for number, entry in enumerate(filed.data["evidence"]):
        at = ("evidence", number, "report")
        document = document_of(folder, entry["report"])
        if document is None:
            text = N_("Der Bericht {name} fehlt, ist zu groß oder hat eine andere Prüfsumme.")
            yield filed.problem(at, text, name=entry["report"])
            continue
        try:
            report = read_report(document.decode("utf-8"), entry["report"])
        except (SchnittstellenError, UnicodeDecodeError):
            yield filed.problem(at, N_("Das ist kein Bericht von schnittstellen."))
            continue
        suite = f"{entry['standard']}/{entry['role']}"
        if any(contradictions(report)):
            yield filed.problem(at, N_("Der Bericht widerspricht sich selbst."))
        elif suite not in {one.name for one in report.suites}:
            yield filed.problem(at, N_("Der Bericht sagt nichts zu {suite}."), suite=suite)
        envelope = envelope_path(folder, entry["report"])
        if "receipt" in entry and (not envelope.is_file() or envelope.is_symlink()):
            yield filed.problem(at, N_("Die Unterschrift zum Bericht {name} fehlt."), name=entry["report"])


def document_of(folder: Path, digest: str) -> bytes | None:
    """The bytes of a report, if they are there and have that digest."""
    path = report_path(folder, digest)
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST_BYTES:
        return None
    document = path.read_bytes()
    return document if sha256(document).hexdigest() == digest else None
