"""Refusals as rows and processes keep them, and back; a line for people keeps its template, to be translated."""

from collections.abc import Iterable
from typing import Any

from schnittstellen.domain import recording_refusals, refusals
from schnittstellen.domain.errors import Fault
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.texts import Line

_KNOWN = {one.code: one for one in (*refusals.FAULTS, *recording_refusals.FAULTS)}


def written(found: Iterable[Refusal]) -> list[dict[str, Any]]:
    """As JSON keeps them."""
    return [
        {"code": one.fault.code, "parameters": {name: _value(it) for name, it in one.parameters.items()}}
        for one in found
    ]


def _value(one: str) -> Any:
    return {"template": one.template, "parameters": one.parameters} if isinstance(one, Line) else one


def read(found: Iterable[dict[str, Any]], others: Iterable[Fault] = ()) -> tuple[Refusal, ...]:
    """What `written` made; `others` are faults that are no refusals but may stand there. Raises `KeyError`."""
    known = _KNOWN | {one.code: one for one in others}
    return tuple(
        Refusal(known[one["code"]], {name: _read(it) for name, it in one["parameters"].items()}) for one in found
    )


def _read(one: Any) -> str:
    return Line(one["template"], **one["parameters"]) if isinstance(one, dict) else str(one)
