"""A folder or a single file on this machine as a source."""

import os
from collections.abc import Iterator
from pathlib import Path

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.files import MAX_FILE, MAX_FILES, MAX_TOTAL, Tree
from schnittstellen.domain.errors import SchnittstellenError

_SKIPPED = {"node_modules", "__pycache__", "__MACOSX"}


def read_folder(folder: Path) -> Tree:
    """All files below `folder`; hidden folders and links that lead outside are passed over."""
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    total = 0
    for path in _walk(folder.resolve()):
        name = path.relative_to(folder.resolve()).as_posix()
        size = path.stat().st_size
        if size > MAX_FILE:
            left_out.append(name)
            continue
        total += size
        if total > MAX_TOTAL or len(files) >= MAX_FILES:
            limit = f"{MAX_FILES} Dateien, {MAX_TOTAL // 2**20} MiB"
            raise SchnittstellenError(faults.TOO_LARGE, source=str(folder), limit=limit)
        files[name] = path.read_bytes()
    return Tree(folder.resolve().name or "quelle", str(folder), files, left_out=tuple(left_out))


def read_single(file: Path) -> Tree:
    """One file as a tree of its own."""
    if file.stat().st_size > MAX_FILE:
        raise SchnittstellenError(faults.TOO_LARGE, source=str(file), limit=f"{MAX_FILE // 2**20} MiB")
    return Tree(file.stem, str(file), {file.name: file.read_bytes()})


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and one not in _SKIPPED)
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path
