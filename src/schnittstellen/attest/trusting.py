"""Files that say whom one trusts: our lists of keys, or plain PEM."""

from datetime import date

from schnittstellen.attest import faults
from schnittstellen.attest.keys import described, public_of, verifier
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import PublicKey, Purpose
from schnittstellen.formats.attested import NotAttested, keys_from, parsed

_PEM = b"-----BEGIN PUBLIC KEY-----"
NO_LIST = N_("keine Schlüsselliste und kein PEM")
EMPTY = N_("die Liste ist leer")


def read_keys(data: bytes, file: str, purpose: Purpose) -> tuple[PublicKey, ...]:
    """The keys of a list, each proven to be the one of its id. Raises `SchnittstellenError`.

    A key in plain PEM says nothing of owner and time: it is taken for `purpose`, without limits.
    """
    if data.lstrip().startswith(_PEM):
        public = public_of(data.decode("ascii", "replace"))
        return (described(public, file, purpose, date.min),)
    try:
        keys = keys_from(parsed(data))
    except NotAttested:
        raise SchnittstellenError(faults.NO_TRUST, file=file, reason=NO_LIST) from None
    if not keys:
        raise SchnittstellenError(faults.NO_TRUST, file=file, reason=EMPTY)
    for key in keys:
        verifier(key)
    return keys
