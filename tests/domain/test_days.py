"""The day of a moment is the German one."""

from datetime import UTC, date, datetime

import pytest

from schnittstellen.domain.days import day_of


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime.fromisoformat("2026-12-01T00:30:00+01:00"), date(2026, 12, 1)),
    ],
)
def test_days_begin_at_midnight_in_germany(moment: datetime, day: date) -> None:
    assert day_of(moment) == day
