"""In which line of a TOML text a value stands. Only for messages: the text is known to be valid TOML."""

import re
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=\s*(.*)$")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) of the value at `path`, else that of the nearest table around it."""
    known = dict(_places(text))
    wanted = tuple(path)
    while wanted:
        if wanted in known:
            return known[wanted]
        wanted = wanted[:-1]
    return None


def _places(text: str) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    table: Path = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            inside = "" if inside in line else inside
        elif header := _HEADER.match(line):
            table = _opened(header[2].split("."), header[1] == "[[", counts)
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, key[1].strip('"')), number
            inside = _unclosed(key[2])


def _opened(names: Sequence[str], repeated: bool, counts: dict[Path, int]) -> Path:
    """The path of a table header; `counts` holds how many of each array of tables there are so far."""
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name.strip().strip('"'))
        last = position == len(names) - 1
        if last and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _unclosed(value: str) -> str:
    """The delimiter of a text over several lines that begins in `value` and does not end there."""
    for quotes in ('"""', "'''"):
        if value.startswith(quotes) and quotes not in value[3:]:
            return quotes
    return ""
