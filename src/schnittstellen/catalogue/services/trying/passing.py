"""Tests under way and what came of them, for some minutes under an address that nobody can guess.

All processes of a machine share a folder. `DIGEST.run` is locked while its test is carried out and says how many
messages are done; `DIGEST.end` is the outcome, enciphered with the key of its address, which is written nowhere.
`DIGEST.typed` is a message that was pasted, enciphered likewise, until there is a report.
"""

import fcntl
import json
import os
import secrets
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from schnittstellen.catalogue.services.trying.child import COLUMN
from schnittstellen.catalogue.services.trying.faults import BROKE, FAULTS, OVER
from schnittstellen.catalogue.services.trying.judging import Judged
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.report_json import read_report

MINUTES = 15
"""For which an outcome can be looked at, counted from the end of its test."""
BITS = 192
KINDS = ("end", "run", "new", "typed")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was pasted, and the suite that was chosen (empty: to be recognised)."""

    text: str
    suite: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A test that is not over: messages done so far, seconds since it began."""

    done: int
    seconds: int


def opened(folder: Path) -> tuple[str, int]:
    """The key of a new test, and its run file: open, locked, to be closed by whoever carries the test out."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(BITS // 8)
    file = os.open(_path(folder, key, "run"), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    os.pwrite(file, f"{int(time.time()):>{COLUMN}}{0:>{COLUMN}}".encode(), 0)
    return key, file


def ended(folder: Path, key: str, outcome: Judged | SchnittstellenError) -> None:
    """Keep what came of the test, so that only its key opens it; with a report, what was typed goes."""
    _keep(folder, key, "end", _written(outcome))
    if isinstance(outcome, Judged):
        _path(folder, key, "typed").unlink(missing_ok=True)


def remember(folder: Path, key: str, typed: Typed) -> None:
    """Keep what was typed until there is a report, so that nobody loses it by a failure of ours."""
    _keep(folder, key, "typed", json.dumps(asdict(typed)).encode())


def typed(folder: Path, key: str) -> Typed | None:
    """What was typed, where the test ended without a report. None where nothing is left or a file was sent."""
    try:
        kept = _cipher(key).decrypt(_path(folder, key, "typed").read_bytes(), ttl=MINUTES * 60)
    except (FileNotFoundError, InvalidToken):
        return None
    return Typed(**json.loads(kept))


def _keep(folder: Path, key: str, kind: str, content: bytes) -> None:
    made = _path(folder, key, "new")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_cipher(key).encrypt(content))
    made.replace(_path(folder, key, kind))


def found(folder: Path, key: str) -> UnderWay | Judged:
    """How the test stands. Raises `SchnittstellenError`: what came of it (F433-F435), or F485 where nothing is left."""
    tidy(folder)
    outcome = _read(folder, key)
    if outcome is None and (way := _under_way(_path(folder, key, "run"))) is not None:
        return way
    outcome = outcome or _read(folder, key)
    if outcome is None:
        raise SchnittstellenError(BROKE)
    return _told(outcome)


def there(folder: Path, key: str) -> bool:
    """Whether there is such a test, under way or over."""
    tidy(folder)
    return any(_path(folder, key, kind).exists() for kind in ("run", "end"))


def forget(folder: Path, key: str) -> None:
    """Delete all that there is of the test."""
    for kind in ("end", "run", "typed"):
        _path(folder, key, kind).unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Delete what is over for longer than `MINUTES`, also what a server left that died."""
    before = time.time() - MINUTES * 60
    for path in (one for kind in KINDS for one in folder.glob(f"*.{kind}")):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime <= before:
                path.unlink()


def _under_way(path: Path) -> UnderWay | None:
    """Raises `SchnittstellenError` (F485) where there is no such test; None where it is over."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        raise SchnittstellenError(OVER, minutes=str(MINUTES)) from None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _progress(file)
    finally:
        os.close(file)
    return None


def _progress(file: int) -> UnderWay:
    began, done = (int(one) for one in os.pread(file, 2 * COLUMN, 0).split())
    return UnderWay(done, max(0, int(time.time()) - began))


def _read(folder: Path, key: str) -> bytes | None:
    try:
        return _cipher(key).decrypt(_path(folder, key, "end").read_bytes(), ttl=MINUTES * 60)
    except FileNotFoundError:
        return None
    except InvalidToken:
        raise SchnittstellenError(OVER, minutes=str(MINUTES)) from None


def _written(outcome: Judged | SchnittstellenError) -> bytes:
    if isinstance(outcome, Judged):
        return outcome.document
    return json.dumps({"fault": outcome.fault.code, "parameters": outcome.parameters}).encode()


def _told(written: bytes) -> Judged:
    if not written.startswith(b'{"fault"'):
        return Judged(read_report(written.decode()), written)
    said = json.loads(written)
    raise SchnittstellenError(next(one for one in FAULTS if one.code == said["fault"]), **said["parameters"])


def _path(folder: Path, key: str, kind: str) -> Path:
    return folder / f"{sha256(key.encode()).hexdigest()}.{kind}"


def _cipher(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"outcome:" + key.encode()).digest()))
