"""Days on the command line."""

import re
from datetime import date

import click

from schnittstellen.cli.base import Option
from schnittstellen.domain.days import YEARS, asked_day
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

NO_DAY = N_("„{value}“ ist kein Tag von {least} bis {most} (JJJJ-MM-TT oder TT.MM.JJJJ).")
_GERMAN = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")


def iso(text: str) -> str:
    """A day as YYYY-MM-DD where it was written as the terminal writes days in German; anything else as it is."""
    found = _GERMAN.fullmatch(text)
    return "-".join(reversed(found.groups())) if found else text


def written(day: date) -> str:
    """A day as it is written in the language of the reader."""
    from schnittstellen.attest.words import day as in_words

    return in_words(day, current())


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD or DD.MM.YYYY."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else asked_day(iso(str(value)))
        except ValueError:
            self.fail(_(NO_DAY).format(value=value, least=YEARS[0], most=YEARS[-1]), param, ctx)


def on_option() -> Option:
    """`--on`, the day that an answer is for."""
    return Option(["--on"], type=Day(), metavar=N_("JJJJ-MM-TT"), help=N_("Was an diesem Tag gilt; sonst heute."))
