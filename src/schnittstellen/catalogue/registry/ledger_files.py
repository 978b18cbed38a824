"""The ledger of a registry: the chain of records, what the board signed, and what was said beside both.

`ledger/chain.jsonl` is the public export; `ledger/certificates` and `ledger/withdrawals` hold signed documents byte for
byte; `ledger/said` what the chain does not hold of objections, deviations and confirmations. Not all of that is public,
as in the rest of a registry. What is owed is there too (see `procedures`); applications, threads, votes and files are
not in a registry.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.models import Case, Confirmed, Contest, SignedCertificate, SignedWithdrawals
from schnittstellen.catalogue.registry import procedures
from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.certifying.certificates import serial_of
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.chain import breaks
from schnittstellen.domain.texts import N_
from schnittstellen.formats.ledger import NotALedger, read_ledger, write_ledger

FOLDER = "ledger"
CHAIN, SAID = "chain.jsonl", "said"
CERTIFICATES, WITHDRAWALS = "certificates", "withdrawals"
Lines = dict[str, dict[str, Any]]
"""Records by their ids."""
MOST_BYTES = 2**31


def write_ledger_files(folder: Path) -> int:
    """Write all below `folder`; gives the number of files. Nothing is written where nothing is recorded."""
    if ledger.head() is None:
        return 0
    top = folder / FOLDER
    top.mkdir(parents=True)
    with (top / CHAIN).open("wb") as stream:
        write_ledger(ledger.records(), stream)
    count = 1 + sum(_written(top / name, data) for name, data in (*_certificates(), *_withdrawals()))
    if left := procedures.left():
        count += _written(top / procedures.LEFT, canonical(left) + b"\n")
    return count + sum(_written(top / SAID / f"{name}.jsonl", data) for name, data in _said() if data)


def problems(folder: Path) -> Iterator[Problem]:
    """What is wrong with the chain of a registry, before anything is taken over."""
    path = chain_path(folder)
    if path is None:
        return
    name = path.relative_to(folder).as_posix()
    try:
        with path.open("rb") as stream:
            found = next(breaks(read_ledger(stream)), None)
    except NotALedger as error:
        yield Problem(name, error.line, "", N_("Das ist kein Eintrag der Kette."))
        return
    if found is not None:
        text = N_("Die Kette ist nicht unverändert: Einträge {number} bis {until}.")
        yield Problem(name, None, "", text, {"number": str(found.number), "until": str(found.until)})


def chain_path(folder: Path) -> Path | None:
    """Where the chain lies; None where the registry has none. Links that lead out of it are passed over."""
    path = folder / FOLDER / CHAIN
    inside = path.resolve().is_relative_to(folder.resolve())
    return path if path.is_file() and inside and path.stat().st_size <= MOST_BYTES else None


def documents(folder: Path, kind: str) -> Iterator[tuple[Path, bytes]]:
    """Signed documents in the order in which they were signed."""
    top = folder.resolve()
    paths = (one for one in (folder / FOLDER / kind).glob("*.json") if one.resolve().is_relative_to(top))
    for path in sorted(paths, key=lambda one: _numbers(one.stem)):
        yield path, path.read_bytes()


def said(folder: Path, name: str) -> Lines:
    """What was said beside the chain about objections, deviations, confirmations, duties or motions."""
    path = folder / FOLDER / SAID / f"{name}.jsonl"
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return {}
    with path.open(encoding="utf-8") as stream:
        return {one["id"]: one for one in map(json.loads, stream)}


def _written(path: Path, data: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return 1


def _certificates() -> Iterator[tuple[str, bytes]]:
    """Each certificate with its earlier documents: `YEAR-NUMBER.1.json`, then `.2`."""
    counts: dict[str, int] = {}
    for row in SignedCertificate.objects.select_related("decision").order_by("pk").iterator(chunk_size=500):
        serial = serial_of(row.decision)
        counts[serial] = counts.get(serial, 0) + 1
        yield f"{CERTIFICATES}/{serial}.{counts[serial]}.json", bytes(row.document)


def _withdrawals() -> Iterator[tuple[str, bytes]]:
    for row in SignedWithdrawals.objects.order_by("number").iterator(chunk_size=500):
        yield f"{WITHDRAWALS}/{row.number}.json", bytes(row.document)


def _said() -> Iterator[tuple[str, bytes]]:
    contests = Contest.objects.order_by("key").values_list("key", "reason")
    yield "objections", _lines({"id": key, "reason": reason} for key, reason in contests)
    cases = Case.objects.order_by("key").select_related("municipality").defer("attachment")
    yield "deviations", _lines(_deviation(one) for one in cases)
    confirmed = Confirmed.objects.order_by("key").select_related("municipality")
    yield (
        "confirmations",
        _lines({"id": one.key, "municipality": one.municipality.key, "named": one.named} for one in confirmed),
    )
    yield from ((name, _lines(lines)) for name, lines in procedures.said())


def _deviation(one: Case) -> dict[str, Any]:
    texts = {name: getattr(one, name) for name in ("summary", "detail", "named", "plan", "closing")}
    place = one.municipality.key if one.municipality else None
    return {"id": one.key, "municipality": place, **texts, "due": one.due.isoformat() if one.due else None}


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(canonical(one) + b"\n" for one in records)


def _numbers(stem: str) -> tuple[int, ...]:
    return tuple(int(part) for part in stem.replace("-", ".").split(".") if part.isdecimal())
