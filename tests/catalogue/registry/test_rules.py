"""Each rule of the registry: the good registry passes, and one thing broken is named with file, line and reason."""

from pathlib import Path

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.registry.checking import check
from schnittstellen.catalogue.registry.names import of_library
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue.registry.folders import changed, make

PRODUCT = "products/muster-antrag.toml"
LANDSCAPE = "deployments/05999001.toml"


def problems(folder: Path) -> list[str]:
    return [problem.told() for problem in check(folder, of_library(bootstrap.library())).problems]


def test_the_good_one_passes(tmp_path: Path) -> None:
    checked = check(make(tmp_path), of_library(bootstrap.library()))
    assert checked.problems == []
    assert sum(checked.files.values()) == 8


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        (PRODUCT, 'name = "Musterantrag"', "name = Musterantrag", 4, "TOML"),
        (PRODUCT, 'name = "Musterantrag"\n', "", None, "name fehlt"),
        (PRODUCT, 'name = "Musterantrag"', 'name = "Musterantrag"\nlevel = 3', 5, "level ist hier nicht vorgesehen"),
        (PRODUCT, 'name = "Musterantrag"', "name = 7", 4, "Text in Anführungszeichen"),
        (PRODUCT, '"online-dienst"', '"dienst"', 5, "Möglich sind hier"),
        (PRODUCT, '"schnittstellen.product/1"', '"schnittstellen.product/2"', 1, "Hier muss schnittstellen.product/1"),
        (PRODUCT, 'id = "muster-antrag"', 'id = "muster-anders"', 2, "muster-anders.toml heißen"),
        (PRODUCT, 'vendor = "musterhaus"', 'vendor = "nirgends"', 3, "nirgends ist nicht bekannt"),
        (PRODUCT, '["99000000000001"]', '["99000000000002"]', 10, "99000000000002 ist nicht bekannt"),
        (PRODUCT, '["99000000000001"]', '["9900"]', 10, "LeiKa-Schlüssel aus 14 Ziffern"),
        (PRODUCT, '["cloud"]', '["cloud", "cloud"]', 11, "etwas doppelt"),
        (PRODUCT, '["muster-antraege"]', '["muster-akte"]', 17, "muster-akte kommt mehrfach vor"),
        (PRODUCT, 'version = "2.0"', 'version = "1.0"', 27, "1.0 kommt mehrfach vor"),
        (PRODUCT, "end_of_support = 2026-12-31", "end_of_support = 2024-12-31", 24, "2025-01-01 liegt nach 2024-12-31"),
        (PRODUCT, 'role = "sender"', 'role = "bote"', 32, "keine Rolle bote"),
        (PRODUCT, "xmuster@1.0", "xmuster@9.0", 31, "Den Standard xmuster@9.0 gibt es nicht"),
        (PRODUCT, 'messages = ["antrag"]', 'messages = ["gruss"]', 33, "keine Nachricht gruss"),
        (PRODUCT, '"EUPL-1.2"', '"frei"', 14, "„frei“ ist kein SPDX-Lizenzausdruck"),
        (PRODUCT, '"EUPL-1.2"', '"EUPL-1.2 OR"', 14, "kein SPDX-Lizenzausdruck"),
        (PRODUCT, '"0 Euro"', '"0\\u0000 Euro"', 12, "Steuerzeichen (U+0000)"),
        (PRODUCT, '"Einführung"', '"\\u202Egnurhüfniet"', 19, "Steuerzeichen (U+202E)"),
        ("services/muster.toml", '"Musterleistung"', '"Muster\\u009Bleistung"', 7, "Steuerzeichen (U+009B)"),
        ("standards/xmuster.toml", 'id = "xmuster"', 'id = "xmuster"\nid = "y"', 3, "TOML"),
        ("standards/xmuster.toml", "2026-01-01", "2028-01-01", 11, "liegt nach"),
        ("standards/xmuster.toml", 'id = "sender"', 'id = "empfaenger"', 12, "empfaenger kommt mehrfach vor"),
        ("services/muster.toml", '"fachverfahren"]', '"faxgeraet"]', 7, "Station faxgeraet"),
        ("municipalities/musterkreis.toml", "059990001001", "059980001001", 6, "gehört nicht zum AGS"),
        ("municipalities/musterkreis.toml", '"05999001"', "5999001", 5, "Text in Anführungszeichen"),
        ("municipalities/musterkreis.toml", "population = 8000", "population = -1", 8, "kleiner als 0"),
        ("providers/musterzentrum.toml", '["05999001"]', '["05999002"]', 4, "05999002 ist nicht bekannt"),
        (
            "vendors/musterhaus.toml",
            "https://musterhaus.example",
            "javascript:alert(1)",
            4,
            "Erwartet wird eine Webadresse",
        ),
        (
            "vendors/musterhaus.toml",
            "https://musterhaus.example",
            "https://wer:geheim@musterhaus.example",
            4,
            "ohne Kennwort",
        ),
        ("vendors/musterhaus.toml", "https://musterhaus.example", "https://[musterhaus.example", 4, "eine Webadresse"),
        (PRODUCT, 'id = "muster-antrag"', 'id = "Muster Antrag"', 2, "Kleinbuchstaben ohne Umlaute"),
        (PRODUCT, 'version = "2.0"', 'version = "2.0 beta"', 27, "60 Buchstaben ohne Umlaute"),
        ("municipalities/musterkreis.toml", '"05999001"', '"5999001"', 5, "8 Ziffern. Tabellenprogramme"),
        ("municipalities/musterkreis.toml", '"Musterstadt"', '" Musterstadt"', 7, "in einer Zeile"),
        (LANDSCAPE, "muster-akte@1.0", "muster-akte@3.0", 6, "muster-akte@3.0 ist nicht bekannt"),
        (LANDSCAPE, '"musterzentrum"', '"niemand"', 14, "niemand ist nicht bekannt"),
        (LANDSCAPE, 'second = "akte"', 'second = "post"', 20, "post ist nicht bekannt"),
        (LANDSCAPE, 'second = "akte"', 'second = "antrag"', 20, "mit sich selbst"),
        (LANDSCAPE, 'id = "antrag"', 'id = "akte"', 11, "akte kommt mehrfach vor"),
        (LANDSCAPE, 'ags = "05999001"', 'ags = "05999009"', 2, "05999009.toml heißen"),
    ],
)
def test_one_thing_broken(  # noqa: PLR0917
    tmp_path: Path, name: str, old: str, new: str, line: int | None, reason: str
) -> None:
    found = problems(changed(tmp_path, name, old, new))
    at = f"{name}:{line}: " if line else f"{name}: "
    assert [one for one in found if one.startswith(at) and reason in one], found


def test_evidence_needs_a_declaration(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "muster-antrag@1.0.toml").write_text(
        'schema = "schnittstellen.evidence/1"\nrelease = "muster-antrag@1.0"\n[[evidence]]\n'
        f'report = "{"0" * 64}"\nstandard = "xmuster@1.0"\nrole = "sender"\nattached = 2026-02-01T00:00:00Z\n'
    )
    assert "erklärt keine Unterstützung von xmuster@1.0" in problems(tmp_path)[0]


def test_merging_into_a_merged_product(tmp_path: Path) -> None:
    changed(tmp_path, PRODUCT, 'id = "muster-antrag"', 'id = "muster-antrag"\nmerged_into = "muster-akte"')
    akte = tmp_path / "products" / "muster-akte.toml"
    assert problems(tmp_path) == []
    akte.write_text(akte.read_text().replace('kind = "e-akte"', 'kind = "e-akte"\nmerged_into = "muster-antrag"'))
    assert any("selbst zusammengeführt" in one for one in problems(tmp_path))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'schema = "schnittstellen.vendor/1"\nname = "\xff"\n', "vendors/boese.toml:2: Die Datei ist nicht in UTF-8"),
        (b"a = " + b"[" * 100_000, "vendors/boese.toml"),
        (b'name = "a\x00b"', "vendors/boese.toml:1"),
        (b'x = "' + b"a" * (21 * 1024 * 1024) + b'"', "größer als 20 MiB"),
    ],
)
def test_evil_files(tmp_path: Path, raw: bytes, reason: str) -> None:
    make(tmp_path)
    (tmp_path / "vendors" / "boese.toml").write_bytes(raw)
    found = problems(tmp_path)
    assert reason in found[0]
    assert len(found) == 1


def test_links_out_of_the_registry_are_not_followed(tmp_path: Path) -> None:
    folder = make(tmp_path / "registry")
    outside = tmp_path / "fremd.toml"
    outside.write_text('schema = "schnittstellen.vendor/1"\nid = "fremd"\nname = "Fremd"\n')
    (folder / "vendors" / "fremd.toml").symlink_to(outside)
    assert check(folder, of_library(bootstrap.library())).files["vendors"] == 1


def test_a_folder_without_a_registry_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchnittstellenError, match="F101"):
        problems(tmp_path)
