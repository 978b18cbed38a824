"""Where the files come from: archives, addresses, the XRepository, packages; and what is refused."""

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from schnittstellen.artefacts.add import add
from schnittstellen.artefacts.sources import archive, open_sources, web
from schnittstellen.domain.errors import SchnittstellenError
from tests.artefacts.releases import genericode, metadata, schema, write
from tests.artefacts.running import added

ROOT = '<xs:element name="wurzel" type="xs:string"/>'
Answers = dict[str, tuple[int, dict[str, str], bytes]]


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return data.getvalue()


def refusal(action: Callable[[], object]) -> SchnittstellenError:
    with pytest.raises(SchnittstellenError) as caught:
        action()
    return caught.value


@contextmanager
def server(answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: path to status, headers, body; the second value lists what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path)
            asked.append(path)
            status, headers, body = answers.get(path, (404, {}, b'{"meldung": "unbekannt"}'))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}", asked
        finally:
            http.shutdown()
            thread.join()


def test_an_archive_is_read_without_being_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    path.write_bytes(packed({"xmuster/xsd/a.xsd": schema(metadata() + ROOT), "__MACOSX/xmuster/._a": b"x"}))
    one = added(path, tmp_path / "lib")
    assert (one.standard.name, one.standard.source) == ("xmuster@1.0", "release.zip")
    assert [each.path for each in one.standard.artefacts] == ["a.xsd"]


@pytest.mark.parametrize("name", ["../a.xsd", "/etc/a.xsd", "x/../../a.xsd", "C:/a.xsd", "..\\a.xsd"])
def test_an_archive_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "boese.zip"
    path.write_bytes(packed({name: schema(ROOT)}))
    error = refusal(lambda: add(str(path), into=tmp_path / "lib"))
    assert (error.fault.code, str(error.parameters["reason"])) == ("S003", archive.LEAVES)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        entry = zipfile.ZipInfo("a.xsd")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(entry, "/etc/passwd")
    path = tmp_path / "link.zip"
    path.write_bytes(data.getvalue())
    assert refusal(lambda: open_sources([str(path)])).fault.code == "S003"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bombe.zip"
    path.write_bytes(packed({"a.xsd": b"\0" * 40_000_000}))
    assert refusal(lambda: open_sources([str(path)])).parameters["reason"] == archive.BOMB


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_broken_archive_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "kaputt.zip"
    path.write_bytes(packed({"a.xsd": schema(ROOT)})[:cut])
    assert refusal(lambda: open_sources([str(path)])).fault.code == "S003"


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "aussen.zip"
    path.write_bytes(packed({"innen.zip": packed({"a.xsd": schema(ROOT)})}))
    assert refusal(lambda: add(str(path), into=tmp_path / "lib")).fault.code == "S002"


def test_nothing_outside_the_folder_is_read_through_a_link(tmp_path: Path) -> None:
    write(tmp_path / "geheim", {"a.xsd": schema(ROOT)})
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "a.xsd").symlink_to(tmp_path / "geheim" / "a.xsd")
    assert refusal(lambda: add(str(tmp_path / "q"), into=tmp_path / "lib")).fault.code == "S002"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("gibt/es/nicht", "S001"),
        ("http://muster.example/a.zip", "S005"),
        ("ftp://muster.example/a.zip", "S005"),
        ("package:gibt-es-nicht-muster", "S008"),
        ("urn:xoev-de:muster:standard:xmuster", "S009"),
    ],
)
def test_sources_that_cannot_be_are_refused(tmp_path: Path, source: str, code: str) -> None:
    assert refusal(lambda: add(source, into=tmp_path / "lib")).fault.code == code


def test_an_address_may_give_an_archive_or_a_file_whatever_it_is_called(tmp_path: Path) -> None:
    answers: Answers = {
        "/herunterladen": (200, {"Content-Type": "text/html"}, packed({"x/a.xsd": schema(metadata() + ROOT)})),
        "/um": (302, {"Location": "/herunterladen"}, b""),
        "/b.xsd": (200, {}, schema(metadata("xandere") + ROOT).encode()),
    }
    with server(answers) as (base, _):
        assert added(f"{base}/um", tmp_path / "lib").standard.name == "xmuster@1.0"
        one = added(f"{base}/b.xsd", tmp_path / "lib")
    assert (one.standard.name, one.standard.source) == ("xandere@1.0", f"{base}/b.xsd")
    assert one.standard.artefacts[0].addresses == (f"{base}/b.xsd",)


def test_an_address_may_answer_references(tmp_path: Path) -> None:
    helper = schema('<xs:simpleType name="Kurz"><xs:restriction base="xs:string"/></xs:simpleType>', "urn:muster:t")
    body = (
        '<xs:import namespace="urn:muster:t" schemaLocation="http://muster.example/t.xsd"/>'
        '<xs:element name="wurzel" type="h:Kurz" xmlns:h="urn:muster:t"/>'
    )
    with server({"/t.xsd": (200, {}, helper.encode())}) as (base, _):
        one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib", f"{base}/t.xsd")
    assert one.unresolved == ()


def test_addresses_that_do_not_answer_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Answers = {"/kreis": (302, {"Location": "/kreis"}, b""), "/gross": (200, {}, b"x" * 2000)}
    monkeypatch.setattr(web, "MAX_DOWNLOAD", 1000)
    with server(answers) as (base, _):
        for path, code in (("/fehlt", "S006"), ("/kreis", "S006"), ("/gross", "S004")):
            assert refusal(lambda path=path: open_sources([base + path])).fault.code == code  # type: ignore[misc]
    assert refusal(lambda: open_sources([base])).fault.code == "S006"


def test_a_redirect_may_not_lower_the_guard() -> None:
    with server({"/um": (302, {"Location": "http://muster.example/a.zip"}, b"")}) as (base, _):
        assert refusal(lambda: open_sources([base + "/um"])).fault.code == "S005"


def test_the_xrepository_gives_schemas_and_the_lists_that_they_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urn = "urn:xoev-de:muster:standard:xmuster_1.0"
    use = (
        '<xs:complexType name="CodeX"><xs:sequence><xs:element name="code" type="xs:token"/></xs:sequence>'
        '<xs:attribute name="listURI" fixed="urn:muster:liste"/><xs:attribute name="listVersionID"/></xs:complexType>'
    )
    answers: Answers = {
        f"/api/xrepository/{urn}:xmlschema": (200, {}, packed({"a.xsd": schema(metadata() + use + ROOT)})),
        f"/api/version_standard/{urn}/genutzteAktuelleCodelisten": (
            200,
            {},
            packed({"l.xml": genericode("urn:muster:liste")}),
        ),
    }
    with server(answers) as (base, asked):
        monkeypatch.setenv("SCHNITTSTELLEN_XREPOSITORY", base)
        one = added(urn, tmp_path / "lib")
    assert asked == list(answers)
    assert (one.standard.name, one.standard.source, one.missing_lists) == ("xmuster@1.0", urn, ())
    assert len(one.standard.artefacts) == 2


def test_a_standard_without_lists_in_the_xrepository_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urn = "urn:xoev-de:muster:standard:xmuster_1.0"
    with server({f"/api/xrepository/{urn}:xmlschema": (200, {}, packed({"a.xsd": schema(ROOT)}))}) as (base, _):
        monkeypatch.setenv("SCHNITTSTELLEN_XREPOSITORY", base)
        assert added(urn, tmp_path / "lib").standard.messages[0].id == "wurzel"


@pytest.mark.parametrize("form", ["xml", "json"])
def test_the_version_in_force_of_a_list_is_asked_for(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    urn = "urn:de:muster:codeliste:farben"
    said = (
        f'<VersionCodeliste xmlns="urn:x"><kennung>{urn}_7</kennung></VersionCodeliste>'
        if form == "xml"
        else json.dumps({"kennung": f"{urn}_7"})
    )
    answers: Answers = {
        f"/api/codeliste/{urn}/gueltigeVersion": (200, {}, said.encode()),
        f"/api/version_codeliste/{urn}_7/genericode": (200, {}, genericode(urn, "7").encode()),
    }
    with server(answers) as (base, _):
        monkeypatch.setenv("SCHNITTSTELLEN_XREPOSITORY", base)
        ((source,),) = open_sources([urn])
    assert list(source.tree.addresses.values()) == [urn]


def test_what_the_xrepository_does_not_know_is_said_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with server({}) as (base, _):
        monkeypatch.setenv("SCHNITTSTELLEN_XREPOSITORY", base)
        error = refusal(lambda: open_sources(["urn:xoev-de:muster:standard:xmuster_9"]))
    assert (error.fault.code, error.details) == ("S010", ("unbekannt",))


def test_files_of_an_installed_package_are_pinned_where_they_are(tmp_path: Path) -> None:
    one = added("package:xmlschema/xmlschema/schemas/DSIG/xmldsig-core-schema.xsd", tmp_path / "lib", id="xmldsig")
    assert {artefact.package for artefact in one.standard.artefacts} == {"xmlschema"}
    assert [path.name for path in one.folder.iterdir()] == ["standard.toml"]


def test_a_folder_inside_another_source_sees_the_files_around_it(tmp_path: Path) -> None:
    helper = schema('<xs:simpleType name="Kurz"><xs:restriction base="xs:string"/></xs:simpleType>', "urn:muster:t")
    body = (
        '<xs:import namespace="urn:muster:t" schemaLocation="../gemeinsam/t.xsd"/>'
        '<xs:element name="wurzel" type="h:Kurz" xmlns:h="urn:muster:t"/>'
    )
    whole = write(
        tmp_path / "alles",
        {
            "eins/a.xsd": schema(body),
            "gemeinsam/t.xsd": helper,
            "zwei/b.xsd": schema('<xs:element name="anderes"/>', "urn:muster:2"),
        },
    )
    one = added(whole / "eins", tmp_path / "lib", whole)
    assert [each.id for each in one.standard.messages] == ["wurzel"]
    assert sorted(each.path for each in one.standard.artefacts) == ["eins/a.xsd", "gemeinsam/t.xsd"]
