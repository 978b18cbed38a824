"""Where the files of a standard come from: folder, file, ZIP archive, https address, XRepository, Python package."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.sources.archive import is_zip, read_zip
from schnittstellen.artefacts.sources.files import MAX_FILE, Source, Tree, safe_path
from schnittstellen.artefacts.sources.folder import read_folder
from schnittstellen.artefacts.sources.package import PREFIX, read_package
from schnittstellen.artefacts.sources.reach import read_file
from schnittstellen.artefacts.sources.web import read_web
from schnittstellen.artefacts.sources.xrepository import read_xrepository
from schnittstellen.domain.errors import SchnittstellenError

MAX_ARCHIVE = 512 * 1024 * 1024


def open_sources(names: Sequence[str]) -> list[tuple[Source, ...]]:
    """The sources that `names` mean, in their order; folders that lie in one another share one tree.

    Raises `SchnittstellenError`.
    """
    folders = {Path(name).resolve() for name in names if _is_folder(name)}
    trees: dict[Path, Tree] = {}
    return [tuple(_open(name, folders, trees)) for name in names]


def _open(name: str, folders: set[Path], trees: dict[Path, Tree]) -> Iterator[Source]:
    if name.startswith(PREFIX):
        yield read_package(name)
    elif name.startswith("urn:"):
        yield from (Source(tree) for tree in read_xrepository(name))
    elif "://" in name:
        yield Source(read_web(name))
    elif _is_folder(name):
        yield _folder(Path(name).resolve(), folders, trees)
    else:
        yield _file(name)


def _is_folder(name: str) -> bool:
    return not name.startswith((PREFIX, "urn:")) and "://" not in name and Path(name).is_dir()


def _folder(folder: Path, folders: set[Path], trees: dict[Path, Tree]) -> Source:
    root = min((one for one in folders if folder.is_relative_to(one)), key=lambda one: len(one.parts))
    if root not in trees:
        trees[root] = read_folder(root)
    return Source(trees[root], "" if root == folder else folder.relative_to(root).as_posix())


def _file(name: str) -> Source:
    path = Path(name)
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except (OSError, ValueError):
        raise SchnittstellenError(faults.NO_SOURCE, source=name) from None
    if not is_zip(head):
        return read_file(path)
    if path.stat().st_size > MAX_ARCHIVE:
        raise SchnittstellenError(faults.TOO_LARGE, source=name, limit=f"{MAX_ARCHIVE // 2**20} MiB")
    return Source(read_zip(path.read_bytes(), path.stem, name))


__all__ = ["MAX_FILE", "Source", "Tree", "open_sources", "safe_path"]
