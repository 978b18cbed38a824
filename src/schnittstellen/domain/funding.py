"""Does it deserve funding? The rules of the Förderprüfung on facts of a product. Pure; unknown is never green."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schnittstellen.domain.levels import Nachweisstufe


class Rule(StrEnum):
    """What is demanded."""

    LICENCE = "licence"
    DOCUMENTATION = "documentation"
    STANDARDS = "standards"
    PARALLEL = "parallel"


class Met(StrEnum):
    """Whether a rule is met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """Reasons, as codes; words are made at the edge."""

    LICENCE_OPEN = "licence_open"
    LICENCE_CLOSED = "licence_closed"
    LICENCE_NOT_TOLD = "licence_not_told"
    SOURCE_NOT_TOLD = "source_not_told"
    DOCUMENTED = "documented"
    NOT_DOCUMENTED = "not_documented"
    NOTHING_DECLARED = "nothing_declared"
    LEVEL_REACHED = "level_reached"
    LEVEL_TOO_LOW = "level_too_low"
    ALONE = "alone"
    FUNDED_PARALLEL = "funded_parallel"
    PARALLEL_NOT_TOLD = "parallel_not_told"
    PURPOSE_NOT_TOLD = "purpose_not_told"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one edition. `open_licences` are SPDX identifiers."""

    edition: str
    open_licences: frozenset[str]
    least_level: Nachweisstufe


@dataclass(frozen=True, slots=True)
class Kept:
    """A declared role of a standard in force (`standard@version/role`), with its level on the day."""

    name: str
    level: Nachweisstufe
    documented: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the catalogue knows. `funded` and `untold` are products of the same kind for the same Leistung: publicly
    funded ones, and those of which nobody said whether they are.
    """

    licence: str
    source_code: str
    declared: tuple[Kept, ...]
    for_leistungen: bool
    funded: tuple[str, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One reason about one rule. `values` are licences, roles or products."""

    rule: Rule
    met: Met
    why: Ground
    values: tuple[str, ...] = ()


def judge(facts: Facts, rules: Rules) -> tuple[Judged, ...]:
    """Every reason, for and against."""
    return (*_licence(facts, rules), *_documentation(facts), *_standards(facts, rules), *_parallel(facts))


def overall(judged: tuple[Judged, ...]) -> Met:
    """No where one rule is broken; yes only where all are met."""
    found = {one.met for one in judged}
    if Met.NO in found:
        return Met.NO
    return Met.UNKNOWN if Met.UNKNOWN in found or not found else Met.YES


def _licence(facts: Facts, rules: Rules) -> Iterator[Judged]:
    if not facts.licence:
        yield Judged(Rule.LICENCE, Met.UNKNOWN, Ground.LICENCE_NOT_TOLD)
        return
    is_open = is_open_licence(facts.licence, rules.open_licences)
    met, why = (Met.YES, Ground.LICENCE_OPEN) if is_open else (Met.NO, Ground.LICENCE_CLOSED)
    yield Judged(Rule.LICENCE, met, why, (facts.licence,))
    if is_open and not facts.source_code:
        yield Judged(Rule.LICENCE, Met.UNKNOWN, Ground.SOURCE_NOT_TOLD)


def is_open_licence(expression: str, known: frozenset[str]) -> bool:
    """Whether an SPDX licence expression (SPDX 2.3, annex D) lets one choose `known` licences alone, in any case.

    What is not understood (unbalanced brackets, missing operators) is not open.
    """
    tokens = expression.replace("(", " ( ").replace(")", " ) ").split()
    try:
        found = _either(tokens, frozenset(one.lower() for one in known))
    except IndexError:
        return False
    return found and not tokens


def _either(tokens: list[str], known: frozenset[str]) -> bool:
    found = _both(tokens, known)
    while tokens and tokens[0].upper() == "OR":
        tokens.pop(0)
        found = _both(tokens, known) or found
    return found


def _both(tokens: list[str], known: frozenset[str]) -> bool:
    found = _single(tokens, known)
    while tokens and tokens[0].upper() == "AND":
        tokens.pop(0)
        found = _single(tokens, known) and found
    return found


def _single(tokens: list[str], known: frozenset[str]) -> bool:
    licence = tokens.pop(0)
    if licence == "(":
        found = _either(tokens, known)
        return tokens.pop(0) == ")" and found
    if tokens and tokens[0].upper() == "WITH":
        del tokens[:1]
        tokens.pop(0)
    return licence.lower() in known


def _documentation(facts: Facts) -> Iterator[Judged]:
    missing = tuple(one.name for one in facts.declared if not one.documented)
    if missing:
        yield Judged(Rule.DOCUMENTATION, Met.UNKNOWN, Ground.NOT_DOCUMENTED, missing)
    elif facts.declared:
        yield Judged(Rule.DOCUMENTATION, Met.YES, Ground.DOCUMENTED)


def _standards(facts: Facts, rules: Rules) -> Iterator[Judged]:
    if not facts.declared:
        yield Judged(Rule.STANDARDS, Met.NO, Ground.NOTHING_DECLARED)
    low = tuple(f"{one.name} ({int(one.level)})" for one in facts.declared if one.level < rules.least_level)
    kept = tuple(one.name for one in facts.declared if one.level >= rules.least_level)
    if low:
        yield Judged(Rule.STANDARDS, Met.NO, Ground.LEVEL_TOO_LOW, low)
    if kept:
        yield Judged(Rule.STANDARDS, Met.YES, Ground.LEVEL_REACHED, kept)


def _parallel(facts: Facts) -> Iterator[Judged]:
    if not facts.for_leistungen:
        yield Judged(Rule.PARALLEL, Met.UNKNOWN, Ground.PURPOSE_NOT_TOLD)
        return
    if facts.funded:
        yield Judged(Rule.PARALLEL, Met.NO, Ground.FUNDED_PARALLEL, facts.funded)
    if facts.untold:
        yield Judged(Rule.PARALLEL, Met.UNKNOWN, Ground.PARALLEL_NOT_TOLD, facts.untold)
    if not facts.funded and not facts.untold:
        yield Judged(Rule.PARALLEL, Met.YES, Ground.ALONE)
