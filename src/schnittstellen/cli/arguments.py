"""What the arguments of `test` mean: the first may name a suite, all others are targets.

The first argument is a suite if the part before "@" or "/" is the id of a known standard, even where a file has the
same name (`./name` means the file). Else it is a target, and the standard is recognised from each payload.
"""

from collections.abc import Sequence
from pathlib import Path

from schnittstellen.artefacts.library import Library, NotKnown, split_name
from schnittstellen.cli.faults import listed, not_known
from schnittstellen.domain.errors import NEITHER, NO_TARGET, SchnittstellenError

STDIN = "-"


def split(arguments: Sequence[str], suite: str | None, library: Library) -> tuple[str | None, tuple[str, ...]]:
    """Suite and targets that `arguments` name, `suite` being the one given by option. Raises `SchnittstellenError`."""
    targets = tuple(arguments)
    if suite is None and targets and names_suite(targets[0], library):
        suite, targets = targets[0], targets[1:]
    if suite is not None:
        _demand_suite(suite, library)
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


def _demand_suite(name: str, library: Library) -> None:
    try:
        library.suites_named(name)
    except NotKnown as error:
        raise not_known(error) from None


def _demand_target(argument: str, library: Library) -> None:
    """A first argument that is neither file nor address was meant as a suite or is a slip of the pen."""
    if argument == STDIN or "://" in argument or Path(argument).exists():
        return
    near = near_suites(argument, library)
    raise SchnittstellenError(NEITHER, name=argument, candidates=listed(near))


def near_suites(name: str, library: Library) -> tuple[str, ...]:
    """Names of suites that look like `name`, the nearest first; all where none does."""
    from difflib import get_close_matches

    names = [suite.name for suite in library.suites()]
    by_id = {suite.standard: suite.name for suite in library.suites()}
    near = get_close_matches(name, names, n=5, cutoff=0.6)
    near += [by_id[id] for id in get_close_matches(name.partition("@")[0], by_id, n=3, cutoff=0.6)]
    return tuple(dict.fromkeys(near)) or tuple(names)
