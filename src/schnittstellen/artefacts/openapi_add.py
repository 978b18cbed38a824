"""An OpenAPI document as a standard, with everything that it refers to, and a first suite for servers."""

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from schnittstellen.artefacts import faults
from schnittstellen.artefacts.catalogue import Catalogue, File
from schnittstellen.artefacts.group import clean_id, clean_version
from schnittstellen.artefacts.pinning import Layout, Lead
from schnittstellen.artefacts.release import EDITION, Draft
from schnittstellen.artefacts.scan.kind import Kind
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import Requirement, Role, Standard, StandardKind, Unresolved
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Level
from schnittstellen.formats.openapi import OpenApiProblem, openapi_version, outside, read

ROLES = (
    Role("server", N_("Wer die Schnittstelle anbietet"), sends=("*",)),
    Role("client", N_("Wer die Schnittstelle nutzt"), receives=("*",)),
)
_OFFER = Requirement(
    "ANGEBOT",
    N_("Das OpenAPI-Dokument der Schnittstelle ist abrufbar und stimmt mit dem Standard überein."),
    obligation=Level.SHOULD,
    binds=("server",),
)
_ANSWERS = Requirement(
    "ANTWORTEN", N_("Jede Antwort entspricht der Beschreibung ihrer Operation im OpenAPI-Dokument."), binds=("server",)
)
_PROBING = Requirement(
    "EINGABEN",
    N_("Gültige und ungültige Eingaben werden behandelt, wie es das OpenAPI-Dokument beschreibt."),
    binds=("server",),
)
DEAD = N_("Das OpenAPI-Dokument verweist auf {location}; diese Datei fehlt.")
SYNTAX = N_("es ist weder lesbares JSON noch lesbares YAML")
VERSION = N_("die Version {version} wird nicht unterstützt")
NO_OPERATIONS = N_("Das OpenAPI-Dokument beschreibt keine Operationen; an Antworten gibt es nichts zu prüfen.")
_REASONS = {"syntax": SYNTAX, "not_openapi": SYNTAX, "version": VERSION}


def entry_documents(catalogue: Catalogue) -> list[File]:
    """OpenAPI documents of the first source to which no other document refers."""
    every = [file for file in catalogue.main() if file.kind is Kind.OPENAPI]
    parts = {lead.target for file in every for lead in _leads(catalogue, file)[0]}
    return [file for file in every if file not in parts]


def openapi_draft(
    catalogue: Catalogue, file: File, source: str, rename: Callable[[str, str, str], tuple[str, str, str]]
) -> Draft:
    """The draft of one document. Raises `SchnittstellenError` where it is unusable."""
    content = _content(file, source)
    info = _part(content, "info")
    title = str(info.get("title") or posixpath.basename(file.path))
    id, version, title = rename(clean_id(title) or "openapi", clean_version(str(info.get("version") or "0")), title)
    leads, dead = _leads(catalogue, file)
    layout = Layout([file, *(lead.target for lead in leads)])
    contact = _part(info, "contact")
    licence = _part(info, "license")
    standard = Standard(
        id,
        version,
        title,
        StandardKind.OPENAPI,
        publisher=str(contact.get("name") or ""),
        source=source,
        licence=str(licence.get("identifier") or licence.get("name") or ""),
        roles=ROLES,
        artefacts=layout.artefacts(leads),
        requirements={one.id: one for one in (_OFFER, _ANSWERS, _PROBING)},
        unresolved=tuple(dict.fromkeys(Unresolved(location, layout.path(one)) for one, location in dead)),
    )
    notices = [Line(DEAD, location=location) for _, location in dead]
    if not content.get("paths"):
        notices.append(Line(NO_OPERATIONS))
    return Draft(standard, _suite(standard, layout.path(file)), dict(layout.copies()), notices)


def _suite(standard: Standard, path: str) -> Suite:
    options = {"document": path}
    return Suite(
        standard.id,
        standard.version,
        "server",
        EDITION,
        (
            Step("angebot", "openapi.offer", Level.SHOULD, (_OFFER.id,), options=options),
            Step("antworten", "openapi.responses", requirements=(_ANSWERS.id,), options=options),
            Step("eingaben", "openapi.probe", requirements=(_PROBING.id,), options=options),
        ),
        title=standard.title,
    )


def _content(file: File, source: str) -> dict[str, Any]:
    try:
        content = read(file.data)
        openapi_version(content)
    except OpenApiProblem as problem:
        reason = Line(_REASONS.get(problem.reason, SYNTAX), version=problem.detail)
        raise SchnittstellenError(faults.BAD_OPENAPI, source=source, reason=reason) from None
    return content


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def _leads(catalogue: Catalogue, start: File) -> tuple[list[Lead], list[tuple[File, str]]]:
    """Every reference to another file, from `start` on, and those that lead nowhere."""
    leads: list[Lead] = []
    dead: list[tuple[File, str]] = []
    waiting, seen = [start], set[File]()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for location in dict.fromkeys(_locations(file)):
            target = catalogue.relative(file, location) or catalogue.address(location)
            if target is None:
                dead.append((file, location))
            else:
                leads.append(Lead(file, location, None, target))
                waiting.append(target)
    return leads, dead


def _locations(file: File) -> list[str]:
    try:
        return list(outside(file.data))
    except OpenApiProblem:
        return []
