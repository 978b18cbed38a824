"""What the tricks need before a client waits for them."""

import pytest

from tests.evil_servers.scripts import pack_bombs


@pytest.fixture(scope="session", autouse=True)
def _packed() -> None:
    pack_bombs()
