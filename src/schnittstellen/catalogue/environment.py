"""What the settings are made of."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=1073741824;"
    "PRAGMA cache_size=-16384;"
)
"""Pages are read from the file where the system keeps them for all processes; the cache of each connection is small."""
MOST_SECONDS = 600
"""So long a connection is used again; opening one costs more than most answers."""
_SHORT_ANSWERS = "-c jit=off -c random_page_cost=1.1"
"""PostgreSQL compiles no query to machine code, which takes longer than any of ours, and trusts its indexes, as the
catalogue of a country fits into memory."""


def database(url: str, home: Path) -> dict[str, Any]:
    """The database of `url`; without one, the SQLite file below `home`. Raises `ValueError` for another scheme.

    PostgreSQL keeps how it answers what it is asked twice; `?prepared=no` is for a pooler that lends its connections.
    """
    if not url:
        return _sqlite(home / "katalog.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(parts.scheme)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or os.environ.get("PGDATABASE", "postgres"),
        "USER": unquote(parts.username or os.environ.get("PGUSER", "")),
        "PASSWORD": unquote(parts.password or os.environ.get("PGPASSWORD", "")),
        "HOST": unquote(parts.hostname or os.environ.get("PGHOST", "")),
        "PORT": str(parts.port or os.environ.get("PGPORT", "")),
        "CONN_MAX_AGE": MOST_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {} if parse_qs(parts.query).get("prepared") == ["no"] else _kept(),
    }


def _kept() -> dict[str, Any]:
    return {"prepare_threshold": 1, "options": f"{os.environ.get('PGOPTIONS', '')} {_SHORT_ANSWERS}".strip()}


def _sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": MOST_SECONDS,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def secret(home: Path) -> str:
    """The secret kept below `home`, readable by its owner only; made on first use."""
    path = home / "geheimnis"
    home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8")
    made = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(made)
    return made
