"""Compiles the message catalogues (.po) that ship with the wheel; runs for editable installs too."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        package = Path(self.root, "src", "schnittstellen")
        runpy.run_path(str(package / "catalogues.py"))["compile_all"](package / "locale")
