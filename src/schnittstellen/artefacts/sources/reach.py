"""A single file on this machine with all files that it leads to by relative references."""

import os
import re
from pathlib import Path

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.files import MAX_FILE, MAX_FILES, Source, Tree
from schnittstellen.domain.errors import SchnittstellenError

_REFERENCE = re.compile(
    rb"""(?:schemaLocation|href)\s*=\s*["']([^"'#]+)|<(?:\w+:)?location>\s*([^<]+?)\s*<|["']?\$ref["']?\s*:\s*["']?([^"'#\s}]+)"""
    rb"""|document\(\s*["']([^"'#]+)"""
)


def read_file(file: Path) -> Source:
    """`file` as a source that holds only itself, in a tree with everything that it leads to."""
    found: dict[Path, bytes] = {}
    waiting = [file.resolve()]
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file() or path.stat().st_size > MAX_FILE:
            continue
        if len(found) >= MAX_FILES:
            raise SchnittstellenError(faults.TOO_LARGE, source=str(file), limit=f"{MAX_FILES} Dateien")
        found[path] = path.read_bytes()
        waiting += [place for text in _references(found[path]) if (place := _place(path, text))]
    if not found:
        raise SchnittstellenError(faults.TOO_LARGE, source=str(file), limit=f"{MAX_FILE // 2**20} MiB")
    root = Path(os.path.commonpath([path.parent for path in found]))
    files = {path.relative_to(root).as_posix(): data for path, data in sorted(found.items())}
    return Source(Tree(root.name or "quelle", str(file), files), file.resolve().relative_to(root).as_posix())


def _references(data: bytes) -> set[str]:
    found = {part for groups in _REFERENCE.findall(data) for part in groups if part}
    return {word for part in found for word in part.decode("utf-8", "replace").split()}


def _place(referrer: Path, text: str) -> Path | None:
    if "://" in text or text.startswith(("urn:", "/")) or "\0" in text:
        return None
    try:
        return (referrer.parent / text).resolve()
    except (OSError, ValueError):
        return None
