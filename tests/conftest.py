"""What all tests share."""

import atexit
import os
import shutil
import signal
import tempfile

import pytest
from hypothesis import settings as examples

from schnittstellen.catalogue.start import set_up
from tests.homes import FOLDER

if FOLDER not in os.environ:
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="schnittstellen-homes-")
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
os.environ["SCHNITTSTELLEN_HOME"] = tempfile.mkdtemp(prefix="schnittstellen-tests-")
os.environ["SCHNITTSTELLEN_RATE_ADDRESS"] = os.environ["SCHNITTSTELLEN_RATE_TOKEN"] = "0"
os.environ["SCHNITTSTELLEN_RATE_TEST"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "schnittstellen.catalogue.settings"

examples.register_profile(
    "without timing", examples.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "default")), deadline=None
)
examples.load_profile("without timing")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Django is set up after its home is known, so that tests can import models; hashing a password is made cheap.

    Workers of xdist may share a home, since pytest-django reads the settings early; they must not share what counts
    attempts, or one clears it while another counts.

    A suite started in the background ignores SIGINT and hands that on; the programs under test must not.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    set_up()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES["default"]["LOCATION"] = tempfile.mkdtemp(prefix="schnittstellen-cache-")
