"""The export of chained records: written, read, tampered with."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.domain.chain import Kind, breaks
from schnittstellen.formats.ledger import NotALedger, read_ledger, write_ledger
from tests.domain.test_chain import chain


def exported(length: int) -> list[bytes]:
    stream = BytesIO()
    write_ledger(chain(length), stream)
    return stream.getvalue().splitlines(keepends=True)


def test_written_and_read_again() -> None:
    assert [*read_ledger(exported(5))] == chain(5)


@given(st.integers(0, 4), st.sampled_from([None, 1, 4]))
def test_other_ways_to_write_the_same_record_mean_the_same(at: int, indent: int | None) -> None:
    lines = exported(5)
    turned = dict(reversed(json.loads(lines[at]).items()))
    lines[at] = json.dumps(turned, indent=indent).replace("\n", " ").encode()
    assert [*read_ledger(lines)] == chain(5)


def test_a_changed_line_is_found() -> None:
    lines = exported(5)
    lines[2] = lines[2].replace(b'"nr":2', b'"nr":7')
    assert [(one.kind, one.number) for one in breaks(read_ledger(lines))] == [(Kind.CHANGED, 3)]


def test_a_name_twice_does_not_hide_a_change() -> None:
    """What is digested are the bytes; whoever reads the first of two values must not be told that all is well."""
    lines = exported(3)
    lines[1] = lines[1].replace(b'{"nr":1', b'{"nr":9,"nr":1')
    with pytest.raises(NotALedger) as caught:
        [*read_ledger(lines)]
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "line",
    [
        b"nothing\n",
        b"[]\n",
        b'{"number":0,"previous":"","digest":"","body":{}}\n',
        b'{"number":true,"previous":"%b","digest":"%b","body":{}}\n' % (b"0" * 64, b"0" * 64),
        b'{"number":1,"previous":"%b","digest":"%b","body":1.5}\n' % (b"0" * 64, b"0" * 64),
        b'{"number":1,"previous":"%b","digest":"%b"}\n' % (b"0" * 64, b"Z" * 64),
        b"[" * 100_000,
    ],
)
def test_what_is_no_record_is_told_with_its_line(line: bytes) -> None:
    with pytest.raises(NotALedger) as caught:
        [*read_ledger([*exported(2), line])]
    assert caught.value.line == 3
