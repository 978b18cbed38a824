"""Regular expressions of XML Schema (part 2, appendix F), matched in time linear in the value's length.

libxml2 uses old character tables, miscounts repeated groups and gives up on expressions that make it backtrack;
elementpath misreads `\\w`, `\\s`, `\\i` and `\\c`. So values of such patterns are matched here.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from elementpath.regex.unicode_subsets import unicode_subset

from schnittstellen.checks.xsd.automaton import Accepts, Machine, Node, choice, one, repeated, sequence

_SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in "\\|.-^?*+{}()[]"}
_NAME_START = re.compile(
    "[:_A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
_NAME = re.compile(_NAME_START.pattern[:-1] + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040]")
_CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")


class NotSupported(ValueError):
    """Not an expression of XML Schema."""


@dataclass(slots=True)
class _Parser:
    text: str
    at: int = 0
    escapes: bool = False
    counters: bool = False
    names: bool = False

    def expression(self) -> Node:
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else choice(branches)

    def finish(self) -> Node:
        node = self.expression()
        if self.at < len(self.text):
            raise NotSupported(self.text)
        return node

    def _branch(self) -> Node:
        pieces: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            pieces.append(self._piece())
        return sequence(pieces)

    def _piece(self) -> Node:
        atom = self._atom()
        low, high = self._quantifier()
        if (low, high) == (1, 1):
            return atom
        if atom.kind != "one" and (low > 1 or high not in (1, None)):
            self.counters = True
        return repeated(atom, low, high)

    def _quantifier(self) -> tuple[int, int | None]:
        for sign, bounds in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self._take(sign):
                return bounds
        if not self._take("{"):
            return 1, 1
        found = re.compile(r"(\d+)(,(\d*))?\}").match(self.text, self.at)
        if found is None:
            raise NotSupported(self.text)
        self.at = found.end()
        low = int(found[1])
        high = low if found[2] is None else int(found[3]) if found[3] else None
        if high is not None and high < low:
            raise NotSupported(self.text)
        return low, high

    def _atom(self) -> Node:
        char = self._next()
        if char == "(":
            node = self.expression()
            if not self._take(")"):
                raise NotSupported(self.text)
            return node if node.kind != "one" else sequence((node,))
        if char == "[":
            return one(self._class())
        if char == ".":
            return one(_not_line_end)
        if char == "\\":
            return one(self._escape())
        if char in "?*+{}]":
            raise NotSupported(self.text)
        return one(char.__eq__)

    def _escape(self) -> Accepts:
        char = self._next()
        if char in _SINGLE:
            return _SINGLE[char].__eq__
        self.names |= char in "iIcC"
        self.escapes = True
        if char in "pP":
            return self._property(negated=char == "P")
        accepts = _MULTI.get(char.lower())
        if accepts is None:
            raise NotSupported(self.text)
        return accepts if char.islower() else _negated(accepts)

    def _property(self, *, negated: bool) -> Accepts:
        found = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.text, self.at)
        if found is None:
            raise NotSupported(self.text)
        self.at = found.end()
        accepts = _category(found[1])
        return _negated(accepts) if negated else accepts

    def _class(self) -> Accepts:
        negated = self._take("^")
        parts: list[Accepts] = []
        without: Accepts | None = None
        first = True
        while not self._take("]"):
            if not first and self.text.startswith("-[", self.at):
                self.at += 2
                without = self._class()
                if not self._take("]"):
                    raise NotSupported(self.text)
                break
            parts.append(self._range())
            first = False
        if not parts:
            raise NotSupported(self.text)
        return _minus(_any_of(parts, negated=negated), without)

    def _range(self) -> Accepts:
        start = self._member()
        if not isinstance(start, str):
            return start
        follows = self.text[self.at : self.at + 2]
        if not follows.startswith("-") or follows in ("-]", "-["):
            return start.__eq__
        self.at += 1
        end = self._member()
        if not isinstance(end, str) or end < start:
            raise NotSupported(self.text)
        return _between(start, end)

    def _member(self) -> str | Accepts:
        char = self._next()
        if char == "[":
            raise NotSupported(self.text)
        if char != "\\":
            return char
        follows = self.text[self.at : self.at + 1]
        if follows in _SINGLE:
            self.at += 1
            return _SINGLE[follows]
        return self._escape()

    def _take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise NotSupported(self.text)
        self.at += 1
        return self.text[self.at - 1]


def _not_line_end(char: str) -> bool:
    return char not in "\n\r"


def _negated(accepts: Accepts) -> Accepts:
    return lambda char: not accepts(char)


def _between(start: str, end: str) -> Accepts:
    return lambda char: start <= char <= end


def _any_of(parts: list[Accepts], *, negated: bool) -> Accepts:
    return lambda char: any(part(char) for part in parts) is not negated


def _minus(accepts: Accepts, without: Accepts | None) -> Accepts:
    return accepts if without is None else lambda char: accepts(char) and not without(char)


def _category(name: str) -> Accepts:
    if _CATEGORY.fullmatch(name):
        return lambda char: unicodedata.category(char).startswith(name)
    if not name.startswith("Is"):
        raise NotSupported(name)
    try:
        block = unicode_subset(name)
    except (KeyError, ValueError) as error:
        raise NotSupported(name) from error
    return lambda char: ord(char) in block


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


_MULTI: dict[str, Accepts] = {
    "s": lambda char: char in " \t\n\r",
    "d": lambda char: unicodedata.category(char) == "Nd",
    "w": _is_word,
    "i": lambda char: _NAME_START.match(char) is not None,
    "c": lambda char: _NAME.match(char) is not None,
}


class Pattern:
    """One expression.

    `escapes`: it names character classes; `counters`: it counts repeated groups; `names`: it uses the classes of
    characters in names, of which XML 1.0 has two editions.
    """

    def __init__(self, text: str) -> None:
        """Raises `NotSupported`."""
        parser = _Parser(text)
        self._node = parser.finish()
        self.escapes = parser.escapes
        self.counters = parser.counters
        self.names = parser.names
        self._machine: Machine | None = None

    def matches(self, value: str) -> bool:
        """Whether the whole of `value` matches. Raises `TooManyStates`."""
        if self._machine is None:
            self._machine = Machine(self._node)
        return self._machine.matches(value)


@lru_cache(maxsize=1024)
def pattern(text: str) -> Pattern | None:
    """The pattern of `text`, or None where it is not one that can be matched here."""
    try:
        return Pattern(text)
    except (NotSupported, RecursionError):
        return None
