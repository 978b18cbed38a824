"""domain.standard -> standard.toml: deterministic, readable, and read back as the same standard."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.domain.standard import (
    Artefact,
    ArtefactKind,
    Message,
    Requirement,
    Role,
    Standard,
    State,
    Unresolved,
)
from schnittstellen.domain.verdict import Level
from schnittstellen.formats.toml_text import toml_text

SCHEMA = "schnittstellen.standard/1"


def standard_text(standard: Standard) -> str:
    """The written form of a standard; what has its default value is left away."""
    written: dict[str, Any] = {"schema": SCHEMA, "id": standard.id, "version": standard.version}
    written |= {"title": standard.title, "kind": standard.kind.value}
    written |= _given(
        publisher=standard.publisher,
        source=standard.source,
        licence=standard.licence,
        state="" if standard.state is State.IN_FORCE else standard.state.value,
        in_force_from=standard.in_force_from,
        in_force_until=standard.in_force_until,
        languages=[] if standard.languages == ("de",) else list(standard.languages),
    )
    written |= _given(
        roles=[_role(one) for one in standard.roles],
        messages=[_message(one) for one in standard.messages],
        unresolved=[_unresolved(one) for one in standard.unresolved],
        artefacts=[_artefact(one) for one in standard.artefacts],
        requirements={id: _requirement(one) for id, one in standard.requirements.items()},
    )
    return toml_text(written)


def _given(**values: Any) -> dict[str, Any]:
    """Those values that say something, tuples as lists."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [], {})}


def _role(role: Role) -> dict[str, Any]:
    return {"id": role.id, **_given(title=role.title, sends=role.sends, receives=role.receives)}


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        **_given(
            title=message.title,
            root=message.root,
            schemas=message.schemas,
            schematron=message.schematron,
            match=message.match,
            namespaces=_plain(message.namespaces),
        ),
    }


def _unresolved(one: Unresolved) -> dict[str, Any]:
    return {
        "location": one.location,
        "referrer": one.referrer,
        **_given(namespace=one.namespace, needed_by=one.needed_by),
    }


def _artefact(one: Artefact) -> dict[str, Any]:
    return {
        "path": one.path,
        **_given(
            kind="" if one.kind is ArtefactKind.OTHER else one.kind.value,
            package=one.package,
            package_version=one.package_version,
            namespace=one.namespace,
            addresses=one.addresses,
        ),
        "sha256": one.sha256,
    }


def _requirement(one: Requirement) -> dict[str, Any]:
    obligation = "" if one.obligation is Level.MUST else one.obligation.value
    return _given(
        text=one.text, reference=one.reference, obligation=obligation, binds=one.binds, not_tested=one.not_tested
    )


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(values.items()))
