"""An installed Python package as a source (`package:NAME` or `package:NAME/FOLDER`): pinned in place, never copied."""

from importlib import metadata
from pathlib import Path

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.files import MAX_FILE, Source, Tree
from schnittstellen.domain.errors import SchnittstellenError

PREFIX = "package:"
_CODE = (".py", ".pyc", ".pyi", ".so", ".pyd")


def read_package(name: str) -> Source:
    """The data files of a distribution, by their paths inside the environment's library folder."""
    distribution, _, folder = name.removeprefix(PREFIX).partition("/")
    return Source(package_tree(distribution), folder.strip("/"))


def package_tree(distribution: str) -> Tree:
    """All data files of one distribution."""
    try:
        found = metadata.distribution(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        raise SchnittstellenError(faults.NO_PACKAGE, source=distribution) from None
    files = {
        path.as_posix(): _place(path).read_bytes()
        for path in sorted(found.files or ())
        if not path.name.endswith(_CODE) and ".." not in path.parts and _readable(path)
    }
    if not files:
        raise SchnittstellenError(faults.NO_PACKAGE, source=distribution)
    return Tree(distribution, f"{PREFIX}{distribution} {found.version}", files, distribution, found.version)


def _readable(path: metadata.PackagePath) -> bool:
    place = _place(path)
    return place.is_file() and place.stat().st_size <= MAX_FILE


def _place(path: metadata.PackagePath) -> Path:
    return Path(str(path.locate()))
