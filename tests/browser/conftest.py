"""One browser a worker; xdist keeps each module in one worker, so that its pages are visited once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import Run, chromium
from tests.web.conftest import loaded, nothing_kept, world

__all__ = ["loaded", "nothing_kept", "world"]


@pytest.fixture(scope="package")
def in_browser() -> Iterator[Run[Any]]:
    """Runs what it is given with the browser as argument."""
    with chromium() as run:
        yield run
