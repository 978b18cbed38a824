"""Messages of real standards: no code of them is found wrong by mistake."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.codeliste import Codeliste
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.standard import Artefact, ArtefactKind, Message, Standard, StandardKind
from schnittstellen.engine.ports import Context, Payload
from tests.corpus import corpus

WRONG_IN_THE_SAMPLES = {
    "urn:xschule-digital:xschule:codeliste:abiturfachdigital",
    "urn:xschule-digital:kmk:codeliste:foerderschwerpunkt",
    "urn:xschule-digital:xschule:codeliste:anforderungsniveau",
    "urn:de:xoev:codeliste:erreichbarkeit",
}
"""Lists of which published samples use codes that are in no published version (looked up by hand)."""


@pytest.mark.parametrize("name", ["xschule", "xhochschule"])
def test_samples_of_the_education_standards(name: str) -> None:
    root = corpus(name)
    judge = _Judge(root)
    messages = sorted((root / "xml").glob("*.xml"))
    assert messages
    for message in messages:
        _only_known_faults(judge.findings(message))


@pytest.mark.parametrize("version", ["2.3.0", "2.4.0", "3.0.0"])
def test_patterns_of_xdomea(version: str) -> None:
    root = corpus("xdomea")
    judge = _Judge(root / "schemes", f"xdomea_{version}/xdomea-Nachrichten-AussonderungDurchfuehren.xsd")
    messages = sorted((root / "pattern" / f"xdomea_{version}").rglob("*.xml"))
    assert messages
    for message in messages:
        _only_known_faults(judge.findings(message))


def test_a_code_that_was_changed_is_found() -> None:
    root = corpus("xhochschule")
    tree = etree.parse(root / "xml" / "Hochschulabschlusszeugnis.xml")
    judge, name = _Judge(root), tree.getroot().tag
    assert "C101" not in {one.code for one in judge.of(etree.tostring(tree), name)}
    for code in tree.iter("{*}code"):
        if len(code) == 0:
            code.text = "kein-code"
    found = [one for one in judge.of(etree.tostring(tree), name) if one.code == "C101"]
    assert {one.parameters["list"].rpartition(":")[2] for one in found} >= {"leistungsart", "leistungsstatus"}


def _only_known_faults(found: list[Finding]) -> None:
    wrong = [one for one in found if one.code not in ("C105", "C106", "C109")]
    assert {one.parameters["list"] for one in wrong if one.code == "C101"} <= WRONG_IN_THE_SAMPLES
    assert {one.code for one in wrong} <= {"C101", "C112", "C116"}


class _Judge:
    def __init__(self, root: Path, schema: str | None = None) -> None:
        artefacts = [one for path in sorted(root.rglob("*")) if (one := _artefact(root, path))]
        self._standard = Standard("corpus", "1", "Corpus", StandardKind.XML, artefacts=tuple(artefacts))
        self._bundle = Bundle(self._standard, root)
        self._schema = schema
        self._check = Codeliste()

    def findings(self, message: Path) -> list[Finding]:
        return self.of(message.read_bytes(), etree.parse(message).getroot().tag)

    def of(self, data: bytes, root: str) -> list[Finding]:
        schemas = (self._schema,) if self._schema else self._declaring(root)
        context = Context(self._standard, self._bundle, Message("m", root, schemas))
        payload = Payload(name="m.xml", open=lambda: BytesIO(data), size=len(data))
        return [one for one in self._check.run(payload, {}, context) if isinstance(one, Finding)]

    def _declaring(self, root: str) -> tuple[str, ...]:
        wanted = f'name="{etree.QName(root).localname}"'.encode()
        schemas = [one.path for one in self._standard.artefacts if one.kind is ArtefactKind.SCHEMA]
        return tuple(path for path in schemas if wanted in self._bundle.read(path))[:1]


def _artefact(root: Path, path: Path) -> Artefact | None:
    if path.suffix not in (".xsd", ".xml", ".gc"):
        return None
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    name = path.relative_to(root).as_posix()
    if path.suffix == ".xsd":
        return Artefact(name, digest, ArtefactKind.SCHEMA, namespace=etree.fromstring(data).get("targetNamespace"))
    return Artefact(name, digest, ArtefactKind.CODELIST) if b"SimpleCodeList" in data else None
