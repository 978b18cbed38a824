"""Which code lists a standard refers to, which of them the sources hold, and which are missing."""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.graph import Document
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.domain.codelist import CodelistUse, UseType
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Level

MISSING = N_("Die Codeliste liegt nicht vor. Sie lässt sich mit `standards add … --with` hinzufügen.")

_PARTS = {"xsd", "schema", "schemas", "schemata", "xml-schema", "xmlschema"}


@dataclass(frozen=True, slots=True)
class Lists:
    """`files` are the code lists to pin; `missing` the uses whose list, or whose version of it, no source holds."""

    files: tuple[File, ...]
    missing: tuple[CodelistUse, ...]
    used: bool

    def requirements(self) -> dict[str, Requirement]:
        """One requirement for each missing list, with the reason why nothing is said about it."""
        found: dict[str, Requirement] = {}
        for use in self.missing:
            name = list_name(use)
            found[name] = Requirement(
                name,
                text=use.title or name,
                reference="XÖV-Handbuch, Nutzung von Codelisten",
                obligation=Level.SHOULD,
                not_tested=MISSING,
            )
        return found


def list_name(use: CodelistUse) -> str:
    """The list of a use, with the version that the schema fixes: `URI` or `URI_VERSION`."""
    return f"{use.uri}_{use.version}" if use.version else str(use.uri)


def lists_for(catalogue: Catalogue, own: Sequence[Document], documents: Iterable[Document]) -> Lists:
    """The code lists for the messages of the documents `own`; `documents` is all that they lead to.

    Lists that a type names, those that lie beside the standard's own documents, and all where some type leaves the
    choice of the list to the message. Of two files with one version of a list, the nearer one counts.
    """
    files = dict.fromkeys(document.file for document in documents)
    uses = [use for file in files if file.schema for use in file.schema.codelists]
    named = {use.uri for use in uses}
    free = any(use.use is UseType.OPEN for use in uses)
    home = _home(own)
    chosen: dict[str, File] = {}
    for file in sorted(catalogue.of_kind(Kind.GENERICODE), key=lambda one: (-_near(one, own[0].file, home), one.place)):
        beside = file.tree is own[0].file.tree and file.rank == 0 and _is_below(file.path, home)
        if file.codelist is not None and (beside or free or file.codelist.uri in named):
            chosen.setdefault(file.codelist.name, file)
    held = {(one.codelist.uri, one.codelist.version) for one in chosen.values() if one.codelist}
    uris = {uri for uri, _ in held}
    missing: dict[str, CodelistUse] = {}
    for use in uses:
        if use.uri and use.use is not UseType.ENUMERATED:
            there = use.uri in uris if use.version is None else (use.uri, use.version) in held
            if not there:
                missing.setdefault(list_name(use), use)
    return Lists(tuple(chosen.values()), tuple(missing.values()), bool(uses))


def _home(own: Sequence[Document]) -> str:
    """The folder that a standard fills: that of its documents, or the one around it where they lie in `xsd/`."""
    folder = posixpath.commonpath([posixpath.dirname(one.file.path) or "." for one in own])
    around, _, last = folder.rpartition("/")
    return (around or ".") if last.lower() in _PARTS else folder


def _is_below(path: str, folder: str) -> bool:
    return folder in ("", ".") or path.startswith(folder + "/")


def _near(file: File, other: File, home: str) -> int:
    """How many folders a list shares with the standard's home; -1 for one from another tree."""
    if file.tree is not other.tree:
        return -1
    return len(posixpath.commonprefix([posixpath.dirname(file.path).split("/"), home.split("/")]))
