"""Whose signature counts on which day: keys with an owner, a purpose and a time, and what was withdrawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schnittstellen.domain.refusals import (
    KEY_EXPIRED,
    KEY_NOT_YET,
    KEY_WITHDRAWN,
    OTHER_OWNER,
    OTHER_PURPOSE,
    Refusal,
)


class Purpose(StrEnum):
    """What a key may sign: an organisation its runs, the board its orders, certificates and withdrawals."""

    ORGANISATION = "organisation"
    BOARD = "board"


class Why(StrEnum):
    """Why something was withdrawn. Only a compromised key also loses what it signed before."""

    COMPROMISED = "compromised"
    SUPERSEDED = "superseded"
    CEASED = "ceased"
    ERROR = "error"
    RULES_BROKEN = "rules_broken"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signatures are verified with.

    `id` is the SHA-256 of its SubjectPublicKeyInfo (DER), `pem` that structure as PEM. `lapses_on` is the first day
    on which it may sign no longer. `proof` is a signature of the private half over all of that (hexadecimal), as in a
    certification request (RFC 2986); it proves possession, and is empty where nobody gave one.
    """

    id: str
    pem: str
    owner: str
    purpose: Purpose
    valid_from: date
    lapses_on: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A key (by its id) or a certificate (by its serial) that does not count from a day on."""

    what: str
    since: date
    why: Why
    text: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalList:
    """Everything that was withdrawn so far. `number` counts the lists; from `next_by` on, a newer one must be had."""

    issuer: str
    number: int
    issued: date
    next_by: date
    withdrawn: tuple[Withdrawal, ...] = ()


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that one trusts, and what was withdrawn."""

    keys: tuple[PublicKey, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    _by_id: dict[str, PublicKey] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {key.id: key for key in self.keys})

    def key(self, id: str) -> PublicKey | None:
        """The key of that id, also where it has expired or was withdrawn."""
        return self._by_id.get(id)

    def without(self, withdrawn: Iterable[Withdrawal]) -> "Trust":
        """The same with more that was withdrawn."""
        return Trust(self.keys, (*self.withdrawn, *withdrawn))

    def withdrawal(self, what: str, day: date) -> Withdrawal | None:
        """How `what` was withdrawn, where that holds on `day`."""
        return next((one for one in self.withdrawn if one.what == what and one.since <= day), None)


def objections(  # noqa: PLR0913
    key: PublicKey, trust: Trust, *, signed: date, today: date, purpose: Purpose, owner: str | None
) -> Iterator[Refusal]:
    """Why a signature of `key` does not count that was given on day `signed` and is verified on day `today`.

    What a key signed in its time goes on to count when it has expired or was replaced. A compromised key counts for
    nothing, since whoever has it can name any day. `owner` None stands for any.
    """
    if key.purpose is not purpose:
        yield Refusal(OTHER_PURPOSE, {"key": short(key.id), "owner": key.owner})
    if owner is not None and key.owner != owner:
        yield Refusal(OTHER_OWNER, {"key": short(key.id), "owner": key.owner, "expected": owner})
    if signed < key.valid_from:
        yield Refusal(KEY_NOT_YET, {"key": short(key.id), "day": key.valid_from.isoformat()})
    if key.lapses_on is not None and signed >= key.lapses_on:
        yield Refusal(KEY_EXPIRED, {"key": short(key.id), "day": key.lapses_on.isoformat()})
    for one in trust.withdrawn:
        if one.what == key.id and _reaches(one, signed, today):
            yield Refusal(KEY_WITHDRAWN, {"key": short(key.id), "day": one.since.isoformat(), "why": one.text})
            return


def _reaches(one: Withdrawal, signed: date, today: date) -> bool:
    return one.since <= today if one.why is Why.COMPROMISED else one.since <= signed


def short(id: str) -> str:
    """The beginning of a digest, for people."""
    return id[:16]
