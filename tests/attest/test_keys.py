"""Keys: files that only their owner reads, passphrases, and what is no key."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from schnittstellen.attest import keys
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.trust import Purpose


def made(tmp_path: Path, passphrase: bytes | None = None) -> Path:
    private, _ = keys.create("muster", Purpose.ORGANISATION, date(2026, 1, 1))
    keys.write_private(tmp_path / "muster.key", private, passphrase)
    return tmp_path / "muster.key"


def fault(run: object) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        run()  # type: ignore[operator]
    return caught.value.fault.code


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    assert fault(lambda: keys.read_private(path)) == "K005"


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert stat.S_IMODE(made(tmp_path).stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    assert fault(lambda: made(tmp_path)) == "K001"
    assert path.read_bytes() == before


def test_a_passphrase_protects(tmp_path: Path) -> None:
    path = made(tmp_path, b"geheim")
    assert b"ENCRYPTED" in path.read_bytes()
    assert keys.read_private(path, lambda: b"geheim")
    assert fault(lambda: keys.read_private(path, lambda: b"falsch")) == "K004"
    assert fault(lambda: keys.read_private(path)) == "K004"


def test_a_passphrase_is_not_asked_in_vain(tmp_path: Path) -> None:
    def ask() -> bytes:
        raise AssertionError

    assert keys.read_private(made(tmp_path), ask)


def test_what_is_no_private_key(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("nichts")
    path.chmod(0o600)
    assert fault(lambda: keys.read_private(path)) == "K003"
    rsa = generate_private_key(65537, 2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(rsa.private_bytes(*form))
    assert fault(lambda: keys.read_private(path)) == "K003"
    assert fault(lambda: keys.read_private(tmp_path / "fehlt")) == "K002"
    assert fault(lambda: keys.read_private(tmp_path)) == "K002"


def test_a_public_key_is_the_one_of_its_id() -> None:
    _, one = keys.create("muster", Purpose.BOARD, date(2026, 1, 1))
    _, other = keys.create("muster", Purpose.BOARD, date(2026, 1, 1))
    assert keys.verifier(one).keyid == one.id
    swapped = type(one)(one.id, other.pem, one.owner, one.purpose, one.valid_from)
    assert fault(lambda: keys.verifier(swapped)) == "K006"
    assert fault(lambda: keys.public_of("nichts")) == "K006"
