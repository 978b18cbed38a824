"""ZIP archives: good ones are read member by member, tricks are named, and nothing is lost."""

import io
import pickle
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.ports import Observation, Payload, Unreadable
from schnittstellen.transports.files import Files

GOOD = b"<m>gut</m>"


def test_members_are_read_where_they_lie(tmp_path: Path) -> None:
    seen = _observed(_zip(tmp_path, {"b.xml": GOOD, "a/c.xml": GOOD, "a/": b""}))
    assert [one.name for one in seen] == ["a/c.xml", "b.xml"]
    assert all(isinstance(one, Payload) and one.data() == GOOD for one in seen)
    assert pickle.loads(pickle.dumps(seen[0])).data() == GOOD
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_zip_is_known_by_its_content(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.xml": GOOD})
    assert [one.name for one in _observed(path.rename(tmp_path / "nachricht.dat"))] == ["a.xml"]


def test_a_zip_in_a_folder_gives_its_name_to_its_members(tmp_path: Path) -> None:
    _zip(tmp_path, {"a.xml": GOOD}, "post.xdomea")
    assert _codes(tmp_path) == {"post.xdomea/a.xml": None}


def test_a_zip_on_standard_input(tmp_path: Path) -> None:
    data = _zip(tmp_path, {"a.xml": GOOD, "b.xml": GOOD}).read_bytes()
    first, second = Files().observe("-", {"stdin": io.BytesIO(data)})
    assert isinstance(first, Payload)
    assert isinstance(second, Payload)
    assert (first.name, first.data(), second.data()) == ("a.xml", GOOD, GOOD)


def test_companions(tmp_path: Path) -> None:
    office = _zip(tmp_path, {"[Content_Types].xml": b"<Types/>"}, "brief.docx").read_bytes()
    inner = _zip(tmp_path, {"a.xml": GOOD}, "inner.zip").read_bytes()
    content = {
        "a.xml": GOOD,
        "bild.png": b"\x89PNG",
        "brief.docx": office,
        "inner.zip": inner,
        "ohne": GOOD,
        "__MACOSX/._a.xml": b"\x00\x05\x16\x07",
        ".DS_Store": b"\x00",
        "packung.gz": b"\x1f\x8b\x08",
    }
    assert _codes(_zip(tmp_path, content)) == {
        ".DS_Store": "T009",
        "__MACOSX/._a.xml": "T009",
        "a.xml": None,
        "bild.png": "T009",
        "brief.docx": "T009",
        "inner.zip": "T010",
        "ohne": None,
        "packung.gz": "T010",
    }


@pytest.mark.parametrize(
    "name", ["/etc/x.xml", "../x.xml", "a/../../x.xml", "C:/x.xml", "c:x.xml", "..\\x.xml", "\\x.xml"]
)
def test_path_tricks(tmp_path: Path, name: str) -> None:
    assert list(_codes(_zip(tmp_path, {name: GOOD, "z.xml": GOOD})).values()).count("T012") == 1


def test_a_name_with_nul(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"axb.xml": GOOD})
    path.write_bytes(path.read_bytes().replace(b"axb.xml", b"a\x00b.xml"))
    assert list(_codes(path).values()) == ["T012"]


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert _codes(tmp_path / "a.zip") == {"link.xml": "T012"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for content in ("<m>gut</m>", "<m>bad</m>", "<m>bad</m>"):
            archive.writestr("a.xml", content)
        archive.writestr("b.xml", "<m/>")
    assert _codes(tmp_path / "a.zip") == {"a.xml": "T017", "b.xml": None}
    assert len(_observed(tmp_path / "a.zip")) == 2


@pytest.mark.parametrize(("written", "encoding"), [("GebXXhr.xml", "utf-8"), ("GebXhr.xml", "cp437")])
def test_names_whose_encoding_is_not_stated(tmp_path: Path, written: str, encoding: str) -> None:
    data = _zip(tmp_path, {written: GOOD}).read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(written.encode(), "Gebühr.xml".encode(encoding)))
    assert _codes(tmp_path / "a.zip") == {"Gebühr.xml": None}


def test_encrypted_members(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.xml": GOOD})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    path.write_bytes(data)
    assert _codes(path) == {"a.xml": "T013"}


def test_an_unknown_method(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.xml": GOOD, "b.xml": GOOD})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(mark) + offset
        data[at : at + 2] = struct.pack("<H", 97)
    path.write_bytes(data)
    assert _problems(path) == {"a.xml": "T018", "b.xml": None}


def test_a_wrong_checksum(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.xml": GOOD, "b.xml": GOOD}, method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<m>gut</m>", b"<m>GUT</m>", 1))
    assert _problems(path) == {"a.xml": "T014", "b.xml": None}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("shown", [10, 40])
def test_a_member_of_another_length_than_it_says(tmp_path: Path, method: int, shown: int) -> None:
    content = b"<m>gut</m><!-- other tools see this -->"[:30]
    path = _zip(tmp_path, {"a.xml": content, "b.xml": GOOD}, method=method)
    data, checksum = bytearray(path.read_bytes()), struct.pack("<L", zlib.crc32(content[:shown]))
    for mark, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.index(mark) + offset
        data[at : at + 4], data[at + 8 : at + 12] = checksum, struct.pack("<L", shown)
    path.write_bytes(data)
    assert _problems(path) == {"a.xml": "T014", "b.xml": None}


def test_broken_packed_data(tmp_path: Path) -> None:
    content = b"<m>" + bytes(range(32, 60)) * 50 + b"</m>"
    path = _zip(tmp_path, {"a.xml": content, "b.xml": GOOD})
    data = bytearray(path.read_bytes())
    data[40:50] = b"\xff" * 10
    path.write_bytes(data)
    assert _problems(path) == {"a.xml": "T014", "b.xml": None}


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_archive(tmp_path: Path, keep: float) -> None:
    path = _zip(tmp_path, {f"{number}.xml": GOOD for number in range(20)})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert _codes(path) == {"a.zip": "T011"}


def test_a_zip_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive at all")
    assert _codes(tmp_path) == {"a.zip": "T011"}


def test_an_empty_archive_gives_nothing(tmp_path: Path) -> None:
    assert _codes(_zip(tmp_path, {})) == {}


def test_an_archive_that_changes_between_two_members(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.xml": GOOD, "b.xml": GOOD})
    seen = Files().observe(str(path), {})
    next(seen)
    second = next(seen)
    path.write_bytes(_zip(tmp_path, {"b.xml": b"<m>bad</m>", "c.xml": GOOD}, "b.zip").read_bytes())
    assert isinstance(second, Payload)
    assert _problem(second) == "E007"


def _zip(folder: Path, content: dict[str, bytes], name: str = "a.zip", method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(folder / name, "w", method) as archive:
        for member, data in content.items():
            archive.writestr(zipfile.ZipInfo(member), data, method)
    return folder / name


def _observed(target: Path) -> list[Observation]:
    return list(Files().observe(str(target), {}))


def _codes(target: Path) -> dict[str, str | None]:
    return {one.name: one.finding.code if isinstance(one, Unreadable) else None for one in _observed(target)}


def _problems(target: Path) -> dict[str, str | None]:
    return {one.name: _problem(one) for one in _observed(target)}


def _problem(seen: Observation) -> str | None:
    if isinstance(seen, Unreadable):
        return seen.finding.code
    assert isinstance(seen, Payload)
    try:
        seen.data()
    except CannotJudge as reason:
        return reason.finding.code
    return None
