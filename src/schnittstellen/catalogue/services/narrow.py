"""Values that databases hand over as text: thousands of rows have the same, and each text is understood once."""

import json
from datetime import date
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

Ids = frozenset[str]
_MOST = 20_000


def text(name: str) -> Cast:
    """A column as the database writes it; of moments the UTC day comes first, in ISO 8601."""
    return Cast(name, TextField())


@lru_cache(maxsize=_MOST)
def ids(written: str) -> Ids:
    """The names of a JSON list."""
    return frozenset(json.loads(written))


@lru_cache(maxsize=_MOST)
def day_of(written: str) -> date:
    """The day of a moment."""
    return date.fromisoformat(written[:10])
