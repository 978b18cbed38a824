"""publiccode.yml: what the standard demands, and YAML that would harm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schnittstellen.formats.publiccode import read_publiccode
from schnittstellen.formats.yaml_tree import MOST_BYTES
from tests.catalogue.exports.publiccode_files import GOOD, bent
from tests.corpus import corpus


def _cases(folder: str) -> list[Path]:
    return sorted(path for path in (corpus("publiccode") / folder).iterdir() if path.suffix in (".yml", ".yaml"))


def test_every_valid_file_of_the_standard_is_accepted():
    refused = {path.name for path in _cases("valid") if not read_publiccode(path.read_bytes(), path.parent).accepted}
    assert not refused


def test_every_invalid_file_is_refused_at_the_line_that_its_comment_points_to():
    wrong = {}
    for path in _cases("invalid"):
        grave = [one for one in read_publiccode(path.read_bytes(), path.parent).remarks if one.grave]
        expected = _marked_lines(path)
        if len(grave) != 1 or (expected and not expected[0] < grave[0].line <= expected[0] + 3):
            wrong[path.name] = [(one.key, one.line, str(one.text)) for one in grave]
    absent = {"description_en_longDescription_missing.yml", "publiccodeYmlVersion_missing.yml"}
    assert set(wrong) <= absent | {"maintenance_contractors_website_invalid.yml"}, wrong


def _marked_lines(path: Path) -> list[int]:
    lines = path.read_bytes().splitlines()
    return [number for number, line in enumerate(lines, 1) if b"Should NOT validate" in line]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("AgID+pat__publiccode.yml", []),
        ("Amsterdam+signals-frontend__publiccode.yml", []),
        ("ISAITB+xml-validator__publiccode.yml", []),
        ("Comune-Milano+gefo__publiccode.yml", []),
        ("Aitema-gmbh+terminvergabe__publiccode.yml", ["categories[1]", "maintenance.type"]),
        ("open-zaak+open-zaak__publiccode.yaml", ["maintenance.contractors[0].until"]),
        ("italia+publiccode-editor__publiccode.yml", ["description.it.screenshots[0]", "legal.authorsFile"]),
    ],
)
def test_real_files_are_judged_as_the_reference_parser_does(name: str, keys: list[str]):
    path = corpus("publiccode") / "real" / name
    assert [one.key for one in read_publiccode(path.read_bytes(), path.parent).remarks if one.grave] == keys


def test_versions_stay_as_written():
    read = read_publiccode(bent('"2.10"', "2.10"))
    assert read.accepted
    assert read.content["softwareVersion"] == "2.10"
    assert read.content["releaseDate"] == "2026-03-01"


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("name: Musterregister", "name: []", "name", 2),
        ('"0.7"', '"1"', "publiccodeYmlVersion", 1),
        ("releaseDate: 2026-03-01", "releaseDate: 2026-02-30", "releaseDate", 5),
        ("releaseDate: 2026-03-01", "releaseDate: 2026-03-01T10:00:00", "releaseDate", 5),
        ("  - web", "  {}", "platforms", 6),
        ("  - id: alias:gdpr", "  - id: alias:dsgvo", "supports[1].id", 15),
        ("  - id: alias:gdpr", "  - id: XÖV", "supports[1].id", 15),
        ("  de:\n    short", "  deu:\n    short", "description.deu", 17),
        ("  de:\n    short", "  de_DE:\n    short", "description.de_DE", 17),
        ("EUPL-1.2", "EUPL", "legal.license", 25),
        ("localisationReady: false", "localisationReady: no", "localisation.localisationReady", 31),
        ("type: internal", "type: contract", "maintenance.contractors", 26),
        ("uri: https://musterhaus.example.org", "uri: musterhaus", "organisation.uri", 12),
        ("Ein Register.", "x" * 151, "description.de.shortDescription", 18),
        ("legal:\n  license: EUPL-1.2\n", "", "legal.license", 1),
        ("    features:\n      - Auskunft\n", "    features: []\n", "description.de.features", 22),
        ("    - name: Frau Muster", "    - email: x@example.org", "maintenance.contacts[0].name", 29),
    ],
)
def test_a_departure_is_named_with_its_place(old: str, new: str, key: str, line: int):
    grave = [one for one in read_publiccode(bent(old, new)).remarks if one.grave]
    assert [(one.key, one.line) for one in grave] == [(key, line)]


def test_characters_are_counted_as_readers_see_them():
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert read_publiccode(bent("Ein Register.", family * 150)).accepted
    assert not read_publiccode(bent("Ein Register.", family * 151)).accepted


def test_what_is_deprecated_is_advice_only():
    read = read_publiccode(bent('"0.7"', "0.4") + b"it:\n  countryExtensionVersion: '1.0'\n")
    assert read.accepted
    assert [one.key for one in read.remarks] == ["publiccodeYmlVersion", "it"]


@pytest.mark.parametrize(
    "raw",
    [
        b"a: &a [*a]",
        b"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        b"c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d]\n",
        b"[" * 5_000,
        b"- " * 5_000 + b"x",
        b"{a: " * 5_000,
        b"name: x\nname: y\n",
        b"a: 1\n---\nb: 2\n",
        b"? [a, b]\n: c\n",
        b"a: !!python/object/apply:os.system ['true']\n",
        b"\xff\xfe\x00",
        b"",
        b"\x00",
        b"x" * (MOST_BYTES + 1),
        b"[]",
        b"just text",
    ],
)
def test_what_could_harm_is_refused_with_a_reason(raw: bytes):
    read = read_publiccode(raw)
    assert not read.accepted
    assert read.remarks[0].line >= 1
    assert str(read.remarks[0].text)


def test_named_files_must_lie_in_the_folder_and_be_pictures(tmp_path: Path):
    raw = (GOOD + "logo: ../logo.svg\n").encode()
    (tmp_path.parent / "logo.svg").write_text("<svg/>")
    assert [one.key for one in read_publiccode(raw, tmp_path).remarks if one.grave] == ["logo"]
    (tmp_path / "logo.png").write_bytes(b"no picture")
    assert not read_publiccode((GOOD + "logo: logo.png\n").encode(), tmp_path).accepted
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (400).to_bytes(4) + (300).to_bytes(4)
    (tmp_path / "logo.png").write_bytes(head)
    assert read_publiccode((GOOD + "logo: logo.png\n").encode(), tmp_path).accepted


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (GOOD + text).encode()))
def test_no_input_raises(raw: bytes):
    read_publiccode(raw)
