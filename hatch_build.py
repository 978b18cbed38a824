"""Compiles the message catalogues (.po) that ship with the wheel; runs for editable installs too."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for po in Path(self.root, "src", "schnittstellen", "locale").glob("*/LC_MESSAGES/*.po"):
            compile_catalogue(po)


def compile_catalogue(po: Path) -> None:
    """Write the .mo file beside `po`."""
    with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, locale=po.parent.parent.name))
