"""Many values read as one text."""

from typing import Any

from django.db.models import Aggregate, CharField, TextField, Value
from django.db.models.functions import Cast

_APART = "\n"


class Joined(Aggregate):
    """The values of a group as one text, so that thousands are not read as rows; taken apart by `parts`."""

    function = "STRING_AGG"
    output_field = CharField()

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(Cast(name, TextField()), Value(_APART), **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As SQLite names it."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)


def parts(joined: str) -> list[str]:
    """The values that were joined."""
    return joined.split(_APART)
