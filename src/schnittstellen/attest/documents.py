"""What the board signs, sealed and opened: certificates, test orders, lists of withdrawals."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from securesystemslib.signer import Signer

from schnittstellen.attest import envelope
from schnittstellen.attest.envelope import Content, Opened, opened, peeked, sealed
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.certificate import Certificate, exceeds
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import Order
from schnittstellen.domain.refusals import (
    ENDED,
    LIST_OLDER,
    LIST_OUTDATED,
    LIST_UNSURE,
    NOT_OF_SCHEMA,
    NOT_YET,
    OTHER_CERTIFICATE,
    WITHDRAWN,
    Refusal,
    Refused,
    refuse,
)
from schnittstellen.domain.trust import PublicKey, Purpose, Trust, Withdrawal, WithdrawalList, objections
from schnittstellen.formats import attested

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Verified:
    """A certificate that holds on `day`, the key that signed it, the digest of what was signed.

    `withdrawals` says whether a list of withdrawals was there to ask; without one, a withdrawal is not excluded.
    """

    certificate: Certificate
    key: PublicKey
    sha256: str
    day: date
    withdrawals: WithdrawalList | None


def sign_certificate(certificate: Certificate, signer: Signer) -> bytes:
    """The signed certificate. Raises `Refused` where it says more than was tested."""
    refuse([*exceeds(certificate)])
    return sealed(canonical(attested.certificate_written(certificate)), envelope.CERTIFICATE, signer)


def drafted_certificate(data: bytes) -> Certificate:
    """What a draft says that nobody has signed yet. Raises `Refused` where it is none."""
    try:
        return attested.certificate_from(attested.parsed(data))
    except attested.NotAttested as error:
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": str(error)})]) from None


def read_certificate(data: bytes, trust: Trust, file: str = "-") -> tuple[Certificate, Opened]:
    """A certificate that a key of `trust` signed, whether it holds or not. Raises `Refused`."""
    found = opened(data, envelope.CERTIFICATE, trust, file)
    return _made(found, attested.certificate_from), found


def verify_certificate(  # noqa: PLR0913
    data: bytes,
    trust: Trust,
    day: date,
    *,
    withdrawals: WithdrawalList | None = None,
    release: ReleaseName | None = None,
    file: str = "-",
) -> Verified:
    """Verify that a certificate holds on `day`, for `release` where one is named.

    Raises `Refused` with every reason: signature, key, time, withdrawal, and what it claims beyond its evidence.
    """
    trust = trust if withdrawals is None else trust.without(withdrawals.withdrawn)
    certificate, found = read_certificate(data, trust, file)
    refuse([*_of_board(found.key, trust, certificate.issued, day), *_against(certificate, trust, day, release)])
    return Verified(certificate, found.key, found.sha256, day, withdrawals)


def sign_order(order: Order, signer: Signer) -> bytes:
    """The signed test order."""
    return sealed(canonical(attested.order_written(order)), envelope.ORDER, signer)


def open_order(order: Order) -> bytes:
    """The test order in an envelope that nobody has signed: enough to run by it (see `unverified_order`)."""
    return envelope.unsealed(canonical(attested.order_written(order)), envelope.ORDER)


def read_order(data: bytes, trust: Trust, today: date, file: str = "-") -> Order:
    """A test order that the board signed. Whether it can be used is asked elsewhere. Raises `Refused`."""
    found = opened(data, envelope.ORDER, trust, file)
    order = _made(found, lambda value: attested.order_from(value, found.sha256))
    refuse([*_of_board(found.key, trust, order.issued, today)])
    return order


def unverified_order(data: bytes, file: str = "-") -> Order:
    """What an order says, whoever signed it: enough to run by it, never to believe it. Raises `Refused`."""
    found = peeked(data, envelope.ORDER, file)
    return _made(found, lambda value: attested.order_from(value, found.sha256))


def sign_withdrawals(one: WithdrawalList, signer: Signer) -> bytes:
    """The signed list of withdrawals."""
    return sealed(canonical(attested.withdrawals_written(one)), envelope.WITHDRAWALS, signer)


def read_withdrawals(data: bytes, trust: Trust, today: date, *, least: int = 0, file: str = "-") -> WithdrawalList:
    """A list of withdrawals that the board signed, not older than number `least`, and not outdated on day `today`.

    Raises `Refused`, always with exit status 3: without a list that can be trusted it is unknown what was withdrawn.
    """
    try:
        found = opened(data, envelope.WITHDRAWALS, trust, file)
        made = _made(found, attested.withdrawals_from)
        refuse([*_of_board(found.key, trust.without(made.withdrawn), made.issued, today)])
    except Refused as refused:
        reason = refused.refusals[0]
        raise Refused([Refusal(LIST_UNSURE, {"reason": reason.fault.code}), *refused.refusals]) from None
    refuse([*_stale(made, today, least)])
    return made


def withdraw(
    old: WithdrawalList | None, more: Iterable[Withdrawal], issuer: str, today: date, next_by: date
) -> WithdrawalList:
    """The next list, with none, one or several more: everything that was withdrawn before stays withdrawn."""
    before = () if old is None else old.withdrawn
    return WithdrawalList(issuer, 1 if old is None else old.number + 1, today, next_by, (*before, *more))


def _made(found: Content, make: Callable[[Any], _Made]) -> _Made:
    try:
        return make(found.value())
    except attested.NotAttested as error:
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": str(error)})]) from None


def _of_board(key: PublicKey, trust: Trust, signed: date, today: date) -> Iterator[Refusal]:
    return objections(key, trust, signed=signed, today=today, purpose=Purpose.BOARD, owner=None)


def _against(certificate: Certificate, trust: Trust, day: date, release: ReleaseName | None) -> Iterator[Refusal]:
    if release is not None and release != certificate.release:
        yield Refusal(OTHER_CERTIFICATE, {"found": str(certificate.release), "expected": str(release)})
    if day < certificate.issued:
        yield Refusal(NOT_YET, {"day": certificate.issued.isoformat()})
    if day >= certificate.lapses_on:
        yield Refusal(ENDED, {"day": certificate.last_day.isoformat()})
    withdrawn = trust.withdrawal(certificate.serial, day)
    if withdrawn is not None:
        parameters = {"serial": certificate.serial, "day": withdrawn.since.isoformat(), "why": withdrawn.text}
        yield Refusal(WITHDRAWN, parameters)
    yield from exceeds(certificate)


def _stale(one: WithdrawalList, today: date, least: int) -> Iterator[Refusal]:
    if one.number < least:
        yield Refusal(LIST_OLDER, {"found": str(one.number), "expected": str(least)})
    if today >= one.next_by:
        yield Refusal(LIST_OUTDATED, {"day": one.next_by.isoformat()})
