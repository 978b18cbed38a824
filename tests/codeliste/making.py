"""Small standards with code lists, made on the fly, and the check run over a message of theirs."""

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.codeliste import Codeliste
from schnittstellen.domain.finding import CannotJudge, Finding, Item
from schnittstellen.domain.standard import Artefact, ArtefactKind, Message, Standard, StandardKind
from schnittstellen.engine.ports import STREAM_FROM, Context, Payload

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
CODE = '<xs:element name="code" type="xs:token" form="unqualified"/>'
LIST = "urn:muster:codeliste:rasse"

Row = tuple[str, ...]


def genericode(version: str, rows: Sequence[Row], uri: str = LIST, annotation: str = "") -> str:
    """A list whose rows are code, name, first and last day."""
    columns = "".join(
        f'<Column Id="{id}" Use="optional"><ShortName>{id}</ShortName><Data Type="string"/></Column>'
        for id in ("code", "name", "gueltigAb", "gueltigBis")
    )
    body = "".join(f"<Row>{_values(row)}</Row>" for row in rows)
    return (
        '<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">'
        f"<Annotation><Description>{annotation}</Description></Annotation>"
        f"<Identification><ShortName>L</ShortName><LongName>Muster</LongName><Version>{version}</Version>"
        f"<CanonicalUri>{uri}</CanonicalUri><CanonicalVersionUri>{uri}_{version}</CanonicalVersionUri></Identification>"
        f'<ColumnSet>{columns}<Key Id="k"><ShortName>k</ShortName><ColumnRef Ref="code"/></Key></ColumnSet>'
        f"<SimpleCodeList>{body}</SimpleCodeList></gc:CodeList>"
    )


def _values(row: Row) -> str:
    named = zip(("code", "name", "gueltigAb", "gueltigBis"), row, strict=False)
    return "".join(
        f'<Value ColumnRef="{column}"><SimpleValue>{value}</SimpleValue></Value>' for column, value in named if value
    )


def schema(code_type: str, more: str = "") -> str:
    """A schema of the message {m}nachricht with elements rasse, whose type Rasse has the attributes `code_type`."""
    return (
        f'<xs:schema {XS} xmlns:m="m" targetNamespace="m" elementFormDefault="qualified">'
        '<xs:element name="nachricht"><xs:complexType><xs:sequence>'
        '<xs:element name="erstellungszeitpunkt" type="xs:dateTime" minOccurs="0"/>'
        '<xs:element name="rasse" type="m:Rasse" minOccurs="0" maxOccurs="unbounded"/>'
        "</xs:sequence></xs:complexType></xs:element>"
        f'<xs:complexType name="Rasse"><xs:sequence>{CODE}</xs:sequence>{code_type}</xs:complexType>{more}</xs:schema>'
    )


OPEN = schema('<xs:attribute name="listURI"/><xs:attribute name="listVersionID"/>')
STRICT = schema('<xs:attribute name="listURI" use="required"/><xs:attribute name="listVersionID" use="required"/>')


class Mini:
    """A standard in a folder: lists, one schema, one message."""

    def __init__(self, folder: Path, lists: Sequence[str] = (), xsd: str = OPEN) -> None:
        files = {f"liste{number}.xml": text for number, text in enumerate(lists)} | {"m.xsd": xsd}
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        artefacts = tuple(
            Artefact(
                name,
                hashlib.sha256(text.encode()).hexdigest(),
                ArtefactKind.SCHEMA if name.endswith("xsd") else ArtefactKind.CODELIST,
                namespace="m" if name.endswith("xsd") else None,
            )
            for name, text in files.items()
        )
        self.standard = Standard("mini", "1", "Mini", StandardKind.XML, artefacts=artefacts)
        self.bundle = Bundle(self.standard, folder)
        self.message = Message("nachricht", "{m}nachricht", ("m.xsd",))
        self.check = Codeliste()

    def items(self, body: str, options: Mapping[str, Any] | None = None, *, large: bool = False) -> list[Item]:
        """What the check says of a message with that content; raises nothing where it cannot judge."""
        data = f'<m:nachricht xmlns:m="m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}</m:nachricht>'
        return self.of(data.encode(), options, large=large)

    def of(self, data: bytes, options: Mapping[str, Any] | None = None, *, large: bool = False) -> list[Item]:
        size = STREAM_FROM if large else len(data)
        payload = Payload(name="m.xml", open=lambda: BytesIO(data), size=size)
        context = Context(self.standard, self.bundle, self.message)
        found: list[Item] = []
        try:
            found.extend(self.check.run(payload, options or {}, context))
        except CannotJudge as reason:
            found.append(reason.finding)
        return found

    def findings(self, body: str, options: Mapping[str, Any] | None = None, *, large: bool = False) -> list[Finding]:
        """The findings alone."""
        return [one for one in self.items(body, options, large=large) if isinstance(one, Finding)]

    def codes(self, body: str, options: Mapping[str, Any] | None = None, *, large: bool = False) -> list[str]:
        """The codes of the findings, in order."""
        return [one.code for one in self.findings(body, options, large=large)]


def rasse(code: str, version: str | None = "1", uri: str | None = LIST) -> str:
    """An element rasse with a code."""
    attributes = "" if uri is None else f' listURI="{uri}"'
    attributes += "" if version is None else f' listVersionID="{version}"'
    return f"<m:rasse{attributes}><code>{code}</code></m:rasse>"


def on(day: str) -> str:
    """The head of a message of that day."""
    return f"<m:erstellungszeitpunkt>{day}T10:00:00+01:00</m:erstellungszeitpunkt>"
