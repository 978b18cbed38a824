"""A word has the same stem whoever asks for others at the same time."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from schnittstellen.catalogue.services.stems import stem

PARTS = ("Verwaltung", "Bürger", "Meldewesen", "Häuser", "Straßen", "Genehmigungen", "Kasse", "Ämter", "Anträge")
WORDS = [f"{one}{two.lower()}{end}" for one in PARTS for two in PARTS for end in ("", "s", "en", "ern", "lich", "keit")]


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads change at nearly every step."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_do_not_disturb_each_other(restless: None) -> None:
    alone = [stem(word) for word in WORDS]
    for _ in range(3):
        stem.cache_clear()
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(stem.__wrapped__, WORDS * 2))
        assert found == alone * 2
