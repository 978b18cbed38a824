"""Evidence of a registry: reports byte for byte, and for which declaration each was handed in. All else follows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.models import Declaration, Evidence, HandIn, IssuedOrder, StoredReport
from schnittstellen.catalogue.registry.evidence_rules import envelope_path, report_path
from schnittstellen.catalogue.registry.load_ledger import recorded
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.sync import Tally
from schnittstellen.catalogue.services.evidence import Attachment, Name, append
from schnittstellen.formats.report_json import read_report

LAST = 2**62
"""What the chain does not know yet comes after what it knows, which comes in the order of its records."""


def load_evidence(batch: list[Filed], folder: Path, releases: Mapping[str, int], tally: Tally) -> None:
    """Append what `batch` names; evidence that is there already stays as it is."""
    rows = Declaration.objects.filter(release_id__in=[releases[one.data["release"]] for one in batch])
    declared = {
        (one.release_id, str(one.role.version), one.role.key): one
        for one in rows.select_related("role__version__standard")
    }
    attachments = [
        _attachment(entry, folder, declared[releases[release], entry["standard"], entry["role"]], releases)
        for release, entry in _named(batch)
    ]
    known = recorded({one.declaration for one in attachments})
    made = append(sorted(attachments, key=lambda one: known.get(_name(one), LAST)), known.keys())
    _receipts(zip(attachments, _entries(batch), strict=True), folder)
    tally.update({"created": len(made), "same": len(attachments) - len(made)})


def _name(one: Attachment) -> Name:
    return one.declaration, sha256(one.document).hexdigest(), one.suite.name


def _named(batch: list[Filed]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in batch:
        for entry in sorted(one.data["evidence"], key=lambda entry: str(entry["attached"])):
            yield one.data["release"], entry


def _entries(batch: list[Filed]) -> list[Mapping[str, Any]]:
    return [entry for _, entry in _named(batch)]


def _receipts(pairs: Iterable[tuple[Attachment, Mapping[str, Any]]], folder: Path) -> None:
    """The receipts of reports that were handed in. Who handed in is not written down, and stays open."""
    for attachment, entry in pairs:
        if "receipt" not in entry or HandIn.objects.filter(key=entry["receipt"]).exists():
            continue
        rows = Evidence.objects.filter(declaration_id=attachment.declaration, report_sha256=entry["report"])
        row = rows.get(suite=attachment.suite.name)
        if HandIn.objects.filter(evidence=row).exists():
            continue
        HandIn.objects.create(
            key=entry["receipt"],
            evidence=row,
            envelope=envelope_path(folder, entry["report"]).read_bytes(),
            key_id=entry["signed_by"],
            by="",
            at=attachment.attached_at,
            claimed=str(attachment.report.verdict),
            judged=len(attachment.judged or ()),
            total=sum(one.suite == attachment.suite.name for one in attachment.report.results),
            order=IssuedOrder.objects.filter(key=attachment.order, hand_in=None).first() if attachment.order else None,
        )


def _attachment(
    entry: Mapping[str, Any], folder: Path, declaration: Declaration, releases: Mapping[str, int]
) -> Attachment:
    document = report_path(folder, entry["report"]).read_bytes()
    report = read_report(document.decode("utf-8"), entry["report"])
    version = declaration.role.version
    return Attachment(
        declaration.pk,
        document,
        report,
        next(one for one in report.suites if one.name == f"{entry['standard']}/{entry['role']}"),
        datetime.fromisoformat(entry["attached"]),
        version.standard.kind,
        version.in_force_until,
        releases[entry["against"]] if "against" in entry else None,
        tuple(entry.get("judged", ())) if entry.get("handed_in") else None,
        entry.get("order", ""),
    )


def written() -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of evidence, by release."""
    rows = Evidence.objects.select_related(
        "declaration__release__product", "declaration__role__version__standard", "counterpart__product", "hand_in"
    ).order_by(
        "declaration__release__product__key", "declaration__release__version", "attached_at", "report_sha256", "suite"
    )
    release = ""
    entries: list[dict[str, Any]] = []
    for row in rows.iterator(chunk_size=2000):
        name = str(row.declaration.release)
        if name != release and entries:
            yield release, {"release": release, "evidence": entries}
            entries = []
        release = name
        entries.append(_entry(row))
    if entries:
        yield release, {"release": release, "evidence": entries}


def _entry(row: Evidence) -> dict[str, Any]:
    return {
        "report": row.report_sha256,
        "standard": str(row.declaration.role.version),
        "role": row.declaration.role.key,
        "against": str(row.counterpart) if row.counterpart else None,
        "attached": row.attached_at,
        "handed_in": True if row.judged is not None else None,
        "judged": row.judged,
        "order": row.order or None,
        "receipt": row.hand_in.key if hasattr(row, "hand_in") else None,
        "signed_by": row.hand_in.key_id if hasattr(row, "hand_in") else None,
    }


def write_reports(folder: Path) -> int:
    """Write all reports below `folder`, byte for byte, and the signatures of those handed in; gives their number."""
    count = 0
    for row in StoredReport.objects.order_by("sha256").iterator(chunk_size=200):
        path = report_path(folder, row.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(row.document))
        count += 1
    for receipt in HandIn.objects.select_related("evidence").order_by("pk").iterator(chunk_size=200):
        envelope_path(folder, receipt.evidence.report_sha256).write_bytes(bytes(receipt.envelope))
    return count
