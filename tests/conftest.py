"""What all tests share."""

import os
import signal
import tempfile

import pytest

os.environ["SCHNITTSTELLEN_HOME"] = tempfile.mkdtemp(prefix="schnittstellen-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "schnittstellen.catalogue.settings"


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """A suite started in the background ignores SIGINT and hands that on; the programs under test must not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
