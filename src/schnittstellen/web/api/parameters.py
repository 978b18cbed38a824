"""Parameters of requests: none that is not known is passed over in silence."""

import re
from datetime import date
from typing import Annotated, Any, get_origin

from django.http import HttpRequest
from ninja import Path, Query
from ninja.errors import ValidationError
from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from schnittstellen.domain.days import YEARS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def optional(kind: Any, **limits: Any) -> tuple[Any, Any]:
    """A parameter that may be missing; its schema does not offer null."""
    return Annotated[kind, Field(**limits)], Field(None, json_schema_extra=without_default)


def written_day(value: Any) -> Any:
    """A day as people write it; numbers, which pydantic would take for seconds, are none."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "YYYY-MM-DD")
    return value


def known_day(day: date) -> date:
    """A day for which there can be an answer."""
    if day.year not in YEARS:
        raise PydanticCustomError("unknown_year", "{least}–{most}", {"least": YEARS[0], "most": YEARS[-1]})
    return day


def in_query(name: str, parameters: dict[str, Any]) -> Any:
    """The annotation of an argument that holds these parameters of the query."""
    marker: Any = Query
    return marker[create_model(name, **parameters)]


def in_path(name: str, parameters: dict[str, Any]) -> Any:
    """The annotation of an argument that holds these parts of the path."""
    marker: Any = Path
    return marker[create_model(name, **parameters)]


def without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def demand_known(request: HttpRequest, asked: BaseModel | None = None) -> None:
    """Raises `ValidationError` for a parameter that is misspelt, or said twice: else the answer would be to another."""
    known = type(asked).model_fields if asked else {}
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise ValidationError([{"type": _reason(one), "loc": ("query", one), "msg": ""} for one in unknown])
    repeated = [name for name, field in known.items() if len(request.GET.getlist(name)) > 1 and not _many(field)]
    if repeated:
        raise ValidationError([{"type": "repeated_parameter", "loc": ("query", one), "msg": ""} for one in repeated])


def _many(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is list


def _reason(parameter: str) -> str:
    return "no_other_day" if parameter == "on" else "unknown_parameter"
