"""The pinned files of one version of a standard."""

import hashlib
import posixpath
from collections.abc import Iterator
from functools import cached_property
from importlib import metadata
from pathlib import Path

from schnittstellen.domain.standard import Artefact, Standard
from schnittstellen.domain.web_address import parts_of


class ArtefactProblem(Exception):
    """An artefact is not there or is not the file that was pinned; `reason` is `missing` or `changed`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Bundle:
    """Reads artefacts and resolves references between them; never leaves the pinned files."""

    def __init__(self, standard: Standard, folder: Path) -> None:
        self.standard = standard
        self.folder = folder
        self._by_path = {artefact.path: artefact for artefact in standard.artefacts}
        self._known: dict[str, bytes] = {}

    def artefacts(self) -> Iterator[Artefact]:
        """All pinned files, in the order of standard.toml."""
        return iter(self.standard.artefacts)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and digests of all pinned files."""
        pins = "\n".join(f"{one.path}\t{one.sha256}" for one in self.standard.artefacts)
        return hashlib.sha256(pins.encode()).hexdigest()

    def artefact(self, path: str) -> Artefact:
        """The artefact with this path. Raises `ArtefactProblem` where none is pinned under it."""
        try:
            return self._by_path[path]
        except KeyError:
            raise ArtefactProblem(path, "missing") from None

    def file(self, path: str) -> Path:
        """Where the artefact lies on this machine; its digest is not checked."""
        artefact = self.artefact(path)
        if artefact.package is None:
            return self.folder / artefact.path
        return _package_file(artefact.package, artefact.path)

    def read(self, path: str) -> bytes:
        """The bytes of an artefact. Raises `ArtefactProblem` where they are missing or not those that were pinned."""
        kept = self._known.get(path)
        if kept is None:
            kept = self._known[path] = self._read(path)
        return kept

    def _read(self, path: str) -> bytes:
        try:
            data = self.file(path).read_bytes()
        except OSError:
            raise ArtefactProblem(path, "missing") from None
        if hashlib.sha256(data).hexdigest() != self.artefact(path).sha256:
            raise ArtefactProblem(path, "changed")
        return data

    def resolve(self, location: str | None, base: str | None = None, namespace: str | None = None) -> str | None:
        """Path of the artefact that a reference leads to, or None.

        Tried in this order: relative to the referring artefact `base`, by public address (where an address may also
        be a path at which others expect the file), by namespace where exactly one artefact declares it or one has the
        namespace as its address.
        """
        if location:
            relative = posixpath.normpath(posixpath.join(posixpath.dirname(base or ""), location))
            if relative in self._by_path:
                return relative
            for address in (location, relative):
                if address in self._by_address:
                    return self._by_address[address]
        if namespace in self._by_address:
            return self._by_address[namespace]
        owners = self._by_namespace.get(namespace, []) if namespace else []
        return owners[0] if len(owners) == 1 else None

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {address: one.path for one in self.standard.artefacts for address in one.addresses}

    @cached_property
    def _by_namespace(self) -> dict[str, list[str]]:
        owners: dict[str, list[str]] = {}
        for one in self.standard.artefacts:
            if one.namespace:
                owners.setdefault(one.namespace, []).append(one.path)
        return owners


def _package_file(package: str, path: str) -> Path:
    try:
        return Path(str(metadata.distribution(package).locate_file(path)))
    except metadata.PackageNotFoundError:
        raise ArtefactProblem(f"{package}:{path}", "missing") from None


def is_remote(location: str) -> bool:
    """Whether a reference names a network address."""
    return parts_of(location).scheme in ("http", "https", "ftp")
