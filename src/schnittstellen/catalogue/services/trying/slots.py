"""How many tests this machine carries out at once: each locks a file, and the system frees it with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schnittstellen.catalogue.services.trying.faults import BUSY
from schnittstellen.domain.errors import SchnittstellenError

AGAIN_SECONDS = 20


@contextmanager
def slot(folder: Path, most: int) -> Iterator[None]:
    """Hold one of `most` slots while the block runs. Raises `SchnittstellenError` (F431) where none is free."""
    folder.mkdir(parents=True, exist_ok=True)
    held = next((one for number in range(most) if (one := _locked(folder / f"slot-{number}")) is not None), None)
    if held is None:
        raise SchnittstellenError(BUSY, seconds=str(AGAIN_SECONDS))
    try:
        yield
    finally:
        os.close(held)


def _locked(path: Path) -> int | None:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    os.close(file)
    return None
