"""The option `--limit`: how much one run may ask of this machine."""

from typing import Any

import click

from schnittstellen.cli.base import Option
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

NAMES = (
    "max_file_bytes",
    "max_archive_entries",
    "max_archive_bytes",
    "max_directory_bytes",
    "max_ratio",
    "payload_seconds",
    "worker_memory",
)


class Limit(click.ParamType[tuple[str, int]]):
    """`NAME=NUMBER` with one of the known names and a number of at least 1."""

    name = "limit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        name, _equals, number = str(value).partition("=")
        if name not in NAMES or not number.isdecimal() or int(number) < 1:
            text = _(N_("{value} ist keine Grenze der Form NAME=ZAHL. Namen sind: {names}."))
            self.fail(text.format(value=value, names=", ".join(NAMES)), param, ctx)
        return name, int(number)


LIMIT = Option(
    ["limits", "--limit"],
    type=Limit(),
    multiple=True,
    metavar=N_("NAME=ZAHL"),
    help=N_(
        "Ändert eine Grenze, mehrfach möglich: max_file_bytes, max_archive_entries, max_archive_bytes, max_ratio, "
        "payload_seconds (je Nachricht), worker_memory (Bytes je Prozess)."
    ),
)
