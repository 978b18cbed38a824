"""What is known of an exchange, as lines of a terminal."""

from collections.abc import Iterator

from schnittstellen.catalogue.services.called import Called
from schnittstellen.catalogue.wording.exchanges import reason, status
from schnittstellen.cli.days import written
from schnittstellen.domain.exchange import Encounter, Exchange, Status
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

__all__ = ["reason", "status", "told"]


def told(encounter: Encounter, names: tuple[str, str], called: Called) -> Iterator[str]:
    """The exchanges and the reasons, a line each; `names` are the two products."""
    for one in encounter.exchanges:
        yield _line(one, called)
        yield from ("  " + reason(each, names, written, called.naming(one.standard)) for each in one.reasons)
    yield from (reason(each, names, written) for each in encounter.reasons)


def _line(one: Exchange, called: Called) -> str:
    first, second = one.versions
    versions = first if first == second else f"{first} / {second}"
    line = f"{called.standard(one.standard)} {versions}, {called.roles(one.standard, one.roles)}: {status(one.status)}"
    if one.status in (Status.NOT_POSSIBLE, Status.UNKNOWN):
        return line
    levels = " / ".join(str(int(level)) for level in one.levels)
    return _(N_("{line}, Nachweisstufen {levels}")).format(line=line, levels=levels)
