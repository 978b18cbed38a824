"""Where a request is wrong and why, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import current, filled

REASONS = {
    "missing": N_("Diese Angabe fehlt."),
    "extra_forbidden": N_("Diese Angabe gibt es nicht oder sie lässt sich nicht setzen."),
    "unknown_parameter": N_("Diesen Parameter gibt es hier nicht."),
    "repeated_parameter": N_("Diesen Parameter gibt es nur einmal je Anfrage."),
    "no_other_day": N_("Hier ist nur bekannt, was heute gilt; lassen Sie den Tag weg."),
    "string_type": N_("Erwartet wird ein Text."),
    "string_too_long": N_("Der Text ist zu lang; höchstens {max_length} Zeichen."),
    "string_too_short": N_("Der Text ist zu kurz; Mindestlänge: {min_length}."),
    "string_pattern_mismatch": N_("Der Text hat nicht die erwartete Form ({pattern})."),
    "control": N_("Hier steht ein unsichtbares Steuerzeichen ({sign})."),
    "base64": N_("Erwartet wird Base64."),
    "literal_error": N_("Möglich ist nur: {expected}."),
    "enum": N_("Möglich ist nur: {expected}."),
    "too_long": N_("Das sind zu viele; höchstens {max_length}."),
    "greater_than_equal": N_("Die Zahl ist zu klein; mindestens {ge}."),
    "less_than_equal": N_("Die Zahl ist zu groß; höchstens {le}."),
    "int_parsing": N_("Erwartet wird eine ganze Zahl."),
    "int_type": N_("Erwartet wird eine ganze Zahl."),
    "bool_parsing": N_("Erwartet wird true oder false."),
    "bool_type": N_("Erwartet wird true oder false."),
    "list_type": N_("Erwartet wird eine Liste."),
    "unknown_year": N_("Antworten gibt es für Tage von {least} bis {most}."),
    "date_type": N_("Erwartet wird ein Datum JJJJ-MM-TT."),
    "date_parsing": N_("Erwartet wird ein Datum JJJJ-MM-TT."),
    "date_from_datetime_parsing": N_("Erwartet wird ein Datum JJJJ-MM-TT."),
    "date_from_datetime_inexact": N_("Erwartet wird ein Datum JJJJ-MM-TT."),
}
OTHERWISE = N_("Dieser Wert ist hier nicht möglich ({reason}).")


def places(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What pydantic found, as places with a reason. The refused value itself is not repeated."""
    return [_place(one) for one in errors]


def _place(error: Mapping[str, Any]) -> dict[str, str]:
    source, *inner = error["loc"]
    known = {name: str(value) for name, value in error.get("ctx", {}).items()} | {"reason": str(error["msg"])}
    known |= {name: known[name].replace(" or ", ", ") for name in known.keys() & {"expected"}}
    detail = filled(REASONS.get(error["type"], OTHERWISE), known, current())
    return {"pointer": _pointer(str(source), inner), "detail": detail}


def of_problems(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """What the rules of the registry found."""
    return [
        {
            "pointer": "#" + "".join(f"/{_escaped(part)}" for part in one.path.split(".") if part),
            "detail": filled(one.text, one.parameters, current()),
        }
        for one in problems
    ]


def _pointer(source: str, inner: list[Any]) -> str:
    if source == "body":
        return "#" + "".join(f"/{_escaped(str(one))}" for one in inner[1:])
    names = [one for one in inner if isinstance(one, str)]
    return names[-1] if names else source


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
