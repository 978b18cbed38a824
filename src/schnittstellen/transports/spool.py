"""Standard input can be read once only; a temporary file lets every check and every worker read it from the start."""

import shutil
import tempfile
import weakref
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.transports import file_codes
from schnittstellen.transports.reading import Signature, finding, open_file, reading
from schnittstellen.transports.sniff import HEAD

_CHUNK = 1024 * 1024


class Spool:
    """Opens the temporary file again and again; the file goes when nobody in this process holds the spool any more."""

    def __init__(self, path: str, name: str) -> None:
        self.path = path
        self.name = name
        self.signature = Signature.of(Path(path).stat())
        with Path(path).open("rb") as stream:
            self.head = stream.read(HEAD)
        weakref.finalize(self, shutil.rmtree, Path(path).parent, ignore_errors=True)

    def __call__(self) -> BufferedReader:
        return open_file(self.path, self.name, self.signature)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial, (open_file, self.path, self.name, self.signature)


def spooled(stream: IO[bytes], name: str, limit: int) -> Spool:
    """All of `stream` in a temporary file of at most `limit` bytes. Raises `CannotJudge`."""
    folder = tempfile.mkdtemp(prefix="schnittstellen-")
    path = Path(folder, "stdin")
    try:
        with reading(name), path.open("wb") as target:
            _copy(stream, target, name, limit)
        return Spool(str(path), name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy(stream: IO[bytes], target: IO[bytes], name: str, limit: int) -> None:
    size = 0
    while data := stream.read(_CHUNK):
        size += len(data)
        if size > limit:
            raise CannotJudge(finding(file_codes.TOO_LARGE, name, limit=str(limit)))
        target.write(data)
