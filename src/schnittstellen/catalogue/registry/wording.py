"""Departures from a JSON Schema in words for people (German; marked with `N_`)."""

from typing import Any

from schnittstellen.domain.texts import N_

_TYPES = {
    "string": N_("ein Text in Anführungszeichen"),
    "integer": N_("eine ganze Zahl"),
    "boolean": N_("true oder false"),
    "array": N_("eine Liste"),
    "object": N_("ein Abschnitt"),
}
_LIMITS = {
    "maxLength": N_("Der Text ist länger als {limit} Zeichen."),
    "minLength": N_("Der Text ist leer."),
    "maxItems": N_("Die Liste hat mehr als {limit} Einträge."),
    "minItems": N_("Die Liste ist leer; lassen Sie sie weg."),
    "maximum": N_("Die Zahl ist größer als {limit}."),
    "minimum": N_("Die Zahl ist kleiner als {limit}."),
}

_FORMS = {
    "^[0-9]{8}$": N_("Erwartet werden 8 Ziffern. Tabellenprogramme streichen eine Null am Anfang."),
    "^[0-9]{12}$": N_("Erwartet werden 12 Ziffern. Tabellenprogramme streichen eine Null am Anfang."),
    "^[0-9]{5}$": N_("Erwartet werden 5 Ziffern. Tabellenprogramme streichen eine Null am Anfang."),
    "^[0-9]{14}$": N_("Erwartet wird ein LeiKa-Schlüssel aus 14 Ziffern, ohne Leerzeichen."),
    "^\\d{4}-\\d{2}-\\d{2}$": N_("Erwartet wird ein Tag in der Form JJJJ-MM-TT."),
    "^\\S(.*\\S)?$": N_("Der Text steht in einer Zeile und beginnt und endet nicht mit einem Leerzeichen."),
    "^[a-z0-9][a-z0-9.-]{0,99}$": N_(
        "Erlaubt sind höchstens 100 Kleinbuchstaben ohne Umlaute, Ziffern, Punkte und Bindestriche; am Anfang steht "
        "ein Buchstabe oder eine Ziffer."
    ),
    "^[A-Za-z0-9][A-Za-z0-9._+-]{0,59}$": N_(
        "Erlaubt sind höchstens 60 Buchstaben ohne Umlaute, Ziffern und . _ + -; am Anfang steht ein Buchstabe oder "
        "eine Ziffer."
    ),
}
_WEB = N_("Erwartet wird eine Webadresse, die mit https:// oder http:// beginnt, ohne Kennwort und ohne Leerzeichen.")


def worded(kind: Any) -> tuple[str, dict[str, str]]:
    """The text and its parameters for a `ValidationError.kind` of jsonschema-rs."""
    name = kind.name
    if name in _LIMITS:
        return _LIMITS[name], {"limit": str(kind.limit)}
    if name == "required":
        return N_("Die Angabe {name} fehlt."), {"name": kind.property}
    if name == "additionalProperties":
        return N_("Die Angabe {names} ist hier nicht vorgesehen."), {"names": ", ".join(kind.unexpected)}
    if name == "type":
        wanted = next((_TYPES[one] for one in kind.types if one in _TYPES), N_("etwas anderes"))
        return N_("Hier wird {wanted} erwartet."), {"wanted": wanted}
    return _special(name, kind)


def _special(name: str, kind: Any) -> tuple[str, dict[str, str]]:
    if name == "enum":
        return N_("Möglich sind hier: {options}."), {"options": ", ".join(map(str, kind.options))}
    if name == "const":
        return N_("Hier muss {expected} stehen."), {"expected": str(kind.expected_value)}
    if name == "pattern":
        return _form(str(kind.pattern))
    if name == "uniqueItems":
        return N_("Die Liste enthält etwas doppelt."), {}
    return N_("Die Angabe entspricht nicht dem Schema ({rule})."), {"rule": name}


def _form(pattern: str) -> tuple[str, dict[str, str]]:
    if pattern.startswith("^https?://"):
        return _WEB, {}
    if pattern in _FORMS:
        return _FORMS[pattern], {}
    return N_("Der Wert hat nicht die verlangte Form ({pattern})."), {"pattern": pattern}


def beside(kind: Any) -> tuple[str, ...]:
    """The name of what should not be there, so that its own line can be told."""
    return tuple(kind.unexpected[:1]) if kind.name == "additionalProperties" else ()
