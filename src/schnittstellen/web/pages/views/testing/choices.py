"""What messages can be tested against here."""

from dataclasses import dataclass
from functools import cache

from schnittstellen import bootstrap
from schnittstellen.domain.standard import StandardKind


@dataclass(frozen=True, slots=True)
class Group:
    """A version of a standard, with the name and the title of each suite for it."""

    title: str
    suites: tuple[tuple[str, str], ...]


@cache
def groups() -> tuple[Group, ...]:
    """Every standard for messages that has a suite, as this installation knew them when it was first asked."""
    library = bootstrap.library()
    found: dict[str, list[tuple[str, str]]] = {}
    for suite in library.suites():
        standard = library.standard(f"{suite.standard}@{suite.version}")
        if standard.kind is StandardKind.XML:
            role = next((one.title for one in standard.roles if one.id == suite.role), "")
            found.setdefault(f"{standard.title} {standard.version}", []).append((suite.name, role or suite.role))
    return tuple(Group(title, tuple(suites)) for title, suites in found.items())


def names() -> frozenset[str]:
    """The names of all these suites."""
    return frozenset(name for group in groups() for name, _title in group.suites)
