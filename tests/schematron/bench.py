"""What the tests of the Schematron check share: a standard made of files in a folder, and payloads."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.xml_schematron import Schematron
from schnittstellen.domain.finding import CannotJudge, Covered, Finding, Item, Note
from schnittstellen.domain.standard import Artefact, Message, Standard, StandardKind
from schnittstellen.engine.ports import Check, Context, Payload

PREFIX = "http://purl.oclc.org/dsdl/schematron"


def schema(body: str, attributes: str = 'queryBinding="xslt2"') -> str:
    """A Schematron with the default namespace."""
    return f'<schema xmlns="{PREFIX}" {attributes}>{body}</schema>'


def rule(context: str, tests: str) -> str:
    """A pattern with one rule."""
    return f'<pattern><rule context="{context}">{tests}</rule></pattern>'


def context(folder: Path, files: Mapping[str, str | bytes], *rules: str) -> Context:
    """A standard with one message; `files` are written below `folder` and pinned, `rules` default to all of them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return pinned(folder, tuple(files), rules or tuple(files))


def pinned(folder: Path, names: tuple[str, ...], rules: tuple[str, ...]) -> Context:
    """A standard with one message whose artefacts are the files `names` below `folder`."""
    artefacts = tuple(Artefact(name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name in names)
    message = Message("nachricht", "nachricht", schematron=rules)
    standard = Standard("muster", "1", "Muster", StandardKind.XML, artefacts=artefacts, messages=(message,))
    return Context(standard, Bundle(standard, folder), message)


def payload(data: str | bytes, name: str = "nachricht.xml") -> Payload:
    """A message in memory."""
    written = data if isinstance(data, bytes) else data.encode()
    return Payload(name=name, open=lambda: BytesIO(written), size=len(written))


def items(check: Check, data: str | bytes, where: Context, **options: Any) -> list[Item]:
    """What a check says, a reason why it could not judge included."""
    try:
        return list(check.run(payload(data), options, where))
    except CannotJudge as reason:
        return [reason.finding]


def judge(data: str | bytes, where: Context, **options: Any) -> list[Item]:
    """What xml.schematron says."""
    return items(Schematron(), data, where, **options)


def findings(said: list[Item]) -> list[Finding]:
    return [item for item in said if isinstance(item, Finding)]


def covered(said: list[Item]) -> frozenset[str]:
    return frozenset().union(*(item.rules for item in said if isinstance(item, Covered)))


def notes(said: list[Item]) -> dict[str, str]:
    return {item.key: item.value for item in said if isinstance(item, Note)}


def codes(said: list[Item]) -> list[str]:
    return [finding.code for finding in findings(said)]


def broken(said: list[Item]) -> set[str | None]:
    """Ids of the rules that have findings."""
    return {finding.rule for finding in findings(said)}
