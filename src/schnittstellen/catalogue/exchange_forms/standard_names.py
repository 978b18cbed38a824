"""Names of standards in publiccode.yml's `supports`, and the standards of the library that they mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schnittstellen.domain.standard import Standard
from schnittstellen.formats.publiccode.words import ALIASES

_OURS = "urn:x-schnittstellen:"
_XOEV = re.compile(
    r"(?i)urn:xoev-(?:de|muster):(?:[a-z0-9.-]+:)*(?:standard:)?(?P<id>[a-z0-9.-]+?)(?:_(?P<version>[0-9][\w.]*))?"
)
_ADDRESSES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"https?://schema\.oparl\.org/(?P<version>\d+\.\d+)/?.*"), "oparl"),
    (re.compile(r"https?://(?:www\.|dev\.)?oparl\.org(?:/.*)?"), "oparl"),
    (re.compile(r"urn:cen\.eu:en16931:2017(?:#.*)?"), "en16931"),
)


class Doubt(StrEnum):
    """Why a name did not become a declaration."""

    UNKNOWN = "unknown"
    NO_VERSION = "no_version"
    UNKNOWN_VERSION = "unknown_version"
    NO_ROLE = "no_role"
    UNKNOWN_ROLE = "unknown_role"
    NOT_AN_INTERFACE = "not_an_interface"


@dataclass(frozen=True, slots=True)
class Meant:
    """A role of a version; `doubt` says what is missing to be sure, `candidates` what it could be."""

    name: str
    standard: str = ""
    version: str = ""
    role: str = ""
    doubt: Doubt | None = None
    candidates: tuple[str, ...] = ()


def written_name(standard: str, version: str, role: str) -> str:
    """The URN that names a role of a version exactly."""
    return f"{_OURS}{standard}:{version}:{role}"


def meant(name: str, library: Iterable[Standard], roles: Mapping[str, str]) -> Meant:
    """What `name` means among the standards of `library`; `roles` says which role the product takes in a standard.

    Nothing is guessed: a version or role that the name leaves open counts only where there is just one.
    """
    if name.startswith("alias:"):
        told = ALIASES.get(name.removeprefix("alias:"))
        return Meant(name, doubt=Doubt.NOT_AN_INTERFACE if told else Doubt.UNKNOWN)
    key, version, role = _parts(name)
    of = [one for one in library if one.id == key]
    if not of:
        return Meant(name, doubt=Doubt.UNKNOWN)
    if not version and len(of) > 1:
        return Meant(name, key, doubt=Doubt.NO_VERSION, candidates=tuple(sorted(one.version for one in of)))
    fitting = [one for one in of if not version or one.version == version]
    if not fitting:
        known = tuple(sorted(one.version for one in of))
        return Meant(name, key, version, doubt=Doubt.UNKNOWN_VERSION, candidates=known)
    return _role(name, fitting[0], role or roles.get(key, ""))


def _role(name: str, standard: Standard, role: str) -> Meant:
    known = tuple(one.id for one in standard.roles)
    chosen = role or (known[0] if len(known) == 1 else "")
    doubt = None if chosen in known else Doubt.UNKNOWN_ROLE if chosen else Doubt.NO_ROLE
    return Meant(name, standard.id, standard.version, chosen, doubt, known if doubt else ())


def _parts(name: str) -> tuple[str, str, str]:
    if name.startswith(_OURS):
        key, version, role, *_ = [*name.removeprefix(_OURS).split(":"), "", "", ""]
        return key, version, role
    for pattern, key in _ADDRESSES:
        if found := pattern.fullmatch(name):
            return key, found.groupdict().get("version") or "", ""
    if found := _XOEV.fullmatch(name):
        return found["id"].lower(), found["version"] or "", ""
    return "", "", ""
