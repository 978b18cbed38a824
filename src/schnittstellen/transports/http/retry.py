"""`Retry-After` (RFC 9110, 10.2.3): how long a server asks to be left alone."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from schnittstellen.engine.endpoint import Call

_TOO_MANY = 429
_UNAVAILABLE = 503
_UNNAMED_PAUSE = 1.0


def asked_pause(call: Call, now: datetime) -> float | None:
    """Seconds to wait before asking again, or None where the answer does not call for that."""
    answer = call.response
    if answer is None or answer.status not in (_TOO_MANY, _UNAVAILABLE):
        return None
    header = answer.header("Retry-After")
    if header is None:
        return _UNNAMED_PAUSE if answer.status == _TOO_MANY else None
    return _seconds(header.strip(), now)


def _seconds(value: str, now: datetime) -> float | None:
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
