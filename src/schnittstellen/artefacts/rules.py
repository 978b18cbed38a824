"""Which Schematron belongs to a standard, and which files rules and stylesheets draw on."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.scan.kind import SCHEMATRON, SVRL, XSL, Kind

_PREFIX = re.compile(r"(?<![\w.:@-])@?([A-Za-z_][\w.-]*):(?![:\w]*\()(?=[A-Za-z_*])")
_DOCUMENT = re.compile(r"(?:document|doc|doc-available|unparsed-text)\(\s*(['\"])(.+?)\1")
_READING = ("context", "test", "match", "select", "value", "path")


@dataclass(slots=True)
class Drawn:
    """Files that rules draw on: every reference that leads to one, and those that lead nowhere (as written)."""

    files: list[File] = field(default_factory=list)
    leads: list[tuple[File, str, File]] = field(default_factory=list)
    dead: list[tuple[File, str]] = field(default_factory=list)


def drawn(catalogue: Catalogue, start: Iterable[File]) -> Drawn:
    """`start` and everything that it includes, imports or reads with document()."""
    found = Drawn()
    waiting = list(start)
    while waiting:
        file = waiting.pop(0)
        if file in found.files:
            continue
        found.files.append(file)
        for location in dict.fromkeys(_locations(file)):
            target = catalogue.other(file, location)
            if target is None:
                found.dead.append((file, location))
            else:
                found.leads.append((file, location, target))
                waiting.append(target)
    return found


def rules_for(catalogue: Catalogue, namespaces: Collection[str | None]) -> tuple[list[File], list[File]]:
    """The rules for messages of these namespaces, and further rules of the first source that are for others.

    Rules of the first source come before all others; ready stylesheets give way to the source that they were made of.
    """
    parts = _parts(catalogue)
    every = [file for file in catalogue.of_kind(Kind.SCHEMATRON, Kind.SVRL_XSLT) if file not in parts]
    fitting = [file for file in every if _is_for(file, namespaces)]
    first = min((file.rank for file in fitting), default=0)
    chosen = _without_twins([file for file in fitting if file.rank == first])
    return chosen, [file for file in every if file.rank == 0 and file not in fitting]


def broken_rules(catalogue: Catalogue, namespaces: Collection[str | None]) -> list[File]:
    """Files of the first source that were meant to be rules for these namespaces but are not well-formed.

    They stay with the messages: what they would have said is unknown, and unknown is never green.
    """
    written = [f"{quote}{one}{quote}".encode() if one else b"" for one in namespaces for quote in "\"'"]
    broken = ((file, file.data) for file in catalogue.main() if file.kind is Kind.BROKEN)
    meant = ((file, data) for file, data in broken if any(one.encode() in data[:4096] for one in SCHEMATRON))
    return [file for file, data in meant if any(one in data for one in written)]


def used_namespaces(root: etree._Element) -> set[str]:
    """The namespaces whose prefixes occur in the paths of rules."""
    declared = {str(one.get("prefix")): str(one.get("uri")) for one in root.iter(*(f"{{{ns}}}ns" for ns in SCHEMATRON))}
    declared |= {prefix: uri for prefix, uri in root.nsmap.items() if prefix and prefix not in declared}
    words = {
        prefix
        for one in root.iter()
        if isinstance(one.tag, str)
        for name in _READING
        for prefix in _PREFIX.findall(one.get(name) or "")
    }
    return {declared[word] for word in words if word in declared}


def _is_for(file: File, namespaces: Collection[str | None]) -> bool:
    root = file.root
    assert root is not None
    used = used_namespaces(root)
    declared = {str(one.get("uri")) for one in root.iter(*(f"{{{ns}}}ns" for ns in SCHEMATRON))} | set(
        root.nsmap.values()
    )
    if used.intersection(one for one in namespaces if one):
        return True
    own = {one for one in declared if one not in (XSL, SVRL, *SCHEMATRON)}
    return not used and file.rank == 0 and (None in namespaces or bool(own.intersection(namespaces)) or not own)


def _parts(catalogue: Catalogue) -> set[File]:
    """Schematron schemas that others include or extend are no rules of their own."""
    found: set[File] = set()
    for file in catalogue.of_kind(Kind.SCHEMATRON, Kind.SCHEMATRON_PART):
        targets = (catalogue.other(file, location) for location in _locations(file))
        found |= {target for target in targets if target is not None and target is not file}
    return found


def _without_twins(files: list[File]) -> list[File]:
    kept: list[File] = []
    sources = [_ids(file) for file in files if file.kind is Kind.SCHEMATRON]
    for file in files:
        ids = _ids(file)
        made_of = file.kind is Kind.SVRL_XSLT and ids and any(ids <= one for one in sources)
        if not made_of and all(file.data != one.data for one in kept):
            kept.append(file)
    return kept


def _ids(file: File) -> frozenset[str]:
    root = file.root
    assert root is not None
    if file.kind is Kind.SCHEMATRON:
        nodes = root.iter(*(f"{{{ns}}}{name}" for ns in SCHEMATRON for name in ("assert", "report")))
        return frozenset(str(one.get("id")) for one in nodes if one.get("id"))
    made = root.iter(f"{{{SVRL}}}failed-assert", f"{{{SVRL}}}successful-report")
    return frozenset(id for one in made if (id := one.get("id") or _attribute(one)))


def _attribute(node: etree._Element) -> str:
    named = (one for one in node.iterchildren(f"{{{XSL}}}attribute") if one.get("name") == "id")
    return next((" ".join(str(part) for part in one.itertext()).strip() for one in named), "")


def _locations(file: File) -> Iterator[str]:
    if file.root is None:
        return
    for one in file.root.iter():
        if not isinstance(one.tag, str):
            continue
        name = etree.QName(one)
        includes = name.namespace in SCHEMATRON and name.localname in ("include", "extends")
        imports = name.namespace == XSL and name.localname in ("import", "include")
        if (includes or imports) and one.get("href"):
            location = str(one.get("href")).partition("#")[0]
            if location:
                yield location
        for attribute in _READING:
            for _, location in _DOCUMENT.findall(one.get(attribute) or ""):
                yield location
