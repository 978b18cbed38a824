"""What a page is about and is not there."""

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOTHING_THERE = Fault(
    "F184",
    N_("{name}: Das gibt es hier nicht oder nicht mehr."),
    N_("Gehen Sie zu „Mein Bereich“ und wählen Sie dort, was Sie bearbeiten wollen."),
    http=404,
)
FAULTS = (NOTHING_THERE,)


def missing(name: str) -> SchnittstellenError:
    """The error for what is not there (F184)."""
    return SchnittstellenError(NOTHING_THERE, name=name)
