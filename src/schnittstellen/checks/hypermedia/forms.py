"""Forms of text that the checks judge themselves: dates, points in time, addresses, masked characters."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d\Z")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\Z")
_MASKED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|szlig|[aouAOU]uml|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
EXAMPLES = {
    "date": "2024-02-01",
    "date-time": "2024-02-01T17:00:00+01:00",
    "uri": "https://ris.example.org/paper/1",
}
SHOWN = {"date": "JJJJ-MM-TT", "date-time": "JJJJ-MM-TTThh:mm:ss±hh:mm", "uri": "http(s)://…"}


def is_date(value: str) -> bool:
    """Whether a text is a day of the calendar in the form YYYY-MM-DD."""
    if not _DATE.match(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_date_time(value: str) -> bool:
    """Whether a text is a point in time with zone (RFC 3339, 5.6)."""
    return bool(_RFC_3339.match(value)) and moment(value) is not None


def is_exact(value: str) -> bool:
    """Whether a point in time is written with whole seconds and a numeric zone."""
    return bool(_EXACT.match(value))


def is_address(value: str) -> bool:
    """Whether a text is a complete http or https address."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", value)
    except ValueError:
        return False


def is_masked(value: str) -> bool:
    """Whether a text looks as if it were escaped for HTML or XML."""
    return bool(_MASKED.search(value))


def moment(value: object) -> float | None:
    """Seconds since 1970 of a point in time with zone, or None."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return None if parsed.tzinfo is None else parsed.timestamp()
    except (ValueError, OverflowError):
        return None


FORMS = {"date": is_date, "date-time": is_date_time, "uri": is_address}
