"""Hostile XML: each case gets a clear finding, none passes, none reaches a file or the network, the run goes on."""

import tracemalloc
from pathlib import Path

import pytest

from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.bootstrap import run_targets
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.events import RunFinished

SUITE = "xhundesteuer@1.1/onlinedienst"
LIBRARY = Library((built_in(),))
GOOD = (LIBRARY.folder(LIBRARY.suites_named(SUITE)[0]) / "fixtures" / "gueltig--anmeldung.xml").read_bytes()
HEAD, _, BODY = GOOD.partition(b"?>")
BOMB = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))

HOSTILE = {
    "entity bomb": b'<!DOCTYPE x [<!ENTITY a0 "x">' + BOMB + b"]><x>&a11;</x>",
    "quadratic": b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 50_000 + b'">]><x>' + b"&a;" * 10_000 + b"</x>",
    "XXE": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>',
    "external DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd"><x/>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><x/>',
    "late doctype": HEAD + b"?>" + b"<!-- " + b"x" * 100_000 + b" --><!DOCTYPE x>" + BODY,
    "deep nesting": b"<a>" * 100_000 + b"</a>" * 100_000,
    "giant attribute": b'<a b="' + b"x" * 20_000_000 + b'"/>',
    "many attributes": b"<a " + b" ".join(b'b%d=""' % n for n in range(200_000)) + b"/>",
    "declared wrongly": b'<?xml version="1.0" encoding="UTF-8"?><a>\xe4</a>',
    "unknown encoding": b'<?xml version="1.0" encoding="MUSTER-7"?><a/>',
    "half UTF-16": b"\xff\xfe<\x00a\x00/\x00>",
    "empty": b"",
    "white space": b" \n\t ",
    "binary": bytes(range(256)) * 40,
    "NUL": b"<a>\x00</a>",
    "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 100,
    "two roots": b"<a/><b/>",
    "cut off": GOOD[: len(GOOD) // 2],
}


def report_on(target: Path) -> Report:
    for event in run_targets([str(target)], suite=SUITE, library=LIBRARY, jobs=1):
        if isinstance(event, RunFinished):
            return event.report
    raise AssertionError("no report")


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hostile_passes(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(HOSTILE[name])
    report = report_on(tmp_path / "a.xml")
    (result,) = report.results
    assert result.verdict in (Verdict.FAILED, Verdict.NOT_TESTED)
    assert any(step.findings for step in result.steps)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_does_no_harm(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(mark + GOOD)
    assert report_on(tmp_path / "a.xml").verdict is Verdict.PASSED


def test_utf_16_is_read(tmp_path: Path) -> None:
    text = GOOD.decode("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    (tmp_path / "a.xml").write_bytes(text.encode("utf-16"))
    assert report_on(tmp_path / "a.xml").verdict is Verdict.PASSED


def test_an_address_of_a_schema_is_never_followed(tmp_path: Path) -> None:
    name = b'xsi:schemaLocation="urn:x http://127.0.0.1:9/evil.xsd"'
    xsi = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' + name
    start = GOOD.index(b"<hst:hundesteuer") + len(b"<hst:hundesteuer.anmeldung.0101")
    data = GOOD[:start] + (xsi if b"xmlns:xsi" not in GOOD else b"") + GOOD[start:]
    (tmp_path / "a.xml").write_bytes(data)
    assert report_on(tmp_path / "a.xml").results[0].verdict in (Verdict.PASSED, Verdict.FAILED)


def test_the_run_goes_on_after_every_hostile_file(tmp_path: Path) -> None:
    for number, name in enumerate(("entity bomb", "XXE", "binary", "empty", "deep nesting")):
        (tmp_path / f"{number}.xml").write_bytes(HOSTILE[name])
    (tmp_path / "z.xml").write_bytes(GOOD)
    report = report_on(tmp_path)
    assert [result.verdict for result in report.results][-1] is Verdict.PASSED
    assert report.verdict in (Verdict.FAILED, Verdict.NOT_TESTED)


def test_an_entity_bomb_is_not_unfolded(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(HOSTILE["entity bomb"])
    report_on(tmp_path / "a.xml")
    tracemalloc.start()
    report_on(tmp_path / "a.xml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
