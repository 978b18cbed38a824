"""Writing a standard and its suite into a library folder: all or nothing, and never over something different."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.release import Draft
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.standards import FILE as STANDARD_FILE
from schnittstellen.formats.suites import FILE as SUITE_FILE
from schnittstellen.formats.write_standard import standard_text
from schnittstellen.formats.write_suite import suite_text


class Store:
    """A library folder, with `standards/` and `conformance_suites/` below it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def standard_folder(self, draft: Draft) -> Path:
        """Where the standard of a draft lies."""
        return self._root / "standards" / draft.standard.id / draft.standard.version

    def suite_folder(self, draft: Draft) -> Path | None:
        """Where its suite lies, if it has one."""
        if draft.suite is None:
            return None
        return self._root / "conformance_suites" / draft.suite.standard / draft.suite.version / draft.suite.role

    def is_same(self, draft: Draft) -> bool:
        """Whether exactly this standard is already there. Raises `SchnittstellenError` for a different one."""
        folder = self.standard_folder(draft)
        if not folder.exists():
            return False
        known = _content(folder)
        written = known.pop(STANDARD_FILE, b"")
        if known == draft.copies and _told(written) == _told(standard_text(draft.standard).encode()):
            return True
        raise SchnittstellenError(faults.DIFFERENT_CONTENT, name=draft.standard.name)

    def staged(self, draft: Draft) -> Path:
        """The standard in a temporary folder on the same disk, ready to be looked at and then taken over."""
        try:
            (self._root / "standards").mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".neu-", dir=self._root / "standards"))
            folder.chmod(0o755)
            _write(folder, {**draft.copies, STANDARD_FILE: standard_text(draft.standard).encode()})
        except OSError as error:
            raise self._failed(error) from None
        return folder

    def take_over(self, staged: Path, draft: Draft) -> None:
        """Move a staged standard to its place, instead of what is there."""
        folder = self.standard_folder(draft)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            if folder.exists():
                shutil.rmtree(folder)
            staged.rename(folder)
        except OSError as error:
            raise self._failed(error) from None

    def write_suite(self, draft: Draft, *, anew: bool) -> None:
        """Write the suite; one that is there stays as people made it, except where it is to be made `anew`."""
        folder = self.suite_folder(draft)
        if folder is None or draft.suite is None or ((folder / SUITE_FILE).exists() and not anew):
            return
        try:
            _write(folder, {SUITE_FILE: suite_text(draft.suite).encode()})
        except OSError as error:
            raise self._failed(error) from None

    def _failed(self, error: OSError) -> SchnittstellenError:
        return SchnittstellenError(faults.NOT_WRITTEN, folder=str(self._root), reason=error.strerror or "")


def _told(written: bytes) -> bytes:
    """A standard.toml without the line that says where it was taken from: the same content may come from two places."""
    return re.sub(rb'(?m)^source = "[^\n]*\n', b"", written)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
