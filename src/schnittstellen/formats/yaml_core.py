"""YAML as OpenAPI means it: the core schema of YAML 1.2.2 (10.3), where NO, on, 12:30 and dates are text."""

import re
from typing import Any

import yaml

_PREFIX = "tag:yaml.org,2002:"
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", "tTfF"),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z", "-+0123456789"),
    ("float", r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)\Z", "-+.0123456789"),
    ("float", r"(?:[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)\Z", "-+."),
)
_KEPT = ("merge", "null", "value", "yaml")


class _Loader(yaml.CSafeLoader):
    """CSafeLoader with the resolvers of YAML 1.2."""


def load(text: str) -> Any:
    """The one document in `text`. Raises `yaml.YAMLError`, and `ValueError` for numbers beyond reason."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 (a CSafeLoader)


def _integer(loader: _Loader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base) if base == 10 else int(text[2:], base)


def _float(loader: _Loader, node: yaml.ScalarNode) -> float:
    text = str(loader.construct_scalar(node)).lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    kept = tuple(_PREFIX + one for one in _KEPT)
    found = {
        first: [(tag, pattern) for tag, pattern in pairs if tag in kept]
        for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    for name, form, firsts in _PLAIN:
        for first in firsts:
            found.setdefault(first, []).append((_PREFIX + name, re.compile(form)))
    return found


_Loader.yaml_implicit_resolvers = _resolvers()
_Loader.add_constructor(f"{_PREFIX}int", _integer)
_Loader.add_constructor(f"{_PREFIX}float", _float)
