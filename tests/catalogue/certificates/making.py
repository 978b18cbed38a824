"""A decided release with evidence, and keys of a board that the settings know."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from schnittstellen.attest import keys
from schnittstellen.catalogue.models import Declaration
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.facts import Decision
from schnittstellen.domain.trust import Purpose
from schnittstellen.formats.attested import keys_written
from tests.catalogue.making import declare, prove, standard

TODAY = date.today()
PRIVATE, PUBLIC = keys.create("muster-beirat", Purpose.BOARD, TODAY - timedelta(400))
_NUMBERS = count(1)
SIGNER = keys.signer(PRIVATE)


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


def declared(release: str = "musterneu@1.0") -> Declaration:
    from schnittstellen.catalogue.models import Standard

    if not Standard.objects.filter(key="xmuster").exists():
        standard("xmuster@1.0", {"a": (["anfrage", "antwort"], [])}, title="XMuster 1.0")
    return declare(release, "xmuster@1.0", "a")


def decided(of: Declaration | None = None, on: int = 0, **more: Any) -> str:
    """The number of the certificate of a new decision that rests on a new run."""
    about = of or declared()
    ran = prove(about, messages=["anfrage"], days_ago=3)
    values = {"votes": 3, "evidence": frozenset({ran.report_sha256}), "lapses_on": day(300), **more}
    row = recording.decide(about, Decision(f"d{next(_NUMBERS)}", day(on), **{"granted": True, **values}))
    return certificates.serial_of(row)


@contextmanager
def board(folder: Path, *, server_signs: bool = False, private: Ed25519PrivateKey = PRIVATE) -> Iterator[Path]:
    """The board's public key is set, and the private one as well where the server signs; yields the public file."""
    public, secret = folder / "board.pub", folder / "board.key"
    public.write_bytes(canonical(keys_written((PUBLIC,))))
    if not secret.exists():
        keys.write_private(secret, private)
    key = str(secret) if server_signs else ""
    with override_settings(BOARD_KEYS=str(public), BOARD_KEY=key, ADDRESS="https://katalog.stadt.example"):
        yield public
