"""The code lists of a standard, each read when a message first refers to it (a standard may hold hundreds)."""

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.domain.codelist import Codelist
from schnittstellen.domain.standard import ArtefactKind
from schnittstellen.formats.genericode import GenericodeProblem, read_codelist

_IDENTITY = re.compile(rb"<(?:[\w.-]+:)?(CanonicalUri|CanonicalVersionUri|Version)\b[^>]*>\s*([^<]*?)\s*</")


class BrokenList(Exception):
    """A pinned code list is of no use; `reason` is missing, changed, or a reason of `GenericodeProblem`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Lists:
    """Code lists by URI and version. Of two files of one version, the first in standard.toml counts."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._read: dict[str, Codelist | BrokenList] = {}

    def versions(self, uri: str) -> tuple[str, ...]:
        """Versions of the list that are at hand, in the order of standard.toml."""
        return tuple(self._paths.get(uri, {}))

    def get(self, uri: str, version: str) -> Codelist:
        """One version of a list; it must be among `versions`. Raises `BrokenList`."""
        found = self._at(self._paths[uri][version])
        if isinstance(found, BrokenList):
            raise found
        return found

    def others(self, uri: str, version: str) -> Iterator[Codelist]:
        """The other versions of the list, without the broken ones."""
        found = (self._at(path) for one, path in self._paths.get(uri, {}).items() if one != version)
        return (one for one in found if isinstance(one, Codelist))

    @property
    def unusable(self) -> BrokenList | None:
        """The first file of which not even its name could be read: it may be any list."""
        return next((one for one in self._index[1]), None)

    @property
    def _paths(self) -> dict[str, dict[str, str]]:
        return self._index[0]

    @cached_property
    def _index(self) -> tuple[dict[str, dict[str, str]], tuple[BrokenList, ...]]:
        paths: dict[str, dict[str, str]] = {}
        broken: list[BrokenList] = []
        for one in self._bundle.artefacts():
            if one.kind is ArtefactKind.CODELIST:
                try:
                    uri, version = self._identity(one.path)
                    paths.setdefault(uri, {}).setdefault(version, one.path)
                except BrokenList as problem:
                    broken.append(problem)
        return paths, tuple(broken)

    def _identity(self, path: str) -> tuple[str, str]:
        """URI and version by a glance at the bytes; by reading the whole where that does not tell."""
        try:
            data = self._bundle.read(path)
        except ArtefactProblem as problem:
            raise BrokenList(path, problem.reason) from None
        found = {name: unescape(value.decode("utf-8", "replace")) for name, value in _IDENTITY.findall(data)[:3]}
        uri, version = found.get(b"CanonicalUri"), found.get(b"Version")
        if uri and version:
            return uri, version
        known = self._at(path)
        if isinstance(known, BrokenList):
            raise known
        return known.uri, known.version

    def _at(self, path: str) -> Codelist | BrokenList:
        if path not in self._read:
            self._read[path] = self._parsed(path)
        return self._read[path]

    def _parsed(self, path: str) -> Codelist | BrokenList:
        try:
            return read_codelist(self._bundle.read(path))
        except ArtefactProblem as problem:
            return BrokenList(path, problem.reason)
        except GenericodeProblem as problem:
            return BrokenList(path, problem.reason)
