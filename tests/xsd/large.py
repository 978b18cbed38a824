"""A large message with chosen faults, written to a file and judged; run in a process of its own to measure memory."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.xml_schema import Schema
from schnittstellen.checks.xml_wellformed import WellFormed
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.standard import Artefact, ArtefactKind, Standard, StandardKind
from schnittstellen.engine.ports import Context, Payload
from tests.xsd.making import NS, Said, said, xsd

PLAIN = xsd(
    '<xs:element name="liste"><xs:complexType><xs:sequence><xs:element name="eintrag" maxOccurs="unbounded">'
    '<xs:complexType><xs:sequence><xs:element name="name" type="xs:string"/><xs:element name="datum" type="xs:date"/>'
    '<xs:element name="betrag" type="xs:decimal"/></xs:sequence>{}</xs:complexType></xs:element></xs:sequence>'
    "</xs:complexType></xs:element>"
)
IDS = '<xs:attribute name="id" type="xs:ID"/><xs:attribute name="ref" type="xs:IDREF"/>'


def measure(folder: Path, mebibytes: int, faults: Sequence[str]) -> str:
    """Peak of memory in MiB, then the findings: of reading if there are any, else of the schema."""
    file = folder / "gross.xml"
    _write(file, mebibytes, faults)
    schema = PLAIN.format(IDS if "id" in faults else "").encode()
    (folder / "s.xsd").write_bytes(schema)
    pinned = Artefact("s.xsd", hashlib.sha256(schema).hexdigest(), ArtefactKind.SCHEMA)
    standard = Standard("muster", "1", "Muster", StandardKind.XML, artefacts=(pinned,))
    context = Context(standard, Bundle(standard, folder))
    payload = Payload(name=file.name, open=lambda: file.open("rb"), size=file.stat().st_size)
    assert payload.large
    read = said(WellFormed(), payload, {}, context)
    judged = said(Schema(), payload, {"schema": "s.xsd"}, context)
    if read.findings:
        assert judged.untested
    return " ".join([str(_peak()), *_shown(read, judged, "id" in faults)])


def _peak() -> int:
    """Peak of memory of this process in MiB; ru_maxrss would begin with that of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1024


def _shown(read: Said, judged: Said, identity: bool) -> list[str]:
    if read.findings:
        return read.codes
    return [":".join(_parts(one, identity)) for one in judged.findings]


def _parts(finding: Finding, identity: bool) -> Iterator[str]:
    """Code, line, path, and how often where more than once; without the line where identity is looked at."""
    yield finding.code
    if not identity:
        yield str(finding.place.line)
    yield str(finding.place.xpath)
    if finding.count > 1:
        yield str(finding.count)


def _write(file: Path, mebibytes: int, faults: Sequence[str]) -> None:
    places = {int(at): name for name, _, at in (fault.partition("@") for fault in faults) if at}
    with file.open("w", encoding="utf-8") as out:
        if "doctype" in faults:
            out.write("<!--" + "x" * 100_000 + '-->\n<!DOCTYPE liste [<!ENTITY a "b">]>')
        out.write(f'<liste xmlns="{NS}">\n')
        if "tief" in faults:
            out.write("<eintrag>\n" * (mebibytes << 17))
        if "kommentare" in faults:
            out.writelines("<!-- " + "Muster " * 145 + "--><?muster x?>\n" for _ in range(mebibytes << 10))
        number = 0
        while out.tell() < mebibytes << 20:
            out.write("".join(_entry(one, places.get(one), "id" in faults) for one in range(number, number + 1000)))
            number += 1000
        out.write("\x01" if "zeichen" in faults else "")
        out.write("" if "offen" in faults else "</liste>")


def _entry(number: int, fault: str | None, identity: bool) -> str:
    id, reference = number - (fault == "doppelt"), max(0, number - 3)
    target = "nirgends" if fault == "ohneziel" else f"i{reference}"
    attributes = f' id="i{id}" ref="{target}"' if identity else ' x="1"' if fault == "attribut" else ""
    day = "2020-13-01" if fault == "datum" else "2020-01-01"
    date = "\n" if fault == "fehlt" else f" <datum>{day}</datum>\n"
    name = f" <name>Muster {number} GmbH und Co KG, Aktenzeichen 4711/{number}</name>\n"
    return f"<eintrag{attributes}>\n{name}{date} <betrag>{number}.50</betrag>\n</eintrag>\n"
