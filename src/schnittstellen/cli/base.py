"""Commands in the chosen language: Click's classes with German texts that are translated when they are shown."""

import gettext
import sys
from collections.abc import Callable
from copy import copy
from typing import Any

import click

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import LANGUAGES, _

DEBUG = "schnittstellen.debug"
NO_COLOR = "schnittstellen.no_color"


class Option(click.Option):
    """An option whose help and metavar are German texts of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        told = copy(self)
        told.help = _(self.help) if self.help else None
        return click.Option.get_help_record(told, ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument whose metavar is a German text of the catalogue."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


PORTS = 65_535
"""There is no port of a larger number."""


class Number(click.ParamType[int]):
    """A whole number of at least `least`, and at most `most` where there is one."""

    name = "number"

    def __init__(self, least: int = 1, most: int | None = None) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self._least - 1
        if number < self._least:
            text = _(N_("{value} ist keine ganze Zahl ab {least}."))
            self.fail(text.format(value=value, least=self._least), param, ctx)
        if self._most is not None and number > self._most:
            text = _(N_("{value} ist zu groß: höchstens {most}."))
            self.fail(text.format(value=value, most=self._most), param, ctx)
        return number


class Translated(click.Command):
    """What commands and groups have in common: translated help, and the options that every command knows."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params = [*self.params, *common_options()]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = copy(self)
        told.help = verbatim(_(self.help)) if self.help else None
        told.epilog = _(self.epilog) if self.epilog else None
        super(Translated, told).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        text = _(self.help or "").partition("\n")[0]
        return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": N_("[OPTIONEN]"), "COMMAND [ARGS]...": N_("BEFEHL [ARGUMENTE]...")}
        return [_(words[piece]) if piece in words else piece for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext.gettext("Show this message and exit.")
        return option


class Command(Translated):
    """A command."""


class Group(Translated, click.Group):
    """A group whose commands are imported when they are first needed.

    `commands_at` maps names to "module:attribute" and the short help in German.
    """

    def __init__(self, *args: Any, commands_at: dict[str, tuple[str, str]] | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._at = commands_at or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._at, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._at:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        module, _colon, attribute = self._at[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not self._at:
            super().format_commands(ctx, formatter)
            return
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl([(name, _(short)) for name, (_at, short) in self._at.items()])


def verbatim(text: str) -> str:
    """`text` with Click's mark before paragraphs that hold indented lines, so that their lines stay as they are."""
    return "\n\n".join(f"\b\n{part}" if "\n  " in part else part for part in text.split("\n\n"))


def common_options() -> list[click.Parameter]:
    """Options that stand before or after the name of any command. The language is read before Click parses anything."""
    return [
        Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=N_("Sprache der Ausgabe; Vorgabe: Deutsch."),
        ),
        Option(
            ["--no-color"],
            is_flag=True,
            expose_value=False,
            callback=_remember(NO_COLOR),
            help=N_("Ausgabe ohne Farben (ebenso mit der Umgebungsvariable NO_COLOR)."),
        ),
        Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_remember(DEBUG),
            help=N_("Zeigt bei unerwarteten Fehlern die Fehlerspur."),
        ),
    ]


def debugging() -> bool:
    """Whether --debug was given to the command that runs."""
    return bool(click.get_current_context().meta.get(DEBUG))


def print_text(text: str) -> None:
    """Print lines for people to standard output."""
    click.echo(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode(sys.stdout.encoding or "utf-8"))


def _remember(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            ctx.meta[name] = True

    return remember
