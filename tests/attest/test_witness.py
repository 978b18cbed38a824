"""Independent witnesses: others than our code and its library verify what we sign."""

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from schnittstellen.attest import documents
from tests.attest import making
from tests.attest.making import BOARD, BOARD_KEY, OUR_KEY, certificate, good, signed


def pae(outer: dict[str, str]) -> bytes:
    """What DSSE signs, written down once more from its specification."""
    kind, payload = outer["payloadType"].encode(), base64.b64decode(outer["payload"])
    return b" ".join([b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload])


DOCUMENTS = {
    "report": (signed(good())[0], OUR_KEY.pem),
    "certificate": (documents.sign_certificate(certificate(), BOARD), BOARD_KEY.pem),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_four_lines_of_cryptography_verify(name: str) -> None:
    data, pem = DOCUMENTS[name]
    outer = json.loads(data)
    signature = base64.b64decode(outer["signatures"][0]["sig"])
    load_pem_public_key(pem.encode()).verify(signature, pae(outer))  # type: ignore[union-attr, call-arg]
    with pytest.raises(InvalidSignature):
        load_pem_public_key(pem.encode()).verify(signature, pae(outer) + b" ")  # type: ignore[union-attr, call-arg]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_verifies(tmp_path: Path) -> None:
    data, pem = DOCUMENTS["certificate"]
    outer = json.loads(data)
    (tmp_path / "key.pem").write_text(pem)
    (tmp_path / "sig").write_bytes(base64.b64decode(outer["signatures"][0]["sig"]))
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pem",
        "-rawin",
        "-in",
        "pae",
        "-sigfile",
        "sig",
    ]
    for text, status in ((pae(outer), 0), (pae(outer) + b" ", 1)):
        (tmp_path / "pae").write_bytes(text)
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == status


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_computes_the_id_of_a_key() -> None:
    command = ["openssl", "pkey", "-pubin", "-outform", "DER"]
    der = subprocess.run(command, input=OUR_KEY.pem.encode(), capture_output=True, check=True).stdout
    assert hashlib.sha256(der).hexdigest() == OUR_KEY.id


def test_our_signatures_are_the_same_on_repeat() -> None:
    assert signed(good()) == signed(good())
    assert (
        making.RELEASE.sha256
        == hashlib.sha256(b'{"product":"muster-ris","schema":"schnittstellen.release/1","version":"4.2"}').hexdigest()
    )
