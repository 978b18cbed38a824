"""Simple types as far as they matter behind libxml2: identity, forms of values that it misjudges, patterns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schnittstellen.checks.xsd.automaton import TooManyStates
from schnittstellen.checks.xsd.regex import pattern

Variety = Literal["atomic", "list", "union"]
_SPACES = re.compile(r"[ \t\n\r]+")
_B64 = "[A-Za-z0-9+/]"
_BASE64 = re.compile(
    rf"(?:(?:{_B64} ?){{4}})*(?:(?:{_B64} ?){{3}}{_B64}|(?:{_B64} ?){{2}}[AEIMQUYcgkosw048] ?=|{_B64} ?[AQgw] ?= ?=)?\Z"
)
_FLOAT = re.compile(r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)\Z", re.ASCII)
_DURATION = re.compile(
    r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z", re.ASCII
)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+\Z", re.ASCII)
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?\Z"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_LEXICAL: dict[str, re.Pattern[str]] = {
    "base64Binary": _BASE64,
    "float": _FLOAT,
    "double": _FLOAT,
    "duration": _DURATION,
    "decimal": _DECIMAL,
    "integer": _INTEGER,
    "boolean": re.compile(r"true|false|0|1\Z"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*\Z"),
    "date": re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", re.ASCII),
    "time": re.compile(rf"{_TIME}{_ZONE}", re.ASCII),
    "dateTime": re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", re.ASCII),
    "gYear": re.compile(rf"{_YEAR}{_ZONE}", re.ASCII),
    "gYearMonth": re.compile(rf"{_YEAR}-{_MONTH}{_ZONE}", re.ASCII),
    "gMonthDay": re.compile(rf"--{_MONTH}-{_DAY}{_ZONE}", re.ASCII),
    "gDay": re.compile(rf"---{_DAY}{_ZONE}", re.ASCII),
    "gMonth": re.compile(rf"--{_MONTH}{_ZONE}", re.ASCII),
}
_MISJUDGED = frozenset(("base64Binary", "float", "double", "duration"))
_LISTS = frozenset(("NMTOKENS", "IDREFS", "ENTITIES"))
_PRESERVED = frozenset(("string", "anySimpleType"))
_INTEGERS = (
    "nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt "
    "unsignedShort unsignedByte positiveInteger"
)
PRIMITIVE = dict.fromkeys(_INTEGERS.split(), "integer")


@dataclass(eq=False)
class Simple:
    """A simple type. `builtin` is the nearest built-in type above it; `steps` the patterns of each restriction.

    `item` is the type of a list's items, `members` those of a union.
    """

    name: str
    builtin: str
    variety: Variety = "atomic"
    steps: tuple[tuple[str, ...], ...] = ()
    item: "Simple | None" = None
    members: tuple["Simple", ...] = ()
    space: str = "collapse"

    @cached_property
    def parts(self) -> tuple["Simple", ...]:
        """This type, its items' type and all members, however deep."""
        below = (*((self.item,) if self.item else ()), *self.members)
        return (self, *(part for one in below for part in one.parts))

    @cached_property
    def identifies(self) -> str | None:
        """ "ID" or "IDREF" where values of this type (or the items of this list) are identity."""
        found = {part.builtin for part in self.parts} & {"ID", "IDREF", "IDREFS"}
        if self.variety == "union" or not found:
            return None
        return "ID" if "ID" in found else "IDREF"

    @cached_property
    def doubtful(self) -> bool:
        """Whether libxml2 may accept values that this type does not have."""
        return any(
            part.builtin in _MISJUDGED or (part.builtin in _LISTS and part.variety == "list") or part.doubtful_patterns
            for part in self.parts
        )

    @cached_property
    def doubtful_patterns(self) -> bool:
        """Whether any pattern is of a kind that libxml2 misjudges."""
        known = [pattern(text) for step in self.steps for text in step]
        return any(one is not None and not one.names and (one.escapes or one.counters) for one in known)

    @cached_property
    def watched(self) -> bool:
        """Whether values of this type are looked at behind libxml2."""
        return self.doubtful or self.identifies is not None

    def has_form(self, value: str) -> bool:
        """Whether `value` has the lexical form of the built-in type; True where that is not told by a form."""
        form = _LEXICAL.get(PRIMITIVE.get(self.builtin, self.builtin))
        return form is None or form.match(value) is not None

    def normal(self, raw: str) -> str:
        """`raw` with white space treated as the type says."""
        if self.space == "preserve":
            return raw
        if self.space == "replace":
            return raw.translate({9: " ", 10: " ", 13: " "})
        return _SPACES.sub(" ", raw).strip(" ")

    def fault(self, raw: str) -> tuple[str, str] | None:
        """What is wrong with `raw` among the things that libxml2 misjudges: ("type", its name) or ("pattern", it)."""
        value = self.normal(raw)
        return self._own_fault(value) or self._part_fault(value)

    def pattern_fault(self, value: str) -> str | None:
        """The first step of patterns that `value` (white space already treated) does not match."""
        for step in self.steps:
            verdicts = list(_matches(step, value))
            if not any(verdicts) and None not in verdicts:
                return " | ".join(step)
        return None

    def _own_fault(self, value: str) -> tuple[str, str] | None:
        broken = self.pattern_fault(value)
        if broken is not None:
            return "pattern", broken
        if self.builtin in _LISTS and not value:
            return "type", f"xs:{self.builtin}"
        form = _LEXICAL.get(PRIMITIVE.get(self.builtin, self.builtin)) if self.variety == "atomic" else None
        return ("type", f"xs:{self.builtin}") if form is not None and not form.match(value) else None

    def _part_fault(self, value: str) -> tuple[str, str] | None:
        if self.variety == "list" and self.item is not None:
            return next((found for one in value.split() if (found := self.item.fault(one))), None)
        if self.variety == "union" and self.members and all(one.fault(value) for one in self.members):
            return "type", self.name or "union"
        return None


def _matches(step: tuple[str, ...], value: str) -> Iterator[bool | None]:
    for text in step:
        known = pattern(text)
        try:
            yield None if known is None or known.names else known.matches(value)
        except TooManyStates:
            yield None


def built_in(name: str) -> Simple:
    """The built-in type of this local name."""
    if name in _LISTS:
        return Simple(f"xs:{name}", name, "list", item=built_in(name.removesuffix("S").replace("ENTITIE", "ENTITY")))
    space = "preserve" if name in _PRESERVED else "replace" if name == "normalizedString" else "collapse"
    return Simple(f"xs:{name}", name, space=space)
