"""A publiccode.yml as files of the registry. What it does not say is not invented but asked for or told."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schnittstellen.catalogue.exchange_forms.faults import NO_REGISTRY_FORM, NOT_SAID
from schnittstellen.catalogue.exchange_forms.standard_names import Doubt, Meant, meant
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import Standard
from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.toml_text import toml_text
from schnittstellen.formats.written import departures

KINDS = ("fachverfahren", "online-dienst", "basiskomponente", "transport", "e-akte", "bezahlung", "bescheid")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,59}")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_DOUBTS = {
    Doubt.UNKNOWN: N_("supports: {name} ist kein Standard, der hier bekannt ist; nicht übernommen."),
    Doubt.NO_VERSION: N_("supports: {name} nennt keine Version; bekannt sind {candidates}; nicht übernommen."),
    Doubt.UNKNOWN_VERSION: N_("supports: Die Version in {name} ist nicht bekannt, nur {candidates}; nicht übernommen."),
    Doubt.NO_ROLE: N_(
        "supports: {name} nennt keine Rolle; geben Sie --role {standard}=ROLLE an ({candidates}); nicht übernommen."
    ),
    Doubt.UNKNOWN_ROLE: N_("supports: Die Rolle zu {name} gibt es nicht, nur {candidates}; nicht übernommen."),
    Doubt.NOT_AN_INTERFACE: N_("supports: {name} ist keine Schnittstelle; nicht übernommen."),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller adds: the kind of product, the vendor's key, the role that the product takes in a standard."""

    kind: str
    vendor: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """Files by path below the registry, whether each may stay as it is where it exists, and what was left out."""

    product: tuple[str, bytes]
    vendor: tuple[str, bytes]
    declared: tuple[Meant, ...]
    notes: tuple[Line, ...]


def take(content: Mapping[str, Any], file: str, wishes: Wishes, library: Iterable[Standard]) -> Taken:
    """The registry files of an accepted publiccode.yml.

    Raises `SchnittstellenError`: F112 for what it leaves open, F115 where the registry cannot hold what it says.

    Persons are not taken over, nor who uses the product: municipalities say that themselves.
    """
    vendor = _vendor(content, file, wishes)
    known = tuple(library)
    named = tuple(meant(one["id"], known, wishes.roles) for one in content.get("supports", []))
    version = content.get("softwareVersion", "")
    usable = bool(_VERSION.fullmatch(version))
    declared = tuple(dict.fromkeys(one for one in named if one.doubt is None)) if usable else ()
    product = _product(content, vendor["id"], wishes.kind, declared, version if usable else "")
    wrong = [*departures(vendor, vendor["schema"]), *departures(product, product["schema"])]
    if wrong:
        raise SchnittstellenError(NO_REGISTRY_FORM, *wrong, file=file)
    return Taken(
        (f"products/{product['id']}.toml", _text(product)),
        (f"vendors/{vendor['id']}.toml", _text(vendor)),
        declared,
        tuple(_notes(content, named, usable=usable)),
    )


def slug(text: str) -> str:
    """A key for a name: lower case, umlauts as ae/oe/ue/ss, everything else a hyphen; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-")


def _vendor(content: Mapping[str, Any], file: str, wishes: Wishes) -> dict[str, Any]:
    organisation, legal = content.get("organisation", {}), content.get("legal", {})
    name = organisation.get("name") or legal.get("mainCopyrightOwner") or legal.get("repoOwner") or wishes.vendor
    key = wishes.vendor or slug(name)
    if not key:
        told = Line(N_("wer das Programm anbietet"))
        raise SchnittstellenError(NOT_SAID, file=file, what=told, option="--vendor")
    url = organisation.get("uri", "")
    found = {"schema": "schnittstellen.vendor/1", "id": key, "name": _line(name)}
    return {**found, "url": url} if _WEB.fullmatch(url) else found


def _product(
    content: Mapping[str, Any], vendor: str, kind: str, declared: tuple[Meant, ...], version: str
) -> dict[str, Any]:
    described = _described(content)
    release = {
        "version": version,
        "released": _day(content.get("releaseDate", "")),
        "declarations": [_declaration(one, described) for one in sorted(declared, key=_order)],
    }
    said = {
        "schema": "schnittstellen.product/1",
        "id": slug(content["name"]) or slug(content["url"]),
        "vendor": vendor,
        "name": _line(content["name"]),
        "kind": kind,
        "purpose": _purpose(described),
        "licence": content["legal"]["license"].strip(),
        "source_code": _web(content["url"]),
        "documentation": _web(described.get("documentation", "")),
        "funding": _line(", ".join(one.get("name") or one["uri"] for one in content.get("fundedBy", []))),
        "releases": [_without_gaps(release)] if version else [],
    }
    return _without_gaps(said)


def _described(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The German description, else the English one, else any."""
    texts: Mapping[str, Mapping[str, Any]] = content["description"]
    ranked = sorted(texts, key=lambda tag: (not tag.lower().startswith("de"), not tag.lower().startswith("en"), tag))
    return texts[ranked[0]]


def _purpose(described: Mapping[str, Any]) -> str:
    short, long = described.get("shortDescription", "").strip(), described.get("longDescription", "").strip()
    return f"{short}\n\n{long}".strip()[:20_000]


def _declaration(one: Meant, described: Mapping[str, Any]) -> dict[str, Any]:
    documentation = _web(described.get("apiDocumentation", ""))
    return _without_gaps(
        {"standard": f"{one.standard}@{one.version}", "role": one.role, "documentation": documentation}
    )


def _order(one: Meant) -> tuple[str, str, str]:
    return one.standard, one.version, one.role


def _notes(content: Mapping[str, Any], named: tuple[Meant, ...], *, usable: bool) -> Iterator[Line]:
    for one in named:
        if one.doubt is not None:
            told = ", ".join(one.candidates)
            yield Line(_DOUBTS[one.doubt], name=one.name, standard=one.standard, candidates=told)
    if not usable:
        yield Line(
            N_("softwareVersion fehlt oder ist kein Name einer Version: Es entsteht keine Version des Programms.")
        )
    if content.get("usedBy"):
        yield Line(N_("usedBy wird nicht übernommen: Wer ein Programm einsetzt, sagen die Kommunen selbst."))
    if content.get("fundedBy"):
        yield Line(N_("fundedBy steht im Text zur Förderung; ob es öffentliche Mittel sind, tragen Sie selbst ein."))
    if content["maintenance"].get("contacts"):
        yield Line(N_("Ansprechpersonen werden nicht übernommen."))
    if not _web(content["url"]):
        yield Line(N_("url ist keine Webadresse und wird nicht als Quelltext übernommen."))


def _without_gaps(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _line(text: str) -> str:
    return " ".join(text.split())[:300].strip()


def _web(text: str) -> str:
    return text if _WEB.fullmatch(text) and len(text) <= 300 else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(said: Mapping[str, Any]) -> bytes:
    return toml_text(said).encode()
