"""Files that people attach: few kinds, known by their end and their beginning, kept private and never rendered."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 200
BEGINS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "zip": (b"PK\x03\x04", "application/zip"),
    "txt": (b"", "text/plain"),
    "xml": (b"", "application/xml"),
    "json": (b"", "application/json"),
}
"""What may be attached, by the end of its name: how it begins, and its type."""
BAD_ATTACHMENT = Fault(
    "F403",
    N_("Die Anlage {name} können wir nicht annehmen."),
    N_("Möglich sind PDF, PNG, JPG, TXT, XML, JSON und ZIP bis {most} MB, mit Inhalt und der passenden Endung."),
    http=422,
)
FAULTS = (BAD_ATTACHMENT,)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was sent."""

    name: str
    data: bytes


def kind_of(file: Attachment) -> str:
    """The type of a file, by its end and its beginning. Raises `SchnittstellenError` (F403)."""
    begins, kind = BEGINS.get(end_of(file.name), (b"", ""))
    if not kind or not file.data or len(file.data) > MOST_BYTES or not file.data.startswith(begins):
        raise SchnittstellenError(BAD_ATTACHMENT, name=name_of(file), most=str(MOST_BYTES // 1024**2))
    return kind


def name_of(file: Attachment) -> str:
    """Its name without folders and without what cannot be printed."""
    plain = "".join(letter for letter in file.name.replace("\\", "/") if letter.isprintable())
    return PurePosixPath(plain).name[-LONGEST_NAME:]


def end_of(name: str) -> str:
    """How the name ends, in small letters, without the dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")
