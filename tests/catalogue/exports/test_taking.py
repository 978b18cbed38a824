"""Taking products over from publiccode.yml: what it says, nothing that it does not say, no person."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.catalogue.exchange_forms.from_publiccode import Taken, Wishes, slug, take
from schnittstellen.catalogue.exchange_forms.standard_names import Doubt, meant, written_name
from schnittstellen.cli.registry_formats import publiccode_command
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.formats.publiccode import read_publiccode
from schnittstellen.formats.written import departures
from tests.catalogue.exports.publiccode_files import GOOD, bent
from tests.corpus import corpus

KNOWN = tuple(Library((built_in(),)).standards())


def _taken(raw: bytes, **wishes) -> Taken:
    read = read_publiccode(raw)
    assert read.accepted
    return take(read.content, "publiccode.yml", Wishes(**{"kind": "fachverfahren", **wishes}), KNOWN)


def _product(taken: Taken) -> dict:
    return tomllib.loads(taken.product[1].decode())


@pytest.mark.parametrize(
    ("name", "roles", "expected"),
    [
        ("urn:x-schnittstellen:oparl:1.1:server", {}, ("oparl", "1.1", "server", None)),
        ("https://schema.oparl.org/1.1/", {"oparl": "client"}, ("oparl", "1.1", "client", None)),
        ("https://schema.oparl.org/1.1/", {}, ("oparl", "1.1", "", Doubt.NO_ROLE)),
        ("https://oparl.org/spezifikation/", {"oparl": "server"}, ("oparl", "", "", Doubt.NO_VERSION)),
        ("urn:xoev-de:muster:standard:xhundesteuer_2.0", {"xhundesteuer": "onlinedienst"},
         ("xhundesteuer", "2.0", "onlinedienst", None)),
        ("urn:xoev-de:muster:standard:xhundesteuer_9.9", {}, ("xhundesteuer", "9.9", "", Doubt.UNKNOWN_VERSION)),
        ("urn:xoev-de:muster:standard:xmeld_2.4", {}, ("", "", "", Doubt.UNKNOWN)),
        ("urn:cen.eu:en16931:2017", {"en16931": "rechnungssteller"}, ("en16931", "1.3.16", "rechnungssteller", None)),
        ("urn:x-schnittstellen:oparl:1.1:drucker", {}, ("oparl", "1.1", "drucker", Doubt.UNKNOWN_ROLE)),
        ("urn:x-schnittstellen:oparl", {}, ("oparl", "", "", Doubt.NO_VERSION)),
        ("alias:gdpr", {}, ("", "", "", Doubt.NOT_AN_INTERFACE)),
        ("https://example.org/irgendwas", {}, ("", "", "", Doubt.UNKNOWN)),
    ],
)  # fmt: skip
def test_names_of_standards_mean_what_is_known_and_nothing_else(name: str, roles: dict[str, str], expected):
    found = meant(name, KNOWN, roles)
    assert (found.standard, found.version, found.role, found.doubt) == expected


def test_what_is_written_is_what_is_meant():
    for standard in KNOWN:
        for role in standard.roles:
            found = meant(written_name(standard.id, standard.version, role.id), KNOWN, {})
            assert (found.standard, found.version, found.role, found.doubt) == (
                standard.id, standard.version, role.id, None,
            )  # fmt: skip


def test_an_accepted_file_becomes_a_product_and_a_vendor():
    taken = _taken(GOOD.encode(), roles={"xhundesteuer": "fachverfahren"})
    product, vendor = _product(taken), tomllib.loads(taken.vendor[1].decode())
    assert not departures(product, "schnittstellen.product/1")
    assert not departures(vendor, "schnittstellen.vendor/1")
    assert (taken.product[0], taken.vendor[0]) == ("products/musterregister.toml", "vendors/musterhaus-gmbh.toml")
    assert product["releases"][0]["version"] == "2.10"
    assert product["releases"][0]["declarations"] == [{"standard": "xhundesteuer@2.0", "role": "fachverfahren"}]
    assert product["licence"] == "EUPL-1.2"


def test_persons_users_and_unknown_standards_are_told_and_not_taken():
    raw = (GOOD + "usedBy:\n  - Musterstadt\n").encode()
    taken = _taken(raw)
    assert b"Frau Muster" not in taken.product[1] + taken.vendor[1]
    assert b"Musterstadt" not in taken.product[1]
    assert "declarations" not in _product(taken)["releases"][0]
    told = "\n".join(taken.notes)
    assert "--role xhundesteuer=ROLLE an (onlinedienst, fachverfahren)" in told
    assert "alias:gdpr ist keine Schnittstelle" in told
    assert "usedBy" in told
    assert "publicly_funded" not in _product(taken)


def test_without_a_version_there_is_no_release():
    taken = _taken(bent('softwareVersion: "2.10"\n', ""), roles={"xhundesteuer": "fachverfahren"})
    assert "releases" not in _product(taken)
    assert not taken.declared


def test_without_a_vendor_one_is_asked_for():
    raw = bent("organisation:\n  name: Musterhaus GmbH\n  uri: https://musterhaus.example.org\n", "")
    with pytest.raises(SchnittstellenError) as caught:
        _taken(raw)
    assert caught.value.fault.code == "F112"
    assert _product(_taken(raw, vendor="musterhaus"))["vendor"] == "musterhaus"


def test_every_accepted_real_file_keeps_the_schemas():
    for path in sorted((corpus("publiccode") / "real").glob("*.y*ml")):
        read = read_publiccode(path.read_bytes())
        if read.accepted:
            taken = take(read.content, path.name, Wishes("fachverfahren", vendor="muster"), KNOWN)
            assert not departures(_product(taken), "schnittstellen.product/1"), path.name
            assert not departures(tomllib.loads(taken.vendor[1].decode()), "schnittstellen.vendor/1"), path.name


@pytest.mark.parametrize(
    ("name", "key"), [("Größe & Maß", "groesse-mass"), ("…", ""), ("aitema|Rats RIS", "aitema-rats-ris")]
)
def test_keys_of_names(name: str, key: str):
    assert slug(name) == key


def test_the_command_writes_once_and_refuses_to_overwrite(tmp_path: Path):
    file, to = tmp_path / "publiccode.yml", tmp_path / "register"
    file.write_text(GOOD)
    run = ["--kind", "fachverfahren", "--to", str(to), str(file)]
    first = CliRunner().invoke(publiccode_command, run)
    assert first.exit_code == 0, first.output
    assert (to / "products" / "musterregister.toml").is_file()
    with pytest.raises(SchnittstellenError) as caught:
        CliRunner().invoke(publiccode_command, run, catch_exceptions=False)
    assert caught.value.fault.code == "F114"
    assert CliRunner().invoke(publiccode_command, [*run, "--force"]).exit_code == 0


def test_a_refused_file_names_every_place_and_writes_nothing(tmp_path: Path):
    file, to = tmp_path / "publiccode.yml", tmp_path / "register"
    file.write_bytes(bent("EUPL-1.2", "frei").replace(b"name: Musterregister", b"name: []"))
    with pytest.raises(SchnittstellenError) as caught:
        CliRunner().invoke(publiccode_command, ["--kind", "e-akte", "--to", str(to), str(file)], catch_exceptions=False)
    assert (caught.value.fault.code, caught.value.fault.exit) == ("F111", 1)
    assert [line.split(": ")[1] for line in caught.value.details] == ["name", "legal.license"]
    assert not to.exists()


@pytest.mark.parametrize("vendor", ["../musterhaus", "Muster Haus", "a/b", "-"])
def test_a_vendor_key_that_is_none_writes_nothing_anywhere(vendor: str):
    with pytest.raises(SchnittstellenError) as caught:
        _taken(GOOD.encode(), vendor=vendor)
    assert caught.value.fault.code == "F115"


@given(name=st.text(min_size=1, max_size=400), version=st.text(max_size=80), owner=st.text(max_size=400))
def test_whatever_an_accepted_file_says_the_registry_stays_in_form_or_untouched(name: str, version: str, owner: str):
    content = {**read_publiccode(GOOD.encode()).content, "name": name, "softwareVersion": version}
    content["organisation"] = {"name": owner, "uri": "urn:x:muster"}
    try:
        taken = take(content, "publiccode.yml", Wishes("fachverfahren"), KNOWN)
    except SchnittstellenError as refused:
        if refused.fault.code not in ("F112", "F115"):
            raise
        return
    assert not departures(_product(taken), "schnittstellen.product/1")
    assert Path(taken.product[0]).parts[:-1] == ("products",)
