"""The messages of an archive as bytes, for handing them on: those that are wanted, within limits, by their digests."""

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import is_zipfile

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.ports import Payload
from schnittstellen.transports.archives import Archive
from schnittstellen.transports.limits import Limits
from schnittstellen.transports.reading import Signature


def is_archive(path: Path) -> bool:
    """Whether it is a ZIP."""
    return is_zipfile(path)


def unpacked(path: Path, name: str, wanted: Collection[str], most_bytes: int) -> Iterator[tuple[str, bytes | None]]:
    """The members of the ZIP at `path`, which reports call `name`, whose SHA-256 is in `wanted`; None for each other.

    Members are read as when they are tested. A member of more than `most_bytes`, and one that cannot be read, is
    another.
    """
    archive = Archive(str(path), name, Signature.of(path.stat()))
    for one in archive.members(f"{name}/", Limits(max_file_bytes=most_bytes)):
        data = _content(one) if isinstance(one, Payload) else None
        yield one.name, data if data is not None and sha256(data).hexdigest() in wanted else None


def _content(one: Payload) -> bytes | None:
    try:
        with one.open() as stream:
            return stream.read()
    except CannotJudge:
        return None
