"""standard.toml <-> domain.standard."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schnittstellen.domain.standard import (
    Artefact,
    ArtefactKind,
    Message,
    Requirement,
    Role,
    Standard,
    StandardKind,
    State,
    Unresolved,
)
from schnittstellen.domain.verdict import Level
from schnittstellen.formats.written import read_toml

FILE = "standard.toml"


def read_standard(path: Path) -> Standard:
    """Read one standard.toml. Raises `WrittenFormError`."""
    written = read_toml(path, "schnittstellen.standard/1")
    return Standard(
        **_scalars(written),
        kind=StandardKind(written["kind"]),
        state=State(written.get("state", "in_force")),
        languages=tuple(written.get("languages", ("de",))),
        roles=tuple(Role(**_tuples(role)) for role in written.get("roles", ())),
        artefacts=tuple(_artefact(one) for one in written.get("artefacts", ())),
        messages=tuple(Message(**_tuples(message)) for message in written.get("messages", ())),
        requirements={id: _requirement(id, one) for id, one in written.get("requirements", {}).items()},
        unresolved=tuple(Unresolved(**_tuples(one)) for one in written.get("unresolved", ())),
    )


_SCALARS = ("id", "version", "title", "publisher", "in_force_from", "in_force_until", "source", "licence")


def _scalars(written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: written[name] for name in _SCALARS if name in written}


def _tuples(written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()}


def _artefact(written: Mapping[str, Any]) -> Artefact:
    fields = _tuples(written)
    fields["kind"] = ArtefactKind(fields.get("kind", "other"))
    return Artefact(**fields)


def _requirement(id: str, written: Mapping[str, Any]) -> Requirement:
    fields = _tuples(written)
    fields["obligation"] = Level(fields.get("obligation", "must"))
    return Requirement(id, **fields)
