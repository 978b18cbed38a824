"""Tables of offices: all of one becomes files, or nothing; each fault by line and reason."""

from pathlib import Path

import pytest

from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db
AGS, LEIKA = "05999001", "99115005060000"


@pytest.fixture(autouse=True)
def known() -> None:
    making.standard("xm@1.0", {"a": (["m"], [])})
    making.product("muster-akte", leistungen=(LEIKA,))
    making.release("muster-akte@3.0")
    making.municipality(AGS)


def _table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "einsatz.csv"
    file.write_bytes(text.encode(encoding))
    return file


def _written(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*.toml"))


def test_a_table_of_deployments_becomes_files_that_can_be_imported(tmp_path: Path) -> None:
    rows = f"{AGS};muster-akte;3.0;{LEIKA};01.02.2024;ja;„Läuft gut“, sagt das Amt;Amt 10;x\n"
    head = "AGS;Programm;Version;Leistung;seit;bestätigt;Erfahrungsbericht;zuständig;Bemerkung\n"
    said = run("registry", "table", "deployments", _table(tmp_path, head + rows, "cp1252"), "--to", tmp_path / "r")
    assert said.exit_code == 0, said.output
    assert "diese Spalten hier nicht gibt: bemerkung." in said.output
    text = (tmp_path / "r" / "deployments" / f"{AGS}.toml").read_text()
    for line in (
        'release = "muster-akte@3.0"',
        f'leistungen = ["{LEIKA}"]',
        "since = 2024-02-01",
        "„Läuft gut“, sagt das Amt",
        'in_charge = "Amt 10"',
        "confirmed = true",
    ):
        assert line in text
    assert run("registry", "import", tmp_path / "r").exit_code == 0
    assert making.Deployment.objects.get().release.version == "3.0"
    assert run("registry", "export", tmp_path / "again").exit_code == 0
    assert (tmp_path / "again" / "deployments" / f"{AGS}.toml").read_text() == text


def test_every_fault_is_told_by_line_and_reason_and_nothing_is_written(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        "ags,product,release,leika,operator,since,until,confirmed\n"
        f"{AGS},muster-akte,3.0,,,,,\n"
        f"{AGS},muster-akte,9.9,,,,,\n"
        "\n"
        f"{AGS},gibt-es-nicht,1,,,,,\n"
        "5999001,muster-akte,3.0,,,,,\n"
        f"{AGS},muster-akte,3.0,99999999999999,niemand,,,\n"
        f"{AGS},muster-akte,3.0,,,2024-13-01,,\n"
        f"{AGS},muster-akte,3.0,,,2024-02-01,2023-01-01,\n"
        f"{AGS},muster-akte,3.0,,,,,vielleicht\n",
    )
    said = run("registry", "table", "deployments", table, "--to", tmp_path / "r")
    assert said.exit_code != 0
    for line in (
        "einsatz.csv:3: release: muster-akte@9.9 ist nicht bekannt.",
        "einsatz.csv:5: release: gibt-es-nicht@1 ist nicht bekannt.",
        "einsatz.csv:6: ags:",
        "einsatz.csv:7: leistungen: 99999999999999 ist nicht bekannt.",
        "einsatz.csv:7: operator: niemand ist nicht bekannt.",
        "einsatz.csv:8: since:",
        "einsatz.csv:9: until: 2024-02-01 liegt nach 2023-01-01.",
        "einsatz.csv:10: confirmed: Hier wird true oder false erwartet.",
    ):
        assert line in said.output, line
    assert "einsatz.csv:2:" not in said.output
    assert _written(tmp_path) == []


def test_what_the_target_names_is_known_too(tmp_path: Path) -> None:
    target = tmp_path / "r"
    (target / "vendors").mkdir(parents=True)
    (target / "products").mkdir()
    (target / "vendors" / "v.toml").write_text('schema = "schnittstellen.vendor/1"\nid = "v"\nname = "V"\n')
    (target / "products" / "neu.toml").write_text(
        'schema = "schnittstellen.product/1"\nid = "neu"\nvendor = "v"\nname = "Neu"\nkind = "e-akte"\n'
        '[[releases]]\nversion = "1"\n'
    )
    table = _table(tmp_path, f"ags,product,release\n{AGS},neu,1\n")
    assert run("registry", "table", "deployments", table, "--to", target).exit_code == 0
    again = run("registry", "table", "deployments", table, "--to", target)
    assert "F114" in again.output
    assert run("registry", "table", "deployments", table, "--to", target, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ags,name\n05111000,X\n", ":1: Die Spalte kreis fehlt."),
        ("ags,name,name,kreis\n", ":1: Die Spalte name kommt mehrfach vor."),
        ("ags,name,kreis\n", ":1: Unter der Kopfzeile steht nichts."),
        ("", ":1: Die Spalte ags fehlt."),
        ("ags,name,kreis\n05111000,X\n", ":2: Die Zeile hat 2 statt 3 Spalten."),
        ("ags,name,kreis\n05111000,,K\n", ":2: name: Die Spalte ist leer."),
        ('ags,name,kreis\n05111000,"X,K\n', "Hier bricht die Form CSV"),
        ("ags,name,kreis,einwohner\n05111000,X,K,viele\n", ":2: population: Hier wird eine ganze Zahl erwartet."),
        ("ags,name,kreis\n05111000,X,K\n05111000,Y,K\n", ":3: ags: 05111000 kommt mehrfach vor."),
        ('ags,name,kreis\n05111000,"X\nY",K\n05111001,,K\n', ":4: name: Die Spalte ist leer."),
        ("ags,ars,name,kreis\n05111000,051120000000,X,K\n", ":2: ars: Der ARS 051120000000 gehört nicht"),
    ],
)
def test_what_is_no_table_of_municipalities(tmp_path: Path, text: str, told: str) -> None:
    said = run("registry", "table", "municipalities", _table(tmp_path, text), "--to", tmp_path / "r")
    assert said.exit_code != 0
    assert told in said.output
    assert _written(tmp_path) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_tables_come_as_spreadsheets_write_them(tmp_path: Path, encoding: str, sign: str) -> None:
    text = "AGS;Name;Kreis;Einwohner\r\n05999901;Müsterstadt;Müsterkreis;8.123\r\n".replace(";", sign)
    said = run("registry", "table", "municipalities", _table(tmp_path, text, encoding), "--to", tmp_path / "r")
    assert said.exit_code == 0, said.output
    assert "Dateien: 1." in said.output
    written = (tmp_path / "r" / "municipalities" / "muesterkreis.toml").read_text(encoding="utf-8")
    assert 'ags = "05999901", name = "Müsterstadt", population = 8123' in written


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    file = tmp_path / "orte.csv"
    file.write_bytes(b"ags,name,kreis\n05111000,\xff\x81,K\n")
    said = run("registry", "table", "municipalities", file, "--to", tmp_path / "r")
    assert "weder in UTF-8 oder UTF-16 noch in Windows-1252" in said.output


def test_numbers_as_offices_write_them(tmp_path: Path) -> None:
    table = _table(tmp_path, "ags;name;kreis;einwohner\n05111000;X;K;618.685\n")
    assert run("registry", "table", "municipalities", table, "--to", tmp_path / "r").exit_code == 0
    assert "population = 618685" in (tmp_path / "r" / "municipalities" / "k.toml").read_text()


def test_a_table_of_leistungen_names_the_line_too(tmp_path: Path) -> None:
    table = _table(tmp_path, f"leika,title,subject\n{LEIKA},Gut,Bauen\n123,Schlecht,Bauen\n")
    said = run("registry", "table", "leistungen", table, "--to", tmp_path / "r")
    assert ":3: leika:" in said.output
    assert _written(tmp_path) == []
