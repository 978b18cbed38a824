"""Message catalogues: gettext's written form (.po) compiled to its machine form (.mo).

Standard library only: the build (hatch_build.py) uses this module before the package is installed, and a source tree
compiles its catalogues itself when they are missing or older than their texts.
"""

import ast
import os
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

_LINE = re.compile(r'(?:(?P<field>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(?P<text>".*")\s*\Z')
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def compile_all(locale: Path) -> list[Path]:
    """Compile every catalogue below `locale` that is missing or older than its texts; returns the files written.

    A catalogue `<language>/LC_MESSAGES/<domain>.mo` is made of `<domain>.po` and, for the product's own domain
    `schnittstellen`, of `parts/*.po`. Raises `OSError` where the folder cannot be written.
    """
    stale = [(mo, sources) for mo, sources in catalogues(locale) if not _fresh(mo, sources)]
    for mo, sources in stale:
        _write(mo, compiled(sources))
    return [mo for mo, _ in stale]


def catalogues(locale: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Each .mo file below `locale` with the .po files that it is made of."""
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        parts = sorted(po.parent.glob("parts/*.po")) if po.stem == "schnittstellen" else []
        yield po.with_suffix(".mo"), [*parts, po]


def compiled(sources: Iterable[Path]) -> bytes:
    """The .mo file of all texts in `sources`; where two translate the same text, the later one wins."""
    texts: dict[str, str] = {}
    for source in sources:
        texts.update(read_po(source.read_text(encoding="utf-8")))
    return _binary(sorted((key.encode(), value.encode()) for key, value in {**texts, "": _HEADER}.items()))


def read_po(text: str) -> dict[str, str]:
    """Translations by text; plural forms are joined by NUL as in .mo files. Fuzzy and empty entries are left out."""
    pairs = (_pair(entry) for entry in _entries(text) if "fuzzy" not in entry)
    return {key: value for key, value in pairs if key and value.strip("\0")}


def _entries(text: str) -> Iterator[dict[str, str]]:
    entry: dict[str, str] = {}
    field = ""
    for line in text.splitlines():
        found = _LINE.match(line)
        starts = line.startswith("#") or (found and found["field"] in ("msgctxt", "msgid"))
        if starts and any(name.startswith("msgstr") for name in entry):
            yield entry
            entry = {}
        if line.startswith("#,") and "fuzzy" in line:
            entry["fuzzy"] = line
        if found:
            field = found["field"] or field
            entry[field] = entry.get(field, "") + ast.literal_eval(found["text"])
    yield entry


def _pair(entry: dict[str, str]) -> tuple[str, str]:
    key, value = entry.get("msgid", ""), entry.get("msgstr", "")
    if "msgid_plural" in entry:
        key = f"{key}\0{entry['msgid_plural']}"
        value = "\0".join(entry[name] for name in sorted(entry) if name.startswith("msgstr["))
    return key, value


def _binary(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """The layout of https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html, without a hash table."""
    count = len(pairs)
    tables = 28 + 16 * count
    offsets: tuple[list[int], list[int]] = ([], [])
    data = b""
    for column in (0, 1):
        for pair in pairs:
            offsets[column].extend((len(pair[column]), tables + len(data)))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, tables)
    return head + struct.pack(f"<{4 * count}I", *offsets[0], *offsets[1]) + data


def _fresh(mo: Path, sources: list[Path]) -> bool:
    try:
        written = mo.stat().st_mtime
    except OSError:
        return False
    return all(source.stat().st_mtime <= written for source in sources)


def _write(target: Path, data: bytes) -> None:
    """Replace `target` in one go, because several processes may do so at once."""
    beside = target.with_suffix(f".{os.getpid()}.tmp")
    beside.write_bytes(data)
    beside.replace(target)
