"""A finding is told in words wherever it is contested, by its code and by its rule."""

import pytest

from schnittstellen.web.pages.told import meaning

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("finding", "title", "text", "address"),
    [
        ("X102", "Element fehlt", "Element", "/befunde/X102"),
        ("X201 XHS-A-01", "Regel", "Hund", "/befunde/XHS-A-01"),
        ("XHS-A-01", "", "Hund", "/befunde/XHS-A-01"),
        ("gibt es nicht", "", "", ""),
    ],
)
def test_a_finding_is_told_in_words(finding: str, title: str, text: str, address: str) -> None:
    known = meaning(finding)
    assert title in known.title
    assert bool(known.title) == bool(title)
    assert text in known.text
    assert bool(known.text) == bool(text)
    assert known.address == address
