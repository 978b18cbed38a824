"""TOML as people would write it: short lists on one line."""

import re
from collections.abc import Mapping
from typing import Any

import tomli_w

_LIST = re.compile(r"(?m)^(?P<head>[^\n#]*= )\[\n(?P<items>(?:    [^\n]+,\n)+)\]$")
_WIDTH = 120


def toml_text(written: Mapping[str, Any]) -> str:
    """The TOML text of `written`, in its order; the same input gives the same bytes."""
    return _LIST.sub(_on_one_line, tomli_w.dumps(written))


def _on_one_line(found: re.Match[str]) -> str:
    items = [line.strip().removesuffix(",") for line in found["items"].splitlines()]
    line = f"{found['head']}[{', '.join(items)}]"
    return line if len(line) <= _WIDTH else found[0]
