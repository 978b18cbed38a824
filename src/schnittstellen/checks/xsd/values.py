"""Values of the built-in types: their forms, and when two of them are the same value."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

_B64 = "[A-Za-z0-9+/]"
_BASE64 = re.compile(
    rf"(?:(?:{_B64} ?){{4}})*(?:(?:{_B64} ?){{3}}{_B64}|(?:{_B64} ?){{2}}[AEIMQUYcgkosw048] ?=|{_B64} ?[AQgw] ?= ?=)?\Z"
)
_FLOAT = re.compile(r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)\Z", re.ASCII)
_DURATION = re.compile(
    r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z", re.ASCII
)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+\Z", re.ASCII)
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?\Z"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_FORMS: dict[str, re.Pattern[str]] = {
    "base64Binary": _BASE64,
    "float": _FLOAT,
    "double": _FLOAT,
    "duration": _DURATION,
    "decimal": _DECIMAL,
    "integer": _INTEGER,
    "boolean": re.compile(r"(?:true|false|0|1)\Z"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*\Z"),
    "date": re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", re.ASCII),
    "time": re.compile(rf"{_TIME}{_ZONE}", re.ASCII),
    "dateTime": re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", re.ASCII),
    "gYear": re.compile(rf"{_YEAR}{_ZONE}", re.ASCII),
    "gYearMonth": re.compile(rf"{_YEAR}-{_MONTH}{_ZONE}", re.ASCII),
    "gMonthDay": re.compile(rf"--{_MONTH}-{_DAY}{_ZONE}", re.ASCII),
    "gDay": re.compile(rf"---{_DAY}{_ZONE}", re.ASCII),
    "gMonth": re.compile(rf"--{_MONTH}{_ZONE}", re.ASCII),
}
_INTEGERS = frozenset(
    (
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
        "positiveInteger",
    )
)
_MIDNIGHT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T24:00:00(?:\.0+)?(.*)\Z", re.ASCII)
_OF_DAY = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?\Z", re.ASCII)
_FURTHEST_ZONE = 14 * 3600


def has_form(builtin: str, value: str) -> bool:
    """Whether `value` has the lexical form of a built-in type; True where no form is known here."""
    form = _FORMS.get("integer" if builtin in _INTEGERS else builtin)
    return form is None or form.match(value) is not None


def same(builtin: str, first: str, second: str) -> bool:
    """Whether two valid values of a built-in type are one value."""
    return first == second or _value(builtin, first) == _value(builtin, second)


def without_24(value: str) -> str:
    """A dateTime at 24:00:00 as 00:00:00 of the next day, which is the same value."""
    found = _MIDNIGHT.match(value)
    if found is None:
        return value
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=1)
    except (ValueError, OverflowError):
        return value
    return f"{day.isoformat()}T00:00:00{found[4]}"


def comparable(first: str, second: str) -> bool:
    """Whether two values of xs:time have an order; with and without time zone they may have none."""
    one, other = _OF_DAY.match(first), _OF_DAY.match(second)
    if one is None or other is None or bool(one[4]) == bool(other[4]):
        return True
    return abs(_seconds(one) - _seconds(other)) > _FURTHEST_ZONE


def _seconds(time: re.Match[str]) -> float:
    zone = time[4] or "Z"
    offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
    return int(time[1]) * 3600 + int(time[2]) * 60 + float(time[3]) - offset


def _value(builtin: str, value: str) -> object:
    if builtin in _INTEGERS or builtin in ("integer", "decimal"):
        return Decimal(value) if _DECIMAL.match(value) else value
    if builtin in ("float", "double") and _FLOAT.match(value):
        return float(value.replace("INF", "inf"))
    if builtin == "boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    if builtin == "dateTime":
        return _instant(without_24(value))
    return value.upper() if builtin == "hexBinary" else value


def _instant(value: str) -> object:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment if moment.tzinfo is None else moment.astimezone(UTC)
