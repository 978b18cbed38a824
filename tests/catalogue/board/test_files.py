"""Names of attached files, as services see them."""

import pytest

from schnittstellen.catalogue.services.files import Attachment, kind_of, name_of
from schnittstellen.domain.errors import SchnittstellenError


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("bericht.pdf", "bericht.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_has_no_folders_and_no_control_characters(name: str, kept: str) -> None:
    assert name_of(Attachment(name, b"")) == kept
    assert kind_of(Attachment(name, b"%PDF-1.7")) == "application/pdf"


@pytest.mark.parametrize("name", ["a.pdf/b", "a.html", "a.svg", "a.pdf\x00.html", "", ".pdf", "a.pdf."])
def test_only_the_end_of_the_name_counts(name: str) -> None:
    with pytest.raises(SchnittstellenError) as caught:
        kind_of(Attachment(name, b"%PDF-1.7"))
    assert caught.value.fault.code == "F403"
