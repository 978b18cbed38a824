"""Simple types as far as they matter behind libxml2: identity, and values that it misjudges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from schnittstellen.checks.xsd.automaton import TooManyStates
from schnittstellen.checks.xsd.regex import pattern
from schnittstellen.checks.xsd.values import comparable, has_form, same

Variety = Literal["atomic", "list", "union"]
Fault = tuple[str, str]
"""What is wrong with a value: ("type", the type's name), ("pattern", it) or (a facet, its value)."""
_SPACES = re.compile(r"[ \t\n\r]+")
_LINES = {9: " ", 10: " ", 13: " "}
_MISJUDGED = frozenset(("base64Binary", "float", "double", "duration"))
_LISTS = frozenset(("NMTOKENS", "IDREFS", "ENTITIES"))
_PRESERVED = frozenset(("string", "anySimpleType"))


@dataclass(eq=False)
class Simple:
    """A simple type. `builtin` is the nearest built-in type above it; `steps` the patterns of each restriction.

    `item` is the type of a list's items, `members` those of a union. `every` says that libxml2 does not look at
    patterns at all, so that all must be matched here.
    """

    name: str
    builtin: str
    variety: Variety = "atomic"
    steps: tuple[tuple[str, ...], ...] = ()
    item: "Simple | None" = None
    members: tuple["Simple", ...] = ()
    space: str = "collapse"
    enumeration: tuple[str, ...] | None = None
    limits: tuple[tuple[str, str], ...] = ()
    every: bool = False

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
        return any(part._misjudged for part in self.parts)

    @cached_property
    def watched(self) -> bool:
        """Whether values of this type are looked at behind libxml2."""
        return self.doubtful or self.identifies is not None

    @cached_property
    def doubtful_patterns(self) -> bool:
        """Whether any pattern is of a kind that libxml2 misjudges."""
        known = [one for step in self.steps for text in step if (one := pattern(text)) is not None and not one.names]
        return any(self.every or one.escapes or one.counters for one in known)

    @cached_property
    def _misjudged(self) -> bool:
        empty_list = self.builtin in _LISTS and self.variety == "list"
        return self.builtin in _MISJUDGED or empty_list or self._spaced or self._timed or self.doubtful_patterns

    @cached_property
    def _spaced(self) -> bool:
        """Whether this is a union in which white space counts for some member."""
        return self.variety == "union" and any(part.space != "collapse" for part in self.parts)

    @property
    def _timed(self) -> bool:
        return self.builtin == "time" and bool(self.limits)

    def normal(self, raw: str) -> str:
        """`raw` with white space treated as the type says."""
        if self.space == "preserve":
            return raw
        if self.space == "replace":
            return raw.translate(_LINES)
        return _SPACES.sub(" ", raw).strip(" ")

    def fault(self, raw: str) -> Fault | None:
        """What is wrong with `raw` among the things that libxml2 misjudges."""
        value = self.normal(raw)
        return self._own_fault(value) or self._part_fault(raw)

    def pattern_fault(self, value: str) -> str | None:
        """The first step of patterns that `value` (white space already treated) does not match."""
        for step in self.steps:
            verdicts = list(_matches(step, value))
            if not any(verdicts) and None not in verdicts:
                return " | ".join(step)
        return None

    def has_form(self, value: str) -> bool:
        """Whether `value` has the lexical form of the built-in type; True where none is known."""
        return self.variety != "atomic" or has_form(self.builtin, value)

    def _own_fault(self, value: str) -> Fault | None:
        broken = self.pattern_fault(value) if self.doubtful_patterns else None
        if broken is not None:
            return "pattern", broken
        if (self.builtin in _LISTS and not value) or not self.has_form(value):
            return "type", f"xs:{self.builtin}"
        if self._timed:
            return next(((name, limit) for name, limit in self.limits if not comparable(value, limit)), None)
        return None

    def _part_fault(self, raw: str) -> Fault | None:
        if self.variety == "list" and self.item is not None and self.item.doubtful:
            return next((found for one in raw.split() if (found := self.item.fault(one))), None)
        if self.variety != "union" or not self.members:
            return None
        odd = self._spaced and _SPACES.sub(" ", raw).strip(" ") != raw
        if (odd or any(one.doubtful for one in self.members)) and not any(self._is(one, raw) for one in self.members):
            return "type", self.name or "union"
        return None

    def _is(self, member: "Simple", raw: str) -> bool:
        """Whether `raw` may be a value of `member`, as far as is known here."""
        value = member.normal(raw)
        if member.variety == "union":
            return any(member._is(one, raw) for one in member.members)
        allowed = [one for one in (self.enumeration, member.enumeration) if one is not None]
        listed = all(any(same(member.builtin, value, member.normal(one)) for one in some) for some in allowed)
        fits = all(_fits(name, int(limit), value) for name, limit in member.limits if name.lower().endswith("length"))
        return listed and fits and member.pattern_fault(value) is None and member.fault(raw) is None


def _fits(facet: str, limit: int, value: str) -> bool:
    if facet == "length":
        return len(value) == limit
    return len(value) >= limit if facet == "minLength" else len(value) <= limit


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
        return Simple(f"xs:{name}", name, "list", item=built_in("ENTITY" if name == "ENTITIES" else name[:-1]))
    space = "preserve" if name in _PRESERVED else "replace" if name == "normalizedString" else "collapse"
    return Simple(f"xs:{name}", name, space=space)
