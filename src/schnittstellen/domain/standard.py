"""What is known of one version of a standard (written form: standards/<id>/<version>/standard.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schnittstellen.domain.verdict import Level


class StandardKind(StrEnum):
    XML = "xml"
    OPENAPI = "openapi"


class State(StrEnum):
    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class ArtefactKind(StrEnum):
    SCHEMA = "schema"
    SCHEMATRON = "schematron"
    XSLT = "xslt"
    CODELIST = "codelist"
    OPENAPI = "openapi"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One pinned file of a standard.

    `path` is relative to the folder of standard.toml, or to the installed Python package named by `package`
    (whose version `package_version` was pinned). `addresses` are the public addresses under which others refer to it.
    """

    path: str
    sha256: str
    kind: ArtefactKind = ArtefactKind.OTHER
    package: str | None = None
    package_version: str | None = None
    namespace: str | None = None
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message: its root element, and what a message must be validated against (all of `schemas` at once).

    `root` is in Clark notation, "{namespace}local", or "*" where the conditions alone tell the message. `match` are
    XPath conditions that must all hold (prefixes in `namespaces`); `schematron` are artefact paths of rules that apply
    to this message.
    """

    id: str
    root: str
    schemas: tuple[str, ...] = ()
    schematron: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    namespaces: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Who takes part: names of messages or operations sent and received; "*" stands for all."""

    id: str
    title: str = ""
    sends: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand of the standard. `not_tested` is the reason why no suite can see it."""

    id: str
    text: str = ""
    reference: str = ""
    obligation: Level = Level.MUST
    binds: tuple[str, ...] = ()
    not_tested: str | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference inside an artefact that leads to no pinned file; `needed_by` names the messages that need it."""

    location: str
    referrer: str
    namespace: str | None = None
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of one standard."""

    id: str
    version: str
    title: str
    kind: StandardKind
    publisher: str = ""
    state: State = State.IN_FORCE
    in_force_from: date | None = None
    in_force_until: date | None = None
    languages: tuple[str, ...] = ("de",)
    roles: tuple[Role, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    messages: tuple[Message, ...] = ()
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    unresolved: tuple[Unresolved, ...] = ()
    source: str = ""
    licence: str = ""

    @property
    def name(self) -> str:
        """`id@version`, as people write it."""
        return f"{self.id}@{self.version}"
