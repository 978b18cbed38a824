"""Walking a folder: sorted, without hidden files, without leaving it, and without losing what cannot be read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schnittstellen.domain.finding import Code, Finding
from schnittstellen.transports import file_codes
from schnittstellen.transports.reading import refusal, shown


@dataclass(frozen=True, slots=True)
class Found:
    """A file below a folder; `name` is relative to it with `/`. `code` or `error` says why it cannot be read."""

    path: str
    name: str
    code: Code | None = None
    error: Finding | None = None


def walk(folder: str) -> Iterator[Found]:
    """Every file below `folder`, sorted by name at each level; links and unreadable folders are named, not entered."""
    root = os.path.realpath(folder)
    waiting = [_entries(folder, "")]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Found):
            yield entry
        elif entry[0].is_symlink():
            yield Found(entry[0].path, entry[1], code=_link(entry[0].path, root))
        elif entry[0].is_dir(follow_symlinks=False):
            waiting.append(_entries(entry[0].path, entry[1] + "/"))
        else:
            yield Found(entry[0].path, entry[1])


def _entries(folder: str, prefix: str) -> Iterator[tuple[os.DirEntry[str], str] | Found]:
    try:
        with os.scandir(folder) as found:
            entries = sorted((one for one in found if not one.name.startswith(".")), key=lambda one: one.name)
    except OSError as error:
        name = prefix.rstrip("/") or Path(folder).name
        yield Found(folder, name, error=refusal(shown(name), error))
        return
    for one in entries:
        yield one, prefix + one.name


def _link(path: str, root: str) -> Code:
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        return file_codes.LINK_OUT
    inside = target == root or target.startswith(root.rstrip(os.sep) + os.sep)
    return file_codes.LINK_IN if inside else file_codes.LINK_OUT
