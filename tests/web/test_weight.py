"""A first visit is light: pages and styles are compressed, and nothing is loaded that the page does not use."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from schnittstellen.catalogue.start import static_files

MOST = 60_000


@pytest.fixture
def collected(tmp_path: Path, settings: object) -> Path:
    settings.STATIC_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    static_files()
    return tmp_path


@pytest.mark.parametrize("address", ["/", "/suche?q=Hundesteuer", "/leistungen/99102013002000", "/kommunen/05999001"])
def test_a_first_visit_without_fonts(client: Client, world: None, collected: Path, address: str) -> None:
    page = client.get(address)
    loaded = re.findall(r'(?:href|src)="/static/([^"?]+)\?v=', page.text)
    assert "kern/kern.min.css" in loaded
    files = sum((collected / f"{one}.gz").stat().st_size for one in loaded if not one.endswith(".svg"))
    assert files + len(gzip.compress(page.content)) < MOST


def test_only_pages_that_use_it_load_a_script(client: Client, world: None) -> None:
    assert "<script" not in client.get("/programme/muster-hundesteuer").text
    assert "htmx-2.min.js" in client.get("/suche").text
