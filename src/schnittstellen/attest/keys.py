"""Key pairs (Ed25519): made here, kept in a file that only its owner can read, never shown."""

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import CryptoSigner, Signature, SSlibKey

from schnittstellen.attest import faults
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.trust import PublicKey, Purpose
from schnittstellen.formats.attested import keys_written

KEY = "application/vnd.schnittstellen.key+json"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def create(
    owner: str, purpose: Purpose, valid_from: date, lapses_on: date | None = None
) -> tuple[Ed25519PrivateKey, PublicKey]:
    """A new key pair; the public half with its owner, purpose and time, and proof of that."""
    private = Ed25519PrivateKey.generate()
    return private, proven(private, described(private.public_key(), owner, purpose, valid_from, lapses_on))


def described(
    public: Ed25519PublicKey, owner: str, purpose: Purpose, valid_from: date, lapses_on: date | None = None
) -> PublicKey:
    """A public key with what is said of it."""
    return PublicKey(key_id(public), pem(public), owner, purpose, valid_from, lapses_on)


def proven(private: Ed25519PrivateKey, key: PublicKey) -> PublicKey:
    """The public half of `private` with a proof that its owner has both.

    As in a certification request (RFC 2986), the private half signs what is said of the key. The owner is part of
    that, so that a proof which was seen somewhere registers the key for nobody else.
    """
    return replace(key, proof=signer(private).sign(_said(key)).signature)


def proves(key: PublicKey) -> bool:
    """Whether the proof was made with the private half, for this very owner, purpose and time."""
    try:
        verifier(key).verify_signature(Signature(key.id, key.proof), _said(key))
    except (UnverifiedSignatureError, VerificationError, ValueError):
        return False
    return True


def key_id(public: Ed25519PublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, as `openssl pkey -pubin -outform DER | sha256sum` computes it."""
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def pem(public: Ed25519PublicKey) -> str:
    """SubjectPublicKeyInfo as PEM."""
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.PEM, kind).decode("ascii")


def public_of(text: str) -> Ed25519PublicKey:
    """The public key of a PEM text. Raises `SchnittstellenError` where it is none of ours."""
    try:
        found = serialization.load_pem_public_key(text.encode("ascii"))
    except ValueError:
        raise SchnittstellenError(faults.NO_PUBLIC_KEY) from None
    if not isinstance(found, Ed25519PublicKey):
        raise SchnittstellenError(faults.NO_PUBLIC_KEY)
    return found


def write_private(path: Path, private: Ed25519PrivateKey, passphrase: bytes | None = None) -> None:
    """Write a new file (PKCS#8, PEM) with mode 0600. Raises `SchnittstellenError` where it exists or cannot be."""
    protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        protection = serialization.BestAvailableEncryption(passphrase)
    text = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SchnittstellenError(faults.KEY_NOT_WRITTEN, file=str(path), reason=_reason(error)) from None
    with os.fdopen(handle, "wb") as stream:
        stream.write(text)


def read_private(path: Path, passphrase: Callable[[], bytes | None] = lambda: None) -> Ed25519PrivateKey:
    """The private key in `path`; `passphrase` is asked only where it is encrypted.

    Raises `SchnittstellenError` where the file can be read by others, is no such key, or the passphrase is wrong.
    """
    data = _guarded(path)
    secret = passphrase() if b"ENCRYPTED" in data[:200] else None
    try:
        found = serialization.load_pem_private_key(data, secret or None)
    except TypeError:
        raise SchnittstellenError(faults.WRONG_PASSPHRASE, file=str(path)) from None
    except ValueError:
        fault = faults.WRONG_PASSPHRASE if secret else faults.NO_PRIVATE_KEY
        raise SchnittstellenError(fault, file=str(path)) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise SchnittstellenError(faults.NO_PRIVATE_KEY, file=str(path))
    return found


def signer(private: Ed25519PrivateKey) -> CryptoSigner:
    """What signs envelopes; signers of PKCS#11, Vault or a cloud's KMS (securesystemslib) may take its place."""
    public = private.public_key()
    return CryptoSigner(private, SSlibKey.from_crypto(public, keyid=key_id(public)))


def verifier(key: PublicKey) -> SSlibKey:
    """What verifies signatures of `key`. Raises `SchnittstellenError` where its PEM is not the key of its id."""
    public = public_of(key.pem)
    if key_id(public) != key.id:
        raise SchnittstellenError(faults.NO_PUBLIC_KEY)
    return SSlibKey.from_crypto(public, keyid=key.id)


def _said(key: PublicKey) -> bytes:
    payload = canonical(keys_written((replace(key, proof=""),)))
    return Envelope(payload, KEY, {}).pae()


def _guarded(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & _OTHERS:
                raise SchnittstellenError(faults.KEY_OPEN, file=str(path))
            return stream.read(1 << 16)
    except OSError as error:
        raise SchnittstellenError(faults.KEY_NOT_READ, file=str(path), reason=_reason(error)) from None


def _reason(error: OSError) -> str:
    with suppress(KeyError):
        return faults.REASONS[error.errno or 0]
    return error.strerror or type(error).__name__
