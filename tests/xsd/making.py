"""Small schemas and messages, judged through the checks as a run would."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.xml_schema import Schema
from schnittstellen.checks.xml_wellformed import WellFormed
from schnittstellen.domain.finding import CannotJudge, Finding, Note
from schnittstellen.domain.standard import Artefact, ArtefactKind, Message, Standard, StandardKind
from schnittstellen.engine.ports import Context, Payload

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
NS = "urn:muster"


@dataclass(frozen=True)
class Said:
    """What a check said: its findings, its notes, and whether it gave up (then the reason is the one finding)."""

    findings: tuple[Finding, ...]
    notes: Mapping[str, str]
    untested: bool = False

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    def one(self) -> Finding:
        assert len(self.findings) == 1, self.findings
        return self.findings[0]


def xsd(body: str, attributes: str = "") -> str:
    """A schema with target namespace `NS` (prefix t), elements qualified."""
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NS}" xmlns:t="{NS}" '
        f'elementFormDefault="qualified" {attributes}>{body}</xs:schema>'
    )


def holding(content: str, beside: str = "") -> str:
    """A schema whose root element r holds `content`; `beside` stands in the declaration behind the type."""
    return xsd(f'<xs:element name="r"><xs:complexType>{content}</xs:complexType>{beside}</xs:element>')


def valued(base: str, **facets: str) -> str:
    """A schema whose root element r has a value of `base`, restricted by facets."""
    inner = "".join(f'<xs:{name} value="{value}"/>' for name, value in facets.items())
    kind = f'<xs:simpleType><xs:restriction base="{base}">{inner}</xs:restriction></xs:simpleType>'
    return xsd(f'<xs:element name="r">{kind}</xs:element>')


def message(content: str = "", attributes: str = "") -> str:
    """A message with root element r in `NS`."""
    return f'<r xmlns="{NS}" {attributes}>{content}</r>'


def payload(data: bytes | str, name: str = "nachricht.xml") -> Payload:
    """A payload held in memory."""
    raw = data.encode() if isinstance(data, str) else data
    return Payload(name=name, open=lambda: io.BytesIO(raw), size=len(raw))  # type: ignore[arg-type,return-value]


def bundle(folder: Path, files: Mapping[str, str | bytes], **more: Any) -> Bundle:
    """A standard whose artefacts are `files`, written below `folder`; `addresses` maps paths to public addresses."""
    addresses = more.pop("addresses", {})
    artefacts = []
    for path, text in files.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        artefacts.append(Artefact(path, digest, ArtefactKind.SCHEMA, addresses=addresses.get(path, ())))
    standard = Standard("muster", "1", "Muster", StandardKind.XML, artefacts=tuple(artefacts), **more)
    return Bundle(standard, folder)


def said(check: Any, seen: Payload, options: Mapping[str, Any], context: Context) -> Said:
    """Run one check."""
    findings: list[Finding] = []
    notes: dict[str, str] = {}
    try:
        for item in check.run(seen, options, context):
            if isinstance(item, Finding):
                findings.append(item)
            elif isinstance(item, Note):
                notes[item.key] = item.value
    except CannotJudge as reason:
        return Said((reason.finding,), notes, untested=True)
    return Said(tuple(findings), notes)


def judged(folder: Path, schema: str | Mapping[str, str | bytes], text: str | bytes, **more: Any) -> Said:
    """What `xml.schema` says of `text` under `schema` (of several files, the first is the entry)."""
    files = {"s.xsd": schema} if isinstance(schema, str) else schema
    paths = more.pop("paths", [next(iter(files))])
    known = bundle(folder, files, **more)
    wanted = Message("m", f"{{{NS}}}r", tuple(paths))
    return said(Schema(), payload(text), {}, Context(known.standard, known, wanted))


def read(data: bytes | str) -> Said:
    """What `xml.wellformed` says."""
    standard = Standard("muster", "1", "Muster", StandardKind.XML)
    return said(WellFormed(), payload(data), {}, Context(standard, Bundle(standard, Path())))
