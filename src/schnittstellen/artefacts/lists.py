"""Which code lists a standard refers to, which of them the sources hold, and which are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.graph import Document
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.domain.codelist import CodelistUse, UseType
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Level

MISSING = N_("Die Codeliste {list} liegt nicht vor. Sie lässt sich mit --with hinzufügen.")


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
                not_tested=MISSING.format(list=name),
            )
        return found


def list_name(use: CodelistUse) -> str:
    """The list of a use, with the version that the schema fixes: `URI` or `URI_VERSION`."""
    return f"{use.uri}_{use.version}" if use.version else str(use.uri)


def lists_for(catalogue: Catalogue, documents: Iterable[Document]) -> Lists:
    """The code lists for the messages of `documents` (the whole closure of a standard).

    All lists of the first source belong to it; of the others those that a type names, or all where some type leaves
    the choice of the list to the message.
    """
    files = dict.fromkeys(document.file for document in documents)
    uses = [use for file in files if file.schema for use in file.schema.codelists]
    named = {use.uri for use in uses}
    free = any(use.use is UseType.OPEN for use in uses)
    chosen: dict[str, File] = {}
    for file in catalogue.of_kind(Kind.GENERICODE):
        if file.codelist is not None and (file.rank == 0 or free or file.codelist.uri in named):
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
