"""Write the invented world into registry/: the same bytes each time, evidence by really running our engine.

    python tools/make_example_world.py            # write
    python tools/make_example_world.py --check    # exit status 1 where registry/ differs

Municipalities and services of NRW are facts and not touched. What the world must contain is in tests/catalogue/world.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.example_world import places, products, runs  # noqa: E402

from schnittstellen.formats.toml_text import toml_text  # noqa: E402

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
KINDS = ("vendors", "products", "providers", "deployments", "evidence", "evidence/reports")
"""Folders that hold nothing but the invented world."""


def files() -> Iterator[tuple[str, bytes]]:
    """Path below registry/ and bytes of each file."""
    for part in (places, products, runs):
        for name, content in part.written():
            yield name, content if isinstance(content, bytes) else text(content).encode()


def text(content: dict[str, Any]) -> str:
    """TOML with dates and times as such."""
    return toml_text(_typed(content))


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    if isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if isinstance(value, str) and _TIME.fullmatch(value) else value


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--to", type=Path, default=ROOT / "registry")
    given = parser.parse_args()
    made = dict(files())
    stale = [path for path in _present(given.to) if path.relative_to(given.to).as_posix() not in made]
    differing = [name for name, raw in made.items() if not _same(given.to / name, raw)]
    if given.check:
        print(*differing, *stale, sep="\n")
        return int(bool(differing or stale))
    for path in stale:
        path.unlink()
    for name in differing:
        (given.to / name).parent.mkdir(parents=True, exist_ok=True)
        (given.to / name).write_bytes(made[name])
    print(f"{len(made)} files, {len(differing)} written, {len(stale)} removed")
    return 0


def _present(folder: Path) -> Iterator[Path]:
    for kind in KINDS:
        yield from (path for path in (folder / kind).glob("*") if path.is_file())


def _same(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw


if __name__ == "__main__":
    raise SystemExit(main())
