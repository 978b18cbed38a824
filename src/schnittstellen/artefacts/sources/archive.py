"""A ZIP archive as a source: nothing is written to disk, nothing outside its limits is unpacked."""

import zipfile
from io import BytesIO

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.files import MAX_FILE, MAX_FILES, MAX_TOTAL, Tree, safe_path
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_

MAX_RATIO = 200
RATIO_FROM = 1024 * 1024
"""Entries below this size in bytes may be compressed as much as they like."""

UNREADABLE = N_("es ist kein lesbares ZIP-Archiv")
TOO_MANY = N_("es enthält zu viele Einträge")
LEAVES = N_("ein Eintrag will außerhalb des Archivs liegen")
BOMB = N_("ein Eintrag ist verdächtig stark gepackt")
ENCRYPTED = N_("es ist verschlüsselt")
TWICE = N_("ein Eintrag kommt zweimal vor")


def is_zip(data: bytes) -> bool:
    """Whether `data` begins as ZIP archives do."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_zip(data: bytes, name: str, label: str) -> Tree:
    """The files of an archive. Raises `SchnittstellenError` for an archive that is broken or breaks a limit."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files, left_out = _unpacked(archive, label)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise _refused(label, UNREADABLE, type(error).__name__) from None
    return Tree(name, label, files, left_out=left_out)


def _unpacked(archive: zipfile.ZipFile, label: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise _refused(label, TOO_MANY)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise SchnittstellenError(faults.TOO_LARGE, source=label, limit=f"{MAX_TOTAL // 2**20} MiB")
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    for entry in entries:
        path = _checked(entry, label)
        if path.startswith("__MACOSX/"):
            continue
        if path in files:
            raise _refused(label, TWICE, path)
        if entry.file_size > MAX_FILE:
            left_out.append(path)
            continue
        files[path] = _content(archive, entry, label)
    return files, tuple(left_out)


def _checked(entry: zipfile.ZipInfo, label: str) -> str:
    path = safe_path(entry.filename)
    if path is None or (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise _refused(label, LEAVES, entry.filename)
    if entry.flag_bits & 1:
        raise _refused(label, ENCRYPTED, entry.filename)
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise _refused(label, BOMB, entry.filename)
    return path


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str) -> bytes:
    """The bytes of an entry; never more than its header promises."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise _refused(label, BOMB, entry.filename)
    return data


def _refused(label: str, reason: str, *details: str) -> SchnittstellenError:
    return SchnittstellenError(faults.UNSAFE_ARCHIVE, *details, source=label, reason=reason)
