"""Where each file of a standard is pinned, and under which addresses others find it there."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from schnittstellen.artefacts.bundle import Bundle, is_remote
from schnittstellen.artefacts.catalogue import File
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.artefacts.sources.files import Tree
from schnittstellen.domain.standard import Artefact, ArtefactKind, Standard, StandardKind

_KINDS = {
    Kind.XSD: ArtefactKind.SCHEMA,
    Kind.SCHEMATRON: ArtefactKind.SCHEMATRON,
    Kind.SCHEMATRON_PART: ArtefactKind.SCHEMATRON,
    Kind.SVRL_XSLT: ArtefactKind.XSLT,
    Kind.XSLT: ArtefactKind.XSLT,
    Kind.GENERICODE: ArtefactKind.CODELIST,
    Kind.OPENAPI: ArtefactKind.OPENAPI,
}


@dataclass(frozen=True, slots=True)
class Lead:
    """A reference that leads to a file: what stands in the referrer, and the namespace of an import."""

    referrer: File
    location: str
    namespace: str | None
    target: File


class Layout:
    """Places for files: those of the first source as they lay there, those of others in a folder of their own each."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = sorted(dict.fromkeys(files), key=lambda one: one.place)
        self._folders = dict(self._named())
        self._paths = {file: self._place(file) for file in self.files}

    def path(self, file: File) -> str:
        """Where a file is pinned. Raises `KeyError` for one that is not."""
        return self._paths[file]

    def artefacts(self, leads: Iterable[Lead]) -> tuple[Artefact, ...]:
        """All files as artefacts, with every address that is needed for each of `leads` to lead where it should."""
        found = {file: self._artefact(file) for file in self.files}
        every = list(leads)
        for lead in every:
            if is_remote(lead.location):
                found[lead.target] = _with_address(found[lead.target], lead.location)
        for lead in every:
            address = self._missing(lead, found)
            if address is not None:
                found[lead.target] = _with_address(found[lead.target], address)
        return tuple(sorted(found.values(), key=lambda one: (one.package or "", one.path)))

    def copies(self) -> Mapping[str, bytes]:
        """What is to be copied, by path; files of installed packages stay where they are."""
        return {self._paths[file]: file.data for file in self.files if file.tree.package is None}

    def _missing(self, lead: Lead, artefacts: Mapping[File, Artefact]) -> str | None:
        """The address that is missing for a reference to be resolved as it should be."""
        here, wanted = self._paths[lead.referrer], self._paths[lead.target]
        standard = replace(_NOTHING, artefacts=tuple(artefacts.values()))
        if Bundle(standard, Path()).resolve(lead.location or None, here, lead.namespace) == wanted:
            return None
        if lead.location:
            return posixpath.normpath(posixpath.join(posixpath.dirname(here), lead.location))
        return lead.namespace

    def _artefact(self, file: File) -> Artefact:
        sha256 = hashlib.sha256(file.data).hexdigest()
        kind = _KINDS.get(file.kind, ArtefactKind.OTHER)
        own = file.tree.addresses.get(file.path)
        return Artefact(
            self._paths[file],
            sha256,
            kind,
            file.tree.package,
            file.tree.package_version,
            file.namespace,
            (own,) if own else (),
        )

    def _named(self) -> Iterator[tuple[Tree, tuple[str, str]]]:
        """For each tree the folder to put it into, and the beginning of its paths to leave away."""
        trees = list(dict.fromkeys(file.tree for file in self.files if file.tree.package is None))
        taken: set[str] = set()
        for number, tree in enumerate(trees):
            paths = [file.path for file in self.files if file.tree is tree]
            shared = posixpath.commonpath([posixpath.dirname(path) or "." for path in paths]) if paths else ""
            shared = "" if shared == "." or any("/" not in path for path in paths) else shared
            folder = "" if number == 0 else _free(tree.name, taken)
            taken |= {folder} if folder else {path.removeprefix(shared).strip("/").split("/")[0] for path in paths}
            yield tree, (folder, shared)

    def _place(self, file: File) -> str:
        if file.tree.package is not None:
            return file.path
        folder, shared = self._folders[file.tree]
        return posixpath.join(folder, file.path.removeprefix(shared).lstrip("/"))


def _with_address(artefact: Artefact, address: str) -> Artefact:
    if address in artefact.addresses:
        return artefact
    return replace(artefact, addresses=tuple(sorted((*artefact.addresses, address))))


def _free(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "quelle"
    number, found = 2, plain
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


_NOTHING = Standard("-", "0", "-", StandardKind.XML)
