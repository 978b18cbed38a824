"""What all records of the catalogue share."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import OrderBy

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

KEY = 200
NAME = 300


def undated_first(day: str) -> OrderBy:
    """The oldest first, before them what has no day: databases differ where nothing is said."""
    return models.F(day).asc(nulls_first=True)


def undated_last(day: str) -> OrderBy:
    """The newest first, after them what has no day."""
    return models.F(day).desc(nulls_last=True)


class Record(models.Model):
    """A record that people keep: `key` is its stable id outside, `revision` counts changes (optimistic locking)."""

    key = models.CharField(max_length=KEY, unique=True)
    revision = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key
