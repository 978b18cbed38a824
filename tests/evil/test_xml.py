"""Hostile and broken text: each is a clear finding, quickly, in little memory, without touching network or files."""

import gzip
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.xsd.making import NS, XSI, holding, judged, message, read, valued

ROOT = Path(__file__).resolve().parents[2]
DECLARED = '<?xml version="1.0" encoding="{}"?>'
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "X001", None),
        (b" \n\t", "X001", None),
        (b"\xef\xbb\xbf", "X001", None),
        ("\ufeff ".encode("utf-16-le"), "X001", None),
        (gzip.compress(b"<r/>", mtime=0), "X002", None),
        (b"PK\x03\x04rest", "X002", None),
        (BOMB.encode() + b"]>\n<r>&l;</r>", "X003", 1),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE r SYSTEM "file:///etc/passwd">\n<r/>', "X003", 3),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><r>&x;</r>', "X003", 1),
        (b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;]><r/>', "X003", 1),
        ("\ufeff\n<!DOCTYPE r><r/>".encode("utf-16-be"), "X003", 2),
        (b"%PDF-1.7\n%\xe2\xe3", "X008", 1),
        (b"\x89PNG\r\n\x1a\n", "X008", 1),
        (b"<r>\x00</r>", "X008", 1),
        (b"\x00\x01\x02\x03", "X008", 1),
        (b"<r/>\x00", "X008", 1),
        (b"Guten Tag", "X005", 1),
        (b'{"a": 1}', "X005", 1),
        (b"<r>\n<a></r>", "X010", 2),
        (b"<r>\n\n<a>", "X015", 3),
        (b"<r>&nbsp;</r>", "X011", 1),
        (b"<r>Meier & Co</r>", "X005", 1),
        (b"<r a='1' a='2'/>", "X012", 1),
        (b"<r xmlns:x='urn:x' xmlns:y='urn:x' x:a='1' y:a='2'/>", "X012", 1),
        (b"<r>\x01</r>", "X013", 1),
        (b"<r>&#1;</r>", "X013", 1),
        (b"<r/>\n<r/>", "X014", 2),
        (b"<x:r/>", "X009", 1),
        (b"<r xmlns:x=''/>", "X009", 1),
        (b"<a:b:c xmlns:a='urn:a'/>", "X009", 1),
        (b"<r>\xff</r>", "X004", 1),
        (b"<r>\xc0\xbc</r>", "X004", 1),
        ("<r>ü</r>".encode("latin-1"), "X004", 1),
        ((DECLARED.format("US-ASCII") + "<r>ü</r>").encode(), "X004", 1),
        ((DECLARED.format("x-gibt-es-nicht") + "<r/>").encode(), "X004", 1),
        ((DECLARED.format("UTF-16") + "<r/>").encode(), "X004", 1),
        ((DECLARED.format("UTF-7") + "<r>+ADw-</r>").encode(), "X004", 1),
        (b"\xef\xbb\xbf" + (DECLARED.format("ISO-8859-1") + "<r/>").encode(), "X004", 1),
        (("\ufeff" + DECLARED.format("UTF-8") + "<r/>").encode("utf-16-le"), "X004", 1),
        ((DECLARED.format("UTF-16") + "<r/>").encode("utf-16-le"), "X004", 1),
        (("\ufeff" + DECLARED.format("UTF-32") + "<r/>").encode("utf-32-le"), "X004", 1),
        ((DECLARED.format("IBM037") + "<r/>").encode("cp037"), "X004", 1),
        (b"<r>" * 300 + b"</r>" * 300, "X006", 1),
        (b"<r a='" + b"x" * 11_000_000 + b"'/>", "X007", 1),
        (b"<" + b"x" * 60_000 + b"/>", "X007", 1),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str, line: int | None) -> None:
    finding = read(data).one()
    assert (finding.code, finding.place.line) == (code, line)


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff<r>ü</r>".encode(),
        ("\ufeff" + DECLARED.format("UTF-16") + "<r>ü€</r>").encode("utf-16-le"),
        ("\ufeff" + DECLARED.format("UTF-16") + "<r>ü€</r>").encode("utf-16-be"),
        "\ufeff<r>ü</r>".encode("utf-16-be"),
        (DECLARED.format("UTF-16LE") + "<r>ü</r>").encode("utf-16-le"),
        (DECLARED.format("ISO-8859-1") + "<r>ü</r>").encode("latin-1"),
        (DECLARED.format("iso-8859-15") + "<r>€</r>").encode("iso-8859-15"),
        (DECLARED.format("windows-1252") + "<r>€</r>").encode("cp1252"),
        (DECLARED.format("US-ASCII") + "<r>&#252;</r>").encode(),
        (DECLARED.format("utf-8") + "<r>ü</r>").encode(),
        b"<r>" * 250 + b"</r>" * 250,
        b"<r>" + b"x" * 11_000_000 + b"</r>",
        b"<r><![CDATA[" + b"x" * 11_000_000 + b"]]></r>",
        b"<!-- <!DOCTYPE r> --><?x <!DOCTYPE r> ?>\n<r>&lt;!DOCTYPE r></r>",
        b"<r " + b" ".join(b"a%d=''" % number for number in range(200_000)) + b"/>",
    ],
)
def test_what_is_legal_is_read(data: bytes) -> None:
    assert read(data).findings == ()


def test_no_content_in_what_is_said_of_unreadable_text() -> None:
    for data in (b"<GEHEIM></r>", b"<r>&GEHEIM;</r>", b"<GEHEIM:r/>", b"<r GEHEIM='' GEHEIM=''/>", b"<r>]]>GEHEIM"):
        finding = read(data).one()
        assert "GEHEIM" not in str(finding)


def test_sixty_thousand_attributes_end_soon(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}=""' for number in range(60_000))
    answer = judged(tmp_path, holding('<xs:attribute name="b"/>'), message("", attributes))
    assert answer.findings
    assert set(answer.codes) == {"X105"}


def test_two_hundred_thousand_attributes_under_xsd_1_1_are_not_tested(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}=""' for number in range(200_000))
    answer = judged(tmp_path, holding('<xs:assert test="true()"/>'), message("", attributes))
    assert (answer.untested, answer.codes) == (True, ["X154"])


def test_deep_but_legal_nesting_is_judged(tmp_path: Path) -> None:
    schema = holding("<xs:sequence><xs:any processContents='lax'/></xs:sequence>")
    deep = f'<r xmlns="{NS}">' + "<a>" * 200 + "</a>" * 200 + "</r>"
    assert not judged(tmp_path, schema, deep).findings


def test_a_message_cannot_name_its_own_schema(tmp_path: Path) -> None:
    (tmp_path / "lasch.xsd").write_text(valued("xs:string"))
    hint = f'{XSI} xsi:schemaLocation="{NS} {(tmp_path / "lasch.xsd").as_uri()}"'
    assert judged(tmp_path / "in", valued("xs:int"), message("x", hint)).codes == ["X106"]


BIG = f"""
import resource, sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "src")!r}]
from tests.xsd.large import measure
limit = 700 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
print(measure(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
"""


def _big(tmp_path: Path, mebibytes: int, *faults: str) -> list[str]:
    command = [sys.executable, "-c", BIG, str(tmp_path), str(mebibytes), *faults]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_a_large_message_takes_no_more_memory_than_a_smaller_one(tmp_path: Path) -> None:
    """Of 200 MB `benchmarks/start.py` tells; what grows with the message would show here as well."""
    (small, *none), (large, *still_none) = _big(tmp_path, 34), _big(tmp_path, 68)
    assert none == still_none == []
    assert int(large) < int(small) + 10 < 130


def test_a_large_message_of_comments_in_bounded_memory(tmp_path: Path) -> None:
    peak, *codes = _big(tmp_path, 60, "kommentare", "datum@1")
    assert codes == ["X102:61442:/t:liste"]
    assert int(peak) < 120


def test_faults_in_a_large_message_have_line_and_path(tmp_path: Path) -> None:
    peak, *found = _big(tmp_path, 40, "datum@1000", "attribut@90000", "fehlt@200000")
    assert int(peak) < 120
    assert found == [
        "X106:5004:/t:liste/t:eintrag[1001]/t:datum[1]",
        "X105:450002:/t:liste/t:eintrag[90001]/@x",
        "X103:1000005:/t:liste/t:eintrag[200001]/t:betrag[1]",
    ]


def test_identity_in_a_large_message(tmp_path: Path) -> None:
    peak, *found = _big(tmp_path, 40, "id", "doppelt@70000", "ohneziel@80000")
    assert int(peak) < 200
    assert found == [
        "X114:/t:liste/t:eintrag[70001]/@id",
        "X115:/t:liste/t:eintrag[70004]/@ref:2",
    ]


@pytest.mark.parametrize("fault", ["offen", "doctype", "zeichen", "tief"])
def test_large_and_broken(fault: str, tmp_path: Path) -> None:
    peak, *found = _big(tmp_path, 40, fault)
    assert int(peak) < 160
    assert found == [{"offen": "X015", "doctype": "X003", "zeichen": "X013", "tief": "X006"}[fault]]
