"""The page on which a vendor keeps the keys for its signatures."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schnittstellen.attest import keys
from schnittstellen.catalogue.models import Change, Member, SigningKey
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.trust import Purpose
from schnittstellen.formats.attested import keys_written
from tests.catalogue import making

pytestmark = pytest.mark.django_db
PAGE = "/mein/hersteller/musterhaus/unterschriften"


def public(owner: str = "musterhaus") -> bytes:
    return canonical(keys_written((keys.create(owner, Purpose.ORGANISATION, date(2026, 6, 1))[1],)))


@pytest.fixture
def member(client: Client) -> Client:
    user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role="vendor", vendor=making.vendor())
    client.force_login(user)
    return client


def send(client: Client, data: bytes, **more: Any) -> Any:
    return client.post(PAGE, {"tun": "hinterlegen", "datei": SimpleUploadedFile("m.pub", data), **more})


def test_a_member_keeps_a_key_and_the_page_shows_it(member: Client) -> None:
    assert send(member, public()).status_code == 302
    row = SigningKey.objects.get()
    page = member.get(PAGE).content.decode()
    assert row.key_id[:16] in page
    assert "zählt" in page
    assert Change.objects.get(kind="vendors").by == "wer"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * 20_000, "größer als 16 kB"),
        (b"{}", "Schlüssel"),
        (public("musterwerk"), "nennt als Inhaber"),
    ],
)
def test_what_is_no_key_of_the_vendor_is_refused_on_the_page(member: Client, data: bytes, said: str) -> None:
    answer = send(member, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SigningKey.objects.exists()


def test_without_a_file_nothing_is_kept(member: Client) -> None:
    assert member.post(PAGE, {"tun": "hinterlegen"}).status_code == 422


def test_a_private_key_by_mistake_is_refused_and_not_shown(member: Client, tmp_path: Path) -> None:
    private, _ = keys.create("musterhaus", Purpose.ORGANISATION, date(2026, 6, 1))
    keys.write_private(tmp_path / "m.key", private)
    secret = (tmp_path / "m.key").read_bytes()
    answer = send(member, secret)
    assert answer.status_code == 422
    assert secret.splitlines()[1] not in answer.content


def test_the_end_of_a_key_is_asked_for_and_needs_a_reason(member: Client) -> None:
    send(member, public())
    row = SigningKey.objects.get()
    asked = member.post(PAGE, {"tun": "fragen", "schluessel": row.pk}).content.decode()
    assert "rückgängig" in asked
    assert member.post(PAGE, {"tun": "widerrufen", "schluessel": row.pk}).status_code == 422
    assert SigningKey.objects.get().withdrawn_since is None
    member.post(PAGE, {"tun": "widerrufen", "schluessel": row.pk, "why": "superseded", "text": "neu"})
    row = SigningKey.objects.get()
    assert (row.withdrawn_why, row.withdrawn_text, row.withdrawn_since) == ("superseded", "neu", date.today())
    assert "widerrufen" in member.get(PAGE).content.decode()


def test_the_key_of_another_vendor_cannot_be_ended_here(member: Client) -> None:
    of = making.vendor("musterwerk")
    other = SigningKey.objects.create(key_id="0" * 64, pem="-", vendor=of, valid_from=date(2026, 6, 1))
    sent = {"tun": "widerrufen", "schluessel": other.pk, "why": "compromised"}
    assert member.post(PAGE, sent).status_code == 302
    assert SigningKey.objects.get(pk=other.pk).withdrawn_since is None
