"""Days of validity, for any days; and the same findings whether a message is held or streamed."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codeliste.making import Mini, genericode, on, rasse

DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(day=DAYS, start=st.none() | DAYS, length=st.none() | st.integers(0, 9000))
@settings(max_examples=60, deadline=None)
def test_a_code_holds_exactly_from_its_first_to_its_last_day(day: date, start: date | None, length: int | None) -> None:
    end = None if length is None else (start or date(2020, 1, 1)) + timedelta(length)
    row = ("1", "M", start.isoformat() if start else "", end.isoformat() if end else "")
    with TemporaryDirectory() as folder:
        found = Mini(Path(folder), [genericode("1", [row])]).codes(on(day.isoformat()) + rasse("1"))
    early, late = start is not None and day < start, end is not None and day > end
    assert found == (["C103"] if early else ["C104"] if late else [])


@given(first=DAYS, gap=st.integers(2, 900), day=DAYS)
@settings(max_examples=40, deadline=None)
def test_a_code_may_hold_in_two_periods(first: date, gap: int, day: date) -> None:
    again = first + timedelta(gap)
    rows = [("1", "M", "", first.isoformat()), ("1", "M", again.isoformat(), "")]
    with TemporaryDirectory() as folder:
        found = Mini(Path(folder), [genericode("1", rows)]).codes(on(day.isoformat()) + rasse("1"))
    assert found == ([] if day <= first or day >= again else ["C103"])


CODES = st.lists(st.sampled_from(["1", "2", "x", "Ü"]), max_size=30)


@given(codes=CODES, version=st.sampled_from(["1", "2", "7", "", None]))
@settings(max_examples=60, deadline=None)
def test_streaming_finds_the_same(codes: list[str], version: str | None) -> None:
    body = on("2026-03-10") + "".join(f"<m:block>\n{rasse(code, version)}</m:block>" for code in codes)
    lists = [genericode("1", [("1", "M"), ("2", "M", "", "2025-01-01")]), genericode("2", [("x", "M")])]
    with TemporaryDirectory() as folder:
        mini = Mini(Path(folder), lists)
        held, streamed = (mini.findings(body, large=large) for large in (False, True))
    summary = [
        [(one.code, dict(one.parameters), one.count, one.place.line) for one in found] for found in (held, streamed)
    ]
    assert summary[0] == summary[1]


def test_a_comment_inside_the_day_changes_nothing(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [genericode("1", [("1", "M", "", "2025-01-01")])])
    said = [mini.codes(on(day) + rasse("1")) for day in ("2026-03-10", "2026-<!-- k -->03-10", "2024-<!-- k -->03-10")]
    assert said == [["C104"], ["C104"], []]


def test_places_of_a_streamed_message_lead_to_the_element(tmp_path: Path) -> None:
    from lxml import etree

    mini = Mini(tmp_path, [genericode("1", [("1", "M")])])
    body = "<m:a/>" + rasse("1") + f"<m:b>{rasse('1')}{rasse('9')}</m:b>"
    (found,) = mini.findings(body, large=True)
    root = etree.fromstring(
        f'<m:nachricht xmlns:m="m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}</m:nachricht>'
    )
    hits = root.xpath(found.place.xpath or "")
    assert isinstance(hits, list)
    assert [hit.findtext("code") for hit in hits] == ["9"]


def test_depth_without_end_is_refused_while_streaming(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [])
    assert mini.codes("<m:a>" * 5000 + "</m:a>" * 5000, large=True) == ["C114"]
