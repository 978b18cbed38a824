"""What is known of an exchange, as lines of a terminal."""

from collections.abc import Iterator

from schnittstellen.catalogue.wording.exchanges import reason, status
from schnittstellen.domain.exchange import Encounter, Exchange, Status
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

__all__ = ["reason", "status", "told"]


def told(encounter: Encounter, names: tuple[str, str]) -> Iterator[str]:
    """The exchanges and the reasons, a line each; `names` are the two products."""
    for one in encounter.exchanges:
        yield _line(one)
        yield from ("  " + reason(each, names) for each in one.reasons)
    yield from (reason(each, names) for each in encounter.reasons)


def _line(one: Exchange) -> str:
    first, second = one.versions
    versions = first if first == second else f"{first} / {second}"
    line = f"{one.standard} {versions}, {' – '.join(one.roles)}: {status(one.status)}"
    if one.status in (Status.NOT_POSSIBLE, Status.UNKNOWN):
        return line
    levels = " / ".join(str(int(level)) for level in one.levels)
    return _(N_("{line}, Nachweisstufen {levels}")).format(line=line, levels=levels)
