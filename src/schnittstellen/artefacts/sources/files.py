"""What every source comes to: named files, held in memory, each with the tree of files that it lies in."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_FILE = 64 * 1024 * 1024
"""Largest single file of a standard, in bytes; what is larger is a message or a document, and is left out."""
MAX_TOTAL = 512 * 1024 * 1024
MAX_FILES = 20_000


@dataclass(eq=False, slots=True)
class Tree:
    """Files that know each other by relative paths.

    `name` labels them in the pinned layout, `label` says to people where they are from. `package` is set where they
    belong to an installed Python package: then they are pinned where they are, not copied.
    """

    name: str
    label: str
    files: Mapping[str, bytes] = field(repr=False)
    package: str | None = None
    package_version: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Public address of a file, where it was fetched from one."""
    left_out: tuple[str, ...] = ()
    """Paths that were too large to be files of a standard."""


@dataclass(frozen=True, slots=True)
class Source:
    """A part of a tree that was named as a source: all files below `prefix` ("" for the whole tree)."""

    tree: Tree
    prefix: str = ""

    def holds(self, path: str) -> bool:
        """Whether the source includes the file `path` of its tree."""
        return not self.prefix or path == self.prefix or path.startswith(self.prefix + "/")


def safe_path(path: str) -> str | None:
    """`path` in its normal form, or None where it would leave its folder or names a drive or a device."""
    plain = path.replace("\\", "/")
    if plain.startswith("/") or "\0" in plain or ":" in plain.split("/", 1)[0]:
        return None
    normal = posixpath.normpath(plain)
    return None if normal.startswith("..") or normal == "." else normal
