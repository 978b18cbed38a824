"""Files, folders and standard input as payloads."""

import io
import os
import socket
from pathlib import Path

import pytest

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.ports import Observation, Payload, Unreadable
from schnittstellen.transports.files import Files
from schnittstellen.transports.sniff import Sort, sniff

GOOD = b"<m>gut</m>"


def test_a_file_is_named_without_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(GOOD)
    (seen,) = _observed(tmp_path / "a.xml")
    assert isinstance(seen, Payload)
    assert (seen.name, seen.size, seen.data()) == ("a.xml", len(GOOD), GOOD)


def test_a_folder_is_read_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.xml", "a/z.xml", "a.xml", "B.xml", ".git/c.xml", ".hidden.xml", "a/.x.xml", "ä.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(GOOD)
    assert _names(tmp_path) == ["B.xml", "a/z.xml", "a.xml", "b.xml", "ä.xml"]
    assert Files().expected(str(tmp_path)) == 5


def test_several_targets_keep_their_names_apart(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(GOOD)
    (seen,) = Files().observe(str(tmp_path / "x.xml"), {"prefix": "eins/x.xml"})
    assert seen.name == "eins/x.xml"
    (seen,) = Files().observe(str(tmp_path), {"prefix": "eins"})
    assert seen.name == "eins/x.xml"


def test_addresses_are_for_others() -> None:
    assert not Files().accepts("https://muster.example/api")
    assert not Files().accepts("HTTP://muster.example/api")
    assert Files().accepts("C:/ordner/datei.xml")
    assert Files().accepts("-")


def test_a_payload_is_pickled_with_its_way_to_the_bytes(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "a.xml").write_bytes(GOOD)
    (seen,) = _observed(tmp_path)
    assert pickle.loads(pickle.dumps(seen)).data() == GOOD


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xml", b"\x89PNG", Sort.MESSAGE),
        ("a.XML", b"", Sort.MESSAGE),
        ("a", b"<m/>", Sort.MESSAGE),
        ("a.txt", b"\xef\xbb\xbf <m/>", Sort.MESSAGE),
        ("a.bin", "\ufeff<m/>".encode("utf-16-le"), Sort.MESSAGE),
        ("a.bin", "<m/>".encode("utf-16-be"), Sort.MESSAGE),
        ("a.bin", "<m/>".encode("utf-32"), Sort.MESSAGE),
        ("a.bin", '<?xml version="1.0"?><m/>'.encode("cp500"), Sort.MESSAGE),
        ("a.txt", b"Guten Tag <m/>", Sort.BESIDE),
        ("a.json", b"{}", Sort.BESIDE),
        ("a.pdf", b"%PDF-1.7", Sort.BESIDE),
        ("a", b"", Sort.BESIDE),
        ("bild.svg", b"<svg/>", Sort.BESIDE),
        ("schema.xsd", b"<xs:schema/>", Sort.BESIDE),
        ("a.zip", b"PK\x03\x04", Sort.ZIP),
        ("a.zip", b"nonsense", Sort.ZIP),
        ("a.xdomea", b"", Sort.ZIP),
        ("a.dat", b"PK\x05\x06", Sort.ZIP),
        ("brief.docx", b"PK\x03\x04", Sort.BESIDE),
        ("brief", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", Sort.BESIDE),
        ("a.tar.gz", b"\x1f\x8b\x08", Sort.ARCHIVE),
        ("a.tar", b"a.xml".ljust(257, b"\0") + b"ustar\x0000", Sort.ARCHIVE),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", Sort.ARCHIVE),
    ],
)
def test_sniffing(name: str, content: bytes, expected: Sort) -> None:
    assert sniff(name, content) is expected


def test_companions_are_named_and_not_applicable(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(GOOD)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.tgz").write_bytes(b"\x1f\x8b\x08")
    assert _codes(tmp_path) == {"a.pdf": "T009", "a.xml": None, "b.tgz": "T010"}


def test_a_file_named_outright_is_always_judged(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert _codes(tmp_path / "a.pdf") == {"a.pdf": None}


def test_what_is_not_there(tmp_path: Path) -> None:
    assert _codes(tmp_path / "nirgends.xml") == {"nirgends.xml": "T001"}


def test_links(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / ".versteckt").mkdir()
    (tmp_path / "in" / ".versteckt" / "x.xml").write_bytes(GOOD)
    (tmp_path / "draussen.xml").write_bytes(GOOD)
    (tmp_path / "in" / "echt.xml").write_bytes(GOOD)
    for name, target in {
        "hinaus.xml": tmp_path / "draussen.xml",
        "hinein.xml": tmp_path / "in" / "echt.xml",
        "kreis": tmp_path / "in",
        "leer.xml": tmp_path / "in" / "nirgends.xml",
        "ordner": tmp_path,
        "sub/selbst.xml": tmp_path / "in" / "sub" / "selbst.xml",
        "versteckt.xml": tmp_path / "in" / ".versteckt" / "x.xml",
    }.items():
        (tmp_path / "in" / name).symlink_to(target)
    assert _codes(tmp_path / "in") == {
        "echt.xml": None,
        "hinaus.xml": "T006",
        "hinein.xml": "T007",
        "kreis": "T007",
        "leer.xml": "T006",
        "ordner": "T006",
        "sub/selbst.xml": "T006",
        "versteckt.xml": "T006",
    }


def test_a_link_named_outright_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(GOOD)
    (tmp_path / "link.xml").symlink_to(tmp_path / "a.xml")
    (seen,) = _observed(tmp_path / "link.xml")
    assert isinstance(seen, Payload)
    assert (seen.name, seen.data()) == ("link.xml", GOOD)


def test_special_files_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.xml")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.relpath(tmp_path / "socket.xml"))
    try:
        assert _codes(tmp_path) == {"fifo.xml": "T005", "socket.xml": "T005"}
        assert _codes(tmp_path / "fifo.xml") == {"fifo.xml": "T005"}
        assert _codes(Path("/dev/zero")) == {"zero": "T005"}
    finally:
        listener.close()


def test_a_file_that_becomes_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(GOOD)
    (seen,) = _observed(tmp_path)
    (tmp_path / "a.xml").unlink()
    os.mkfifo(tmp_path / "a.xml")
    assert _problem(seen) == "E007"


def test_files_that_vanish_or_change(tmp_path: Path) -> None:
    for name in ("changed.xml", "gone.xml", "grown.xml"):
        (tmp_path / name).write_bytes(GOOD)
    changed, gone, grown = _observed(tmp_path)
    (tmp_path / "gone.xml").unlink()
    (tmp_path / "changed.xml").write_bytes(GOOD)
    os.utime(tmp_path / "changed.xml", (1, 1))
    (tmp_path / "grown.xml").write_bytes(GOOD * 2)
    assert [_problem(one) for one in (changed, gone, grown)] == ["E007", "T003", "E007"]


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "in" / "zu").mkdir(parents=True)
    (tmp_path / "in" / "zu" / "x.xml").write_bytes(GOOD)
    for name in ("a.xml", "b.txt"):
        (tmp_path / "in" / name).write_bytes(GOOD)
        (tmp_path / "in" / name).chmod(0)
    (tmp_path / "in" / "zu").chmod(0)
    with _as_nobody(tmp_path):
        a, b, folder = _observed(tmp_path / "in")
        assert _problem(a) == "T002"
    assert [one.finding.code for one in (b, folder) if isinstance(one, Unreadable)] == ["T002", "T002"]
    assert folder.name == "zu"


def test_a_file_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(GOOD)
    (seen,) = Files().observe(str(tmp_path), {"max_file_bytes": 5})
    assert isinstance(seen, Unreadable)
    assert (seen.finding.code, seen.finding.parameters["limit"]) == ("T008", "5")


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    for name in (b"\xff.xml", b"a\nb\x1b[31m.xml"):
        (tmp_path / os.fsdecode(name)).write_bytes(GOOD)
    names = _names(tmp_path)
    assert names == ["a\\nb\\x1b[31m.xml", "\\xff.xml"]
    assert all(name.encode() and name.isprintable() for name in names)


def test_a_very_deep_folder(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(120):
        folder = folder / "o"
    folder.mkdir(parents=True)
    (folder / "a.xml").write_bytes(GOOD)
    assert _names(tmp_path) == ["o/" * 120 + "a.xml"]


def test_standard_input_is_read_again_and_again_and_leaves_nothing_behind() -> None:
    (seen,) = Files().observe("-", {"stdin": io.BytesIO(GOOD)})
    assert isinstance(seen, Payload)
    assert (seen.name, seen.open().read(), seen.open().read()) == ("-", GOOD, GOOD)
    path = Path(seen.open.path)  # type: ignore[attr-defined]
    assert path.exists()
    del seen
    assert not path.parent.exists()


def test_standard_input_beyond_the_limit() -> None:
    (seen,) = Files().observe("-", {"stdin": io.BytesIO(GOOD), "max_file_bytes": 5})
    assert isinstance(seen, Unreadable)
    assert seen.finding.code == "T008"


def _observed(target: Path) -> list[Observation]:
    return list(Files().observe(str(target), {}))


def _names(target: Path) -> list[str]:
    return [one.name for one in _observed(target)]


def _codes(target: Path) -> dict[str, str | None]:
    return {one.name: one.finding.code if isinstance(one, Unreadable) else None for one in _observed(target)}


def _problem(seen: Observation) -> str:
    assert isinstance(seen, Payload)
    with pytest.raises(CannotJudge) as caught:
        seen.data()
    return caught.value.finding.code


class _as_nobody:
    """Root reads everything; these tests need somebody who may not."""

    def __init__(self, folder: Path) -> None:
        for one in (folder, *folder.parents):
            if one.stat().st_uid == os.geteuid() and one.name.startswith(("pytest-", "popen-", "test_")):
                one.chmod(0o755)

    def __enter__(self) -> None:
        self._user = os.geteuid()
        if self._user == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        os.seteuid(self._user)
