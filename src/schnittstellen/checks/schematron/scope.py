"""Which variable a name means in which pattern.

The editions differ: in 2016 a pattern's variable is global (another pattern may use it), later it is local to its
pattern. Both hold here: a pattern sees its own variables first, then those of schema and phase, then those of other
patterns. What stays forbidden is to define one name twice in one scope, and to repeat a global definition word for word
in a pattern (5.4.5): a different definition is a narrower scope (3.26).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.checks.schematron.expand import Expanded, Pattern, unique
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.xpath import rename_variables, substitute


@dataclass(frozen=True, slots=True)
class Scope:
    """How expressions of one pattern are to be written in the stylesheet."""

    names: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def expression(self, text: str) -> str:
        """An XPath expression, with the pattern's own variables and the parameters of its abstract pattern."""
        return rename_variables(substitute(text, self.parameters), self.names)


@dataclass(frozen=True, slots=True)
class Global:
    """A variable of the stylesheet: its name there, and the sch:let that defines it in `scope`."""

    name: str
    let: etree._Element
    scope: Scope


def scopes(schema: Expanded) -> tuple[tuple[Scope, ...], tuple[Global, ...]]:
    """The scope of each pattern, and all global variables. Raises `RulesProblem`."""
    shared = unique(schema.lets)
    of_patterns = tuple(
        _scope(number, pattern, shared, schema.patterns) for number, pattern in enumerate(schema.patterns)
    )
    variables = [Global(name, let, Scope()) for name, let in shared.items()]
    for pattern, scope in zip(schema.patterns, of_patterns, strict=True):
        variables.extend(_globals(pattern, scope))
    return of_patterns, tuple(variables)


def _scope(number: int, pattern: Pattern, shared: Mapping[str, etree._Element], patterns: tuple[Pattern, ...]) -> Scope:
    names: dict[str, str] = {}
    for let in pattern.lets:
        name = let.get("name", "").strip()
        if name in shared and _same(let, shared[name]):
            raise RulesProblem("variable_twice", f"${name}")
        if name in shared or _defined(name, patterns) > 1:
            names[name] = f"pattern-{number}-{name}"
    return Scope(names, pattern.parameters)


def _same(first: etree._Element, second: etree._Element) -> bool:
    return first.get("value") == second.get("value") and len(first) == len(second) == 0


def _defined(name: str, patterns: tuple[Pattern, ...]) -> int:
    return sum(let.get("name", "").strip() == name for pattern in patterns for let in pattern.lets)


def _globals(pattern: Pattern, scope: Scope) -> Iterator[Global]:
    for let in pattern.lets:
        name = let.get("name", "").strip()
        yield Global(scope.names.get(name, name), let, scope)
