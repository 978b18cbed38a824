"""The list of everything withdrawn, signed by the board and published: what `schnittstellen verify` is given."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from securesystemslib.signer import Signer

from schnittstellen.attest import documents
from schnittstellen.attest.envelope import WITHDRAWALS, peeked
from schnittstellen.catalogue.models import Entry, Motion, SignedWithdrawals
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.certifying import board_key
from schnittstellen.catalogue.services.certifying.certificates import serial_of
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.trust import Why, Withdrawal, WithdrawalList
from schnittstellen.domain.voting import Subject
from schnittstellen.formats.attested import withdrawals_from

VALID_DAYS = 31
RENEW_AFTER = timedelta(days=7)
"""A list that the server signs is renewed when it is so old, or at once where something was withdrawn."""


def newest() -> SignedWithdrawals | None:
    """The list as it was signed last; None where none was."""
    return SignedWithdrawals.objects.order_by("-number").first()


def current(today: date) -> SignedWithdrawals | None:
    """The list to hand out: renewed first where the server has the key and it is due."""
    row = newest()
    try:
        signer = board_key.signer()
        if signer is not None and (row is None or today >= row.issued + RENEW_AFTER or missing(row)):
            return publish(signer, today)
    except SchnittstellenError:
        return row
    return row


def missing(row: SignedWithdrawals | None) -> bool:
    """Whether something was revoked that this list does not name."""
    named = {one.what for one in _read(row).withdrawn} if row else set()
    return any(one.what not in named for one in revoked())


def publish(signer: Signer, today: date, more: WithdrawalList | None = None) -> SignedWithdrawals:
    """Sign and keep the next list: what it named before, what was revoked since, and what `more` names.

    Raises `Refused` and `SchnittstellenError` (F427) where the signature would not be trusted.
    """
    with transaction.atomic():
        ledger.alone()
        row, trust = newest(), board_key.trust()
        old = _read(row) if row else None
        least = max(old.number if old else 0, more.number if more else 0)
        made = documents.withdraw(old, _new(old, more), trust.keys[0].owner, today, today + timedelta(VALID_DAYS))
        made = replace(made, number=least + 1)
        document = documents.sign_withdrawals(made, signer)
        documents.read_withdrawals(document, trust, today)
        sha256 = peeked(document, WITHDRAWALS).sha256
        values = {"number": made.number, "issued": made.issued, "next_by": made.next_by}
        return SignedWithdrawals.objects.create(document=document, sha256=sha256, **values)


def revoked() -> Iterator[Withdrawal]:
    """The certificates that the board revoked, from the chain of records."""
    found = [json.loads(bytes(row.body)) for row in Entry.objects.filter(kind=Entry.Kind.REVOCATION).order_by("number")]
    serials = _serials() if found else {}
    for one in found:
        serial = serial_of(serials[one["decision"]])
        cause = Why(one.get("why") or _proposed(serial))
        yield Withdrawal(serial, date.fromisoformat(one["on"]), cause, one["reason"])


def _proposed(serial: str) -> str:
    """Why, where the record of the chain does not tell: as it was proposed."""
    done = Motion.objects.filter(subject=Subject.REVOCATION.value, about=serial, state=Motion.State.DONE).first()
    return done.said["why"] if done else Why.CEASED


def _serials() -> dict[str, Entry]:
    rows = Entry.objects.filter(kind=Entry.Kind.DECISION)
    return {json.loads(bytes(row.body))["id"]: row for row in rows}


def _new(old: WithdrawalList | None, more: WithdrawalList | None) -> list[Withdrawal]:
    named = {one.what for one in old.withdrawn} if old else set()
    found = {one.what: one for one in (*revoked(), *(more.withdrawn if more else ())) if one.what not in named}
    return list(found.values())


def _read(row: SignedWithdrawals) -> WithdrawalList:
    return withdrawals_from(peeked(bytes(row.document), WITHDRAWALS).value())
