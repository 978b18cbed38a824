"""Standards and suites of this installation, read once and again where one of their files has changed."""

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library

_Marks = tuple[tuple[str, int, int], ...]
_kept: list[tuple[_Marks, Library]] = []
PATTERNS = ("standards/*/*/standard.toml", "conformance_suites/*/*/*/suite.toml")


def library() -> Library:
    """As it lies on the disk now."""
    marks = _marks()
    if not _kept or _kept[0][0] != marks:
        _kept[:] = [(marks, bootstrap.library())]
    return _kept[0][1]


def _marks() -> _Marks:
    files = (path for root in bootstrap.roots() for pattern in PATTERNS for path in root.glob(pattern))
    return tuple((str(path), (seen := path.stat()).st_mtime_ns, seen.st_size) for path in sorted(files))
