"""What a reader asks for in the address: the day that an answer is for."""

from datetime import date

from django.http import HttpRequest

from schnittstellen.domain.days import asked_day
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NO_DAY = Fault(
    "F170",
    N_("{value} ist kein Tag, für den wir etwas zeigen können."),
    N_("Schreiben Sie den Tag so: 2026-12-31. Ohne Angabe sehen Sie, was heute gilt."),
)
FAULTS = (NO_DAY,)
MOST = 20


def day_of(request: HttpRequest) -> date:
    """The day of `?on=`, else today. Raises `SchnittstellenError` (F170)."""
    return chosen_day(request) or date.today()


def chosen_day(request: HttpRequest) -> date | None:
    """The day that the reader named, None where nobody named one. Raises `SchnittstellenError` (F170)."""
    written = request.GET.get("on", "").strip()
    if not written:
        return None
    try:
        return asked_day(written)
    except ValueError as error:
        raise SchnittstellenError(NO_DAY, value=written[:MOST]) from error


def number_of(request: HttpRequest, name: str) -> int:
    """A number from the address, 0 where it is missing or none."""
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 8 else 0
