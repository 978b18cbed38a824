"""How often programmes may ask: so many times a minute for each token, and for each address without one.

All processes of a machine count together in files: one for each asker and minute, a byte longer with each request.
Appending is atomic, costs no query, and holds up no writer of the database. Several machines count for themselves.
The headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

WINDOW_SECONDS = 60
TOO_MANY = Fault(
    "F335",
    N_("Das waren zu viele Anfragen in kurzer Zeit (erlaubt sind {quota} in der Minute)."),
    N_("Warten Sie {seconds} Sekunden; der Header Retry-After nennt sie auch Programmen."),
    http=429,
)
FAULTS = (TOO_MANY,)
clock = time.time
"""Seconds since 1970; tests set it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`quota` requests in a window that ends in `seconds`, `left` of them (-1: one too many)."""

    policy: str
    quota: int
    left: int
    seconds: int


def spend_token(request: HttpRequest, digest: str) -> None:
    """Count a request of a valid token. Raises `SchnittstellenError` (F335)."""
    _spend(request, "token", settings.RATE_LIMITS["token"], digest)


def spend_address(request: HttpRequest) -> None:
    """Count a request without a valid token; IPv6 counts by network. Raises `SchnittstellenError` (F335)."""
    _spend(request, "address", settings.RATE_LIMITS["address"], _address(request))


def spend_test(request: HttpRequest) -> None:
    """Count a test on the page. Raises `SchnittstellenError` (F335)."""
    _spend(request, "test", settings.RATE_LIMITS["test"], _address(request))


def _address(request: HttpRequest) -> str:
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return "unknown"


def told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with what is left, where the request was counted."""
    budget: Budget | None = getattr(request, "budget", None)
    if budget is None:
        return response
    response["RateLimit-Policy"] = f'"{budget.policy}";q={budget.quota};w={WINDOW_SECONDS}'
    response["RateLimit"] = f'"{budget.policy}";r={max(budget.left, 0)};t={budget.seconds}'
    if budget.left < 0:
        response["Retry-After"] = str(budget.seconds)
    return response


def _spend(request: HttpRequest, policy: str, quota: int, asker: str) -> None:
    """A quota of 0 is none. A disk that cannot be written keeps nobody from reading."""
    if not quota:
        return
    now = clock()
    window = int(now // WINDOW_SECONDS)
    seconds = int((window + 1) * WINDOW_SECONDS - now) + 1
    name = sha256(f"{policy} {asker}".encode()).hexdigest()
    with suppress(OSError):
        left = quota - _count(Path(settings.RATE_LIMIT_FOLDER), window, name, quota)
        request.budget = Budget(policy, quota, left, seconds)  # type: ignore[attr-defined]
        if left < 0:
            raise SchnittstellenError(TOO_MANY, quota=str(quota), seconds=str(seconds))


def _count(folder: Path, window: int, name: str, quota: int) -> int:
    """How many requests it is with this one; beyond the quota the file stops growing."""
    here = folder / str(window)
    try:
        file = os.open(here / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except FileNotFoundError:
        _begin(folder, window)
        file = os.open(here / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(file).st_size <= quota:
            os.write(file, b".")
        return os.fstat(file).st_size
    finally:
        os.close(file)


def _begin(folder: Path, window: int) -> None:
    """A folder for the window; those before the last one are removed."""
    (folder / str(window)).mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name.isdecimal() and int(old.name) < window - 1:
            shutil.rmtree(old, ignore_errors=True)
