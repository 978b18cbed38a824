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
    status: os.stat_result | None = None
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
            yield _file(*entry)


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


def _file(entry: os.DirEntry[str], name: str) -> Found:
    try:
        return Found(entry.path, name, entry.stat(follow_symlinks=False))
    except FileNotFoundError:
        return Found(entry.path, name, code=file_codes.VANISHED)
    except OSError as error:
        return Found(entry.path, name, error=refusal(shown(name), error))


def _link(path: str, root: str) -> Code:
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        return file_codes.LINK_OUT
    inside = target == root or target.startswith(root.rstrip(os.sep) + os.sep)
    walked = inside and not any(part.startswith(".") for part in Path(target[len(root) :]).parts)
    return file_codes.LINK_IN if walked else file_codes.LINK_OUT
