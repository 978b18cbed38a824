"""One browser and one server for all tests of the folder, in one worker of xdist (group `browser`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Run, chromium
from tests.web.conftest import loaded, nothing_kept, world

__all__ = ["loaded", "nothing_kept", "world"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens a browser stays together."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def in_browser() -> Iterator[Run[Any]]:
    """Runs what it is given with the browser as argument."""
    with chromium() as run:
        yield run
