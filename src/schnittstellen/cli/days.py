"""Days on the command line."""

from datetime import date

import click

from schnittstellen.cli.base import Option
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(_(N_("{value} ist kein Tag (JJJJ-MM-TT).")).format(value=value), param, ctx)


def on_option() -> Option:
    """`--on`, the day that an answer is for."""
    return Option(["--on"], type=Day(), metavar=N_("JJJJ-MM-TT"), help=N_("Was an diesem Tag gilt; sonst heute."))
