"""What the arguments of `test` mean: the first may name a suite, all others are targets.

The first argument is a suite if the part before "@" or "/" is the id of a known standard, even where a file has the
same name (`./name` means the file). Else it is a target, and the standard is recognised from each payload.
"""

from collections.abc import Sequence
from pathlib import Path

from schnittstellen.artefacts.library import Library, NotKnown, split_name
from schnittstellen.cli.faults import listed, not_known
from schnittstellen.domain.errors import NEITHER, NO_TARGET, SchnittstellenError
from schnittstellen.domain.naming import near_names
from schnittstellen.domain.suite import Suite

STDIN = "-"


def split(arguments: Sequence[str], suite: str | None, library: Library) -> tuple[str | None, tuple[str, ...]]:
    """Suite and targets that `arguments` name, `suite` being the one given by option. Raises `SchnittstellenError`."""
    targets = tuple(arguments)
    if suite is None and targets and names_suite(targets[0], library):
        suite, targets = targets[0], targets[1:]
    if suite is not None:
        demand_suites(suite, library)
    if not targets:
        raise SchnittstellenError(NO_TARGET)
    if suite is None:
        _demand_target(targets[0], library)
    return suite, targets


def names_suite(argument: str, library: Library) -> bool:
    """Whether `argument` begins with the id of a known standard."""
    if argument == STDIN or "://" in argument:
        return False
    try:
        standard, version, role = split_name(argument)
    except NotKnown:
        return False
    known = any(suite.standard == standard for suite in library.suites())
    return known and not (version is None and role is not None and Path(argument).exists())


def demand_suites(name: str, library: Library) -> tuple[Suite, ...]:
    """All suites that `name` may mean. Raises `SchnittstellenError` with similar names where there is none."""
    try:
        return library.suites_named(name)
    except NotKnown:
        near = near_names(name, [suite.name for suite in library.suites()])
        raise not_known(NotKnown(name, near)) from None


def _demand_target(argument: str, library: Library) -> None:
    """A first argument that is neither file nor address was meant as a suite or is a slip of the pen."""
    if argument == STDIN or "://" in argument or Path(argument).exists():
        return
    near = near_names(argument, [suite.name for suite in library.suites()])
    raise SchnittstellenError(NEITHER, name=argument, candidates=listed(near))
