"""Hostile files: each gets a clear finding, the rest of the run goes on, memory and time stay bounded."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from functools import partial
from pathlib import Path

import pytest

from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.run import Run
from schnittstellen.engine.session import Session, Wishes
from schnittstellen.transports.files import Files
from tests.engine.minis import CHECKS, codes_found, make_desk, mini_library, report_of, run, verdicts

MIB = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good messages, between which evil is placed."""
    (tmp_path / "in").mkdir()
    for name in ("a.xml", "z.xml"):
        (tmp_path / "in" / name).write_text("<m>good</m>")
    return tmp_path / "in"


def test_a_member_that_grows_a_thousandfold(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "m.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bombe.xml", bytes(64 * MIB))
        archive.writestr("gut.xml", "<m>good</m>")
    events = run(mini_library(tmp_path / "house"), folder)
    assert codes_found(events) == {"a.xml": [], "m.zip/bombe.xml": ["T016"], "m.zip/gut.xml": [], "z.xml": []}
    assert report_of(events).verdict is Verdict.NOT_TESTED


def test_members_that_share_their_packed_data(tmp_path: Path, folder: Path) -> None:
    (folder / "m.zip").write_bytes(_overlapping(200))
    events = run(mini_library(tmp_path / "house"), folder)
    assert codes_found(events) == {"a.xml": [], "m.zip": ["T019"], "z.xml": []}


def test_an_archive_in_an_archive_in_an_archive(tmp_path: Path, folder: Path) -> None:
    data = b"<m>good</m>"
    for depth in range(50):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("kern.zip" if depth else "kern.xml", data)
        data = packed.getvalue()
    (folder / "m.zip").write_bytes(data)
    events = run(mini_library(tmp_path / "house"), folder)
    assert codes_found(events)["m.zip/kern.zip"] == ["T010"]


def test_more_entries_than_allowed(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "m.zip", "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.xml", "<m>good</m>")
    events = run(mini_library(tmp_path / "house"), folder, max_archive_entries=20)
    assert codes_found(events) == {"a.xml": [], "m.zip": ["T015"], "z.xml": []}


def test_an_archive_that_lies_about_the_number_of_its_entries(tmp_path: Path, folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.xml", "<m>good</m>")
    data = bytearray(packed.getvalue())
    at = data.rindex(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 1, 1)
    (folder / "m.zip").write_bytes(data)
    events = run(mini_library(tmp_path / "house"), folder, max_archive_entries=20)
    assert codes_found(events)["m.zip"] == ["T015"]


def test_an_archive_that_is_too_large_as_a_whole(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "m.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", "<m>good</m>")
    events = run(mini_library(tmp_path / "house"), folder, max_archive_bytes=20)
    assert codes_found(events)["m.zip"] == ["T020"]


def test_a_directory_said_to_be_enormous(tmp_path: Path, folder: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (folder / "m.zip").write_bytes(b"PK\x03\x04" + bytes(100) + end)
    (folder / "n.zip").write_bytes(b"PK\x06\x07" + b"\xff" * 16 + end)
    events = run(mini_library(tmp_path / "house"), folder)
    assert [codes_found(events)[name] for name in ("m.zip", "n.zip")] == [["T011"], ["T011"]]


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_archives_with_any_byte_wrong_lose_nothing_and_crash_nothing(tmp_path: Path, folder: Path, cut: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gut.xml", "<m>good</m>")
    data = bytearray(packed.getvalue())
    data[cut % len(data)] ^= 0xFF
    (folder / "m.zip").write_bytes(data)
    report = report_of(run(mini_library(tmp_path / "house"), folder))
    assert {result.name for result in report.results} >= {"a.xml", "z.xml"}
    assert all(result.verdict is not Verdict.ERROR for result in report.results)
    assert len(report.results) >= 3


EVIL = {
    "bom.xml": b"\xef\xbb\xbf<m>good</m>",
    "empty.xml": b"",
    "blank.xml": b"  \n\t ",
    "nul.xml": b"\x00" * 100,
    "binary.xml": bytes(range(256)) * 4,
    "gzip.xml": zlib.compress(b"<m>good</m>", wbits=31),
    "latin.xml": '<?xml version="1.0" encoding="UTF-8"?><m>gr\xfc\xdfe</m>'.encode("latin-1"),
    "utf16.xml": "<m>good</m>".encode("utf-16"),
    "zip.xml": b"PK\x03\x04" + bytes(50),
    "half.xml": b"<m>good</m",
    "bomb.xml": b'<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><m>&b;</m>',
    "xxe.xml": b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><m>&x;</m>',
}


@pytest.mark.parametrize("suite", [None, "mini"])
def test_contents_that_are_no_message(tmp_path: Path, folder: Path, suite: str | None) -> None:
    for name, content in EVIL.items():
        (folder / name).write_bytes(content)
    found = verdicts(run(mini_library(tmp_path / "house"), folder, suite=suite))
    readable = {"a.xml", "bom.xml", "utf16.xml", "z.xml", "half.xml", "latin.xml"}
    assert set(found) == {*EVIL, "a.xml", "z.xml"}
    assert {name for name, verdict in found.items() if verdict == "failed"} == set(EVIL) - readable
    assert found["bom.xml"] == found["a.xml"] == found["z.xml"] == "passed"


def test_ten_thousand_files_three_of_them_broken(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number:05}.xml").write_bytes(b"<m>good</m>")
    broken = {"00017.xml": b"<m>bad</m>", "05000.xml": b"no xml", "09999.xml": b"<m>crash</m>"}
    for name, content in broken.items():
        (folder / name).write_bytes(content)
    report = report_of(run(mini_library(tmp_path / "house"), folder, suite="mini", jobs=2))
    found = {result.name: str(result.verdict) for result in report.results if result.verdict is not Verdict.PASSED}
    assert found == {"00017.xml": "failed", "05000.xml": "failed", "09999.xml": "error"}
    assert [result.name for result in report.results] == [f"{number:05}.xml" for number in range(10_000)]
    assert len({id(result.steps[0]) for result in report.results if result.verdict is Verdict.PASSED}) == 1


def test_a_folder_that_changes_during_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.xml").write_text("<m>good</m>")
    make = partial(make_desk, mini_library(tmp_path / "house"), None)
    desk = make()
    session = Session(desk, make, {"files": Files()}, Wishes(1))
    events = session.events(Run(desk.judge, CHECKS, {}), (str(folder),))
    for _ in range(2):
        next(events)
    (folder / "1.xml").unlink()
    (folder / "2.xml").unlink()
    (folder / "2.xml").mkdir()
    (folder / "neu.xml").write_text("<m>bad</m>")
    *_, last = events
    report = last.report  # type: ignore[union-attr]
    assert [result.name for result in report.results] == [f"{number}.xml" for number in range(6)]
    passed = [result.name for result in report.results if result.verdict is Verdict.PASSED]
    assert passed == ["0.xml", "3.xml", "4.xml", "5.xml"]


def test_a_digest_belongs_to_the_bytes_that_were_judged(tmp_path: Path) -> None:
    file = tmp_path / "m.xml"
    file.write_text("<m>good</m>")
    events = Files().observe(str(file), {})
    (seen,) = events
    desk = make_desk(mini_library(tmp_path / "house"), "mini")
    file.write_text("<m>bad!</m>")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    _, result = desk(seen)
    assert (result.verdict, result.sha256) == (Verdict.NOT_TESTED, None)


def test_memory_stays_bounded_on_a_large_file(tmp_path: Path) -> None:
    file = tmp_path / "gross.xml"
    with file.open("wb") as stream:
        stream.write(b"<m>")
        for _ in range(96):
            stream.write(b"<a>text</a>" * (MIB // 11))
        stream.write(b"</m>")
    mini_library(tmp_path / "house")
    script = _LARGE.format(house=str(tmp_path / "house"), file=str(file))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    size, grown = map(int, done.stdout.split())
    assert size == file.stat().st_size
    assert grown < 48 * MIB


_LARGE = """
import resource
from pathlib import Path
from schnittstellen.artefacts.library import Library
from schnittstellen.engine.assign import Assigner
from schnittstellen.transports.files import Files
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(seen,) = Files().observe({file!r}, {{}})
assigned = Assigner(Library((Path({house!r}),)))(seen)
assert assigned.suite is not None and seen.large
_, size = seen.identity()
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(size, (after - before) * 1024)
"""


def _overlapping(count: int) -> bytes:
    """An archive whose entries all point to the same packed data."""
    raw = b"<m>" + bytes(1000) + b"</m>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(raw) + packer.flush()
    common = struct.pack("<HHHHHLLL", 20, 0, 8, 0, 0x21, zlib.crc32(raw), len(packed), len(raw))
    local = b"PK\x03\x04" + common + struct.pack("<HH", 5, 0) + b"a.xml" + packed
    entries = b"".join(
        b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHHHLL", 5, 0, 0, 0, 0, 0, 0) + f"{number:05}".encode()
        for number in range(count)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + end
