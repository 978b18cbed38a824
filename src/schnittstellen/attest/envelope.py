"""DSSE envelopes (Dead Simple Signing Envelope 1.0): what is signed are the very bytes of a payload and its type."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import Signature, Signer, SSlibKey

from schnittstellen.attest.keys import verifier
from schnittstellen.domain.refusals import (
    CHANGED,
    KEY_UNKNOWN,
    NOT_AN_ENVELOPE,
    NOT_OF_SCHEMA,
    OTHER_TYPE,
    STRIPPED,
    Refusal,
    Refused,
)
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import PublicKey, Trust, short
from schnittstellen.formats.attested import NotAttested, parsed

STATEMENT = "application/vnd.in-toto+json"
CERTIFICATE = "application/vnd.schnittstellen.certificate+json"
ORDER = "application/vnd.schnittstellen.order+json"
WITHDRAWALS = "application/vnd.schnittstellen.withdrawals+json"
MOST_BYTES = 16 * 1024 * 1024
MOST_SIGNATURES = 16

NOT_DSSE = N_("kein DSSE-Umschlag")
TOO_LARGE = N_("zu groß")
_verifier = lru_cache(256)(verifier)


@dataclass(frozen=True, slots=True)
class Content:
    """The payload of an envelope and its digest."""

    payload: bytes
    sha256: str

    def value(self) -> Any:
        """The payload as JSON. Raises `Refused`."""
        try:
            return parsed(self.payload)
        except NotAttested as error:
            raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": str(error)})]) from None


@dataclass(frozen=True, slots=True)
class Opened(Content):
    """The payload of an envelope whose signature holds, and the key that holds it."""

    key: PublicKey


def sealed(payload: bytes, payload_type: str, signer: Signer) -> bytes:
    """An envelope as JSON with one signature."""
    envelope = Envelope(payload, payload_type, {})
    envelope.sign(signer)
    return json.dumps(envelope.to_dict(), indent=1).encode("ascii") + b"\n"


def unsealed(payload: bytes, payload_type: str) -> bytes:
    """An envelope without a signature, which `peeked` reads and `opened` refuses."""
    return json.dumps(Envelope(payload, payload_type, {}).to_dict(), indent=1).encode("ascii") + b"\n"


def opened(data: bytes, payload_type: str, trust: Trust, file: str = "-") -> Opened:
    """Open an envelope that a key of `trust` signed, whatever its time, owner and purpose.

    Every signature by a known key must hold: who adds a false one beside a good one has touched the envelope.
    Raises `Refused`: no envelope, another type, no signature, none by a known key, or not of these bytes.
    """
    envelope = _of_type(data, payload_type, file)
    if not envelope.signatures:
        raise Refused([Refusal(STRIPPED)])
    key = _signed_by(envelope, trust)
    return Opened(envelope.payload, hashlib.sha256(envelope.payload).hexdigest(), key)


def peeked(data: bytes, payload_type: str, file: str = "-") -> Content:
    """What an envelope holds, whoever signed it, if anybody did. Raises `Refused`: no envelope, or another type."""
    payload = _of_type(data, payload_type, file).payload
    return Content(payload, hashlib.sha256(payload).hexdigest())


def _of_type(data: bytes, payload_type: str, file: str) -> Envelope:
    envelope = _envelope(data, file)
    if envelope.payload_type != payload_type:
        raise Refused([Refusal(OTHER_TYPE, {"expected": payload_type, "found": envelope.payload_type[:100]})])
    return envelope


def _envelope(data: bytes, file: str) -> Envelope:
    if len(data) > MOST_BYTES:
        raise Refused([Refusal(NOT_AN_ENVELOPE, {"file": file, "reason": TOO_LARGE})])
    try:
        written = parsed(data)
        if len(written["signatures"]) > MOST_SIGNATURES or not isinstance(written["payloadType"], str):
            raise ValueError
        return Envelope.from_dict(written)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused([Refusal(NOT_AN_ENVELOPE, {"file": file, "reason": NOT_DSSE})]) from None


def _signed_by(envelope: Envelope, trust: Trust) -> PublicKey:
    signatures = [*envelope.signatures.values()]
    known = [(one, key) for one in signatures if (key := trust.key(one.keyid)) is not None]
    if not known:
        raise Refused([Refusal(KEY_UNKNOWN, {"key": short(signatures[0].keyid)})])
    bytes_signed = envelope.pae()
    if not all(_holds(_verifier(key), signature, bytes_signed) for signature, key in known):
        raise Refused([Refusal(CHANGED)])
    return known[0][1]


def _holds(key: SSlibKey, signature: Signature, data: bytes) -> bool:
    try:
        key.verify_signature(signature, data)
    except (UnverifiedSignatureError, VerificationError):
        return False
    return True
