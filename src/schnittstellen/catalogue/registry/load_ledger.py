"""The ledger of a registry into the catalogue: records with their numbers and digests, then what belongs to them.

A catalogue that has records takes over only what continues them, so that a number means one record for ever.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from schnittstellen.attest import documents as signed
from schnittstellen.attest.envelope import CERTIFICATE, WITHDRAWALS, peeked
from schnittstellen.catalogue.models import (
    Case,
    Confirmed,
    Contest,
    Declaration,
    Entry,
    Evidence,
    Municipality,
    OldKey,
    Product,
    SignedCertificate,
    SignedWithdrawals,
)
from schnittstellen.catalogue.registry import ledger_files, procedures
from schnittstellen.catalogue.registry.ledger_files import Lines
from schnittstellen.catalogue.registry.sync import Tally
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.certifying import board_key, certificates
from schnittstellen.catalogue.services.evidence import Name
from schnittstellen.domain.chain import Record
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.formats.ledger import read_ledger

Kind = Entry.Kind
BATCH = 500
About = dict[tuple[str, str, str], int]
"""Declarations (primary keys) by release, standard and role, as records name them."""
OTHER_CHAIN = Fault(
    "F499",
    N_("Die Kette des Registers passt nicht zu diesem Katalog (Eintrag {number}); es wurde nichts übernommen."),
    N_("Importieren Sie in einen leeren Katalog, oder in einen, dessen Einträge das Register fortsetzt."),
    http=409,
)
FAULTS = (OTHER_CHAIN,)


def load_records(folder: Path, tally: Tally) -> None:
    """Take over the records that are not here yet. Raises `SchnittstellenError` (F499)."""
    path = ledger_files.chain_path(folder)
    if path is None:
        return
    ledger.alone()
    about: About = {}
    with path.open("rb") as stream:
        records = read_ledger(stream)
        while batch := list(islice(records, BATCH)):
            made = Entry.objects.bulk_create(list(_new(batch, about)), batch_size=BATCH)
            tally.update({"created": len(made), "same": len(batch) - len(made)})


def _new(batch: list[Record], about: About) -> Iterator[Entry]:
    there = Entry.objects.in_bulk([one.number for one in batch])
    last = ledger.head()
    for one in batch:
        row = there.get(one.number)
        if row is not None and row.digest != one.digest:
            raise SchnittstellenError(OTHER_CHAIN, number=str(one.number))
        if row is None:
            if one.number <= (last.number if last else 0):
                raise SchnittstellenError(OTHER_CHAIN, number=str(one.number))
            if last is not None and one.number == last.number + 1 and one.previous != last.digest:
                raise SchnittstellenError(OTHER_CHAIN, number=str(one.number))
            yield _row(one, about)


def _row(one: Record, about: About) -> Entry:
    said = json.loads(one.body)
    on = date.fromisoformat(said["on"])
    values = {"number": one.number, "kind": said["kind"], "suite": said.get("suite", "")}
    if "release" in said:
        values["declaration_id"] = _about(said, about, one.number)
    chained = {"previous": one.previous, "digest": one.digest, "body": one.body}
    return Entry(**values, on=on, told_at=ledger.told_at(on), **chained)


def _about(said: dict[str, Any], about: About, number: int) -> int:
    """The primary key of the declaration; each is looked up once."""
    name = said["release"], said["standard"], said["role"]
    if name not in about:
        found = _declaration(*name)
        if found is None:
            raise SchnittstellenError(OTHER_CHAIN, number=str(number))
        about[name] = found
    return about[name]


def _declaration(release: str, standard: str, role: str) -> int | None:
    """The declaration that had these names when it was recorded; its product may have been merged or renamed since."""
    key, _, version = release.partition("@")
    of, _, number = standard.partition("@")
    rows = Declaration.objects.filter(
        release__version=version,
        role__key=role,
        role__version__version=number,
        role__version__standard__key=of,
    )
    for product in _names(key):
        found = rows.filter(release__product__key=product).values_list("pk", flat=True).first()
        if found is not None:
            return found
    return None


def _names(key: str) -> Iterator[str]:
    """Keys under which a product may be found: its own, those of what it was merged into, what an old key leads to."""
    renamed = OldKey.objects.filter(key=key).values_list("product__key", flat=True).first()
    yield key
    for start in (key, renamed):
        yield from _merged_into(start) if start else ()


def _merged_into(key: str) -> Iterator[str]:
    """The key and those of the products that it was merged into, one after the other."""
    seen: list[str] = []
    at: str | None = key
    while at and at not in seen:
        seen.append(at)
        at = Product.objects.filter(key=at).values_list("merged_into__key", flat=True).first()
    yield from seen


def recorded(declarations: Iterable[int]) -> dict[Name, int]:
    """Evidence that the chain knows: declaration (primary key), report and suite, with the number of its record."""
    rows = Entry.objects.filter(kind=Kind.EVIDENCE, declaration__in=list(declarations))
    found = rows.values_list("declaration_id", "suite", "body", "number")
    return {(of, json.loads(bytes(body))["report"], suite): number for of, suite, body, number in found if of}


def load_rest(folder: Path, tally: Tally) -> None:
    """What belongs to the records, once evidence is there. Raises `SchnittstellenError` (F423, F427) and `Refused`."""
    if ledger_files.chain_path(folder) is None:
        return
    said = [(row, json.loads(bytes(row.body))) for row in Entry.objects.exclude(kind=Kind.EVIDENCE).order_by("number")]
    _contests(said, ledger_files.said(folder, "objections"))
    _cases(said, ledger_files.said(folder, "deviations"))
    _confirmations(said, ledger_files.said(folder, "confirmations"))
    tally["created"] += _certificates(folder) + _withdrawals(folder)
    owed = (ledger_files.said(folder, name) for name in (procedures.DUTIES, procedures.MOTIONS))
    tally["created"] += procedures.load(said, *owed)


Said = list[tuple[Entry, dict[str, Any]]]


def _contests(said: Said, more: Lines) -> None:
    decided = {it["objection"]: (row.on, it) for row, it in said if row.kind == Kind.OBJECTION_DECIDED}
    there = set(Contest.objects.values_list("key", flat=True))
    for row, it in said:
        if row.kind != Kind.OBJECTION or it["id"] in there:
            continue
        of = Evidence.objects.filter(declaration=row.declaration_id, report_sha256=it["evidence"]).first()
        if of is not None:
            on, end = decided.get(it["id"], (None, {}))
            Contest.objects.create(
                key=it["id"],
                evidence=of,
                finding=it["finding"],
                reason=more.get(it["id"], {}).get("reason", ""),
                raised_on=row.on,
                decided_on=on,
                upheld=end.get("upheld"),
                answer=end.get("reason", ""),
            )


def _cases(said: Said, more: Lines) -> None:
    closed = {it["deviation"]: row.on for row, it in said if row.kind == Kind.DEVIATION_CLOSED}
    there = set(Case.objects.values_list("key", flat=True))
    for row, it in said:
        if row.kind != Kind.DEVIATION or it["id"] in there or row.declaration_id is None:
            continue
        words = dict(more.get(it["id"], {}))
        place = words.pop("municipality", None) or it["municipality"]
        days = {"opened_on": row.on, "closed_on": closed.get(it["id"])}
        texts = {
            name: words[name] for name in ("summary", "detail", "named", "plan", "closing", "due") if name in words
        }
        of = Municipality.objects.filter(key=place).first()
        Case.objects.create(key=it["id"], declaration_id=row.declaration_id, municipality=of, **days, **texts)


def _confirmations(said: Said, more: Lines) -> None:
    """Confirmed again, a confirmation keeps its id, and the last day counts."""
    for row, it in said:
        if row.kind != Kind.CONFIRMATION or row.declaration_id is None:
            continue
        words = more.get(it["id"], {"municipality": it["municipality"], "named": True})
        place = Municipality.objects.filter(key=words["municipality"] or "-").first()
        if place is not None:
            values = {"key": it["id"], "named": words["named"], "on": row.on}
            Confirmed.objects.update_or_create(declaration_id=row.declaration_id, municipality=place, defaults=values)


def _certificates(folder: Path) -> int:
    """Documents that the board signed, each about a decision of the chain; what does not verify is not taken."""
    count, there = 0, set(SignedCertificate.objects.values_list("sha256", flat=True))
    for _path, document in ledger_files.documents(folder, ledger_files.CERTIFICATES):
        sha256 = peeked(document, CERTIFICATE).sha256
        if sha256 in there:
            continue
        trust = board_key.trust()
        one, _ = signed.read_certificate(document, trust)
        signed.verify_certificate(document, trust, one.issued)
        row = certificates.entry(one.serial)
        values = {"sha256": sha256, "issued": one.issued, "lapses_on": one.lapses_on}
        SignedCertificate.objects.create(decision=row, document=document, **values)
        count += 1
    return count


def _withdrawals(folder: Path) -> int:
    count, there = 0, set(SignedWithdrawals.objects.values_list("number", flat=True))
    for _path, document in ledger_files.documents(folder, ledger_files.WITHDRAWALS):
        said = peeked(document, WITHDRAWALS)
        issued = date.fromisoformat(said.value()["issued"])
        one = signed.read_withdrawals(document, board_key.trust(), issued)
        if one.number not in there:
            values = {"number": one.number, "issued": one.issued, "next_by": one.next_by}
            SignedWithdrawals.objects.create(document=document, sha256=said.sha256, **values)
            count += 1
    return count
