"""The key of the board, as the operator set it: public keys that everybody may verify with, perhaps a private one."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from securesystemslib.signer import Signer

from schnittstellen.attest import keys
from schnittstellen.attest.trusting import read_keys
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import PublicKey, Purpose, Trust

NO_BOARD_KEYS = Fault(
    "F427",
    N_("Die öffentlichen Schlüssel des Beirats sind nicht eingestellt oder nicht lesbar ({file})."),
    N_(
        "Setzen Sie SCHNITTSTELLEN_BOARD_KEYS auf die Datei, die `schnittstellen key create … --board` geschrieben hat."
    ),
    http=503,
)
FAULTS = (NO_BOARD_KEYS,)


def issuer() -> str:
    """Who issues certificates, as people know it."""
    return str(settings.BOARD)


def public() -> tuple[PublicKey, ...]:
    """The board's public keys; none where none is set. Raises `SchnittstellenError` (F427, reading keys)."""
    file = settings.BOARD_KEYS
    if not file:
        return ()
    try:
        return read_keys(Path(file).read_bytes(), file, Purpose.BOARD)
    except OSError:
        raise SchnittstellenError(NO_BOARD_KEYS, file=file) from None


def trust() -> Trust:
    """What is verified against. Raises `SchnittstellenError` (F427) where no key is set."""
    found = public()
    if not found:
        raise SchnittstellenError(NO_BOARD_KEYS, file="–")
    return Trust(found)


def private() -> Ed25519PrivateKey | None:
    """The key that the server signs with; None where the board signs elsewhere. Raises `SchnittstellenError`."""
    if not settings.BOARD_KEY:
        return None
    secret = settings.BOARD_PASSPHRASE
    return keys.read_private(Path(settings.BOARD_KEY), lambda: secret.encode() if secret else None)


def signer() -> Signer | None:
    """The same as what signs envelopes."""
    found = private()
    return None if found is None else keys.signer(found)
