"""What questions ask with: names of records, the day of the answer."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from schnittstellen.catalogue.services.records.kinds import KEY
from schnittstellen.web.api.parameters import known_day, without_default, written_day
from schnittstellen.web.api.shapes import Problem

PROBLEMS: dict[int, Any] = {304: None, 401: Problem, 403: Problem, 404: Problem, 422: Problem}
LEIKA = r"[0-9]{14}"
EITHER = rf"{KEY}(?:@{KEY})?"
"""A product, or one release of it."""
TODAY = "Day of the answer; today where it is missing."
Day = Annotated[date, BeforeValidator(written_day), AfterValidator(known_day)]
Key = Annotated[str, Field(pattern=f"^{KEY}$")]
Named = Annotated[str, Field(pattern=f"^{EITHER}$")]
Leika = Annotated[str, Field(pattern=f"^{LEIKA}$")]
Ags = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def missing(**limits: Any) -> Any:
    """The default of a parameter that may be missing."""
    return Field(None, json_schema_extra=without_default, **limits)


class OnDay(Schema):
    """`on` is the day that the answer holds for; today where it is missing."""

    on: Day = missing(description=TODAY)

    @property
    def day(self) -> date:
        """The day of the answer."""
        return self.on or date.today()
