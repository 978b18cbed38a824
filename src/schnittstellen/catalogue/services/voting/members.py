"""Who decides for the board, and under which name others of it read that."""

from typing import Any

from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_BOARD = Fault(
    "F400",
    N_("Das entscheidet der IT-Digitalbeirat, und niemand aus dem Unternehmen des Herstellers."),
    N_("Melden Sie sich mit einem Konto des Beirats an, das nicht für diesen Hersteller handelt."),
    http=403,
)
FAULTS = (NOT_BOARD,)


def demand_board(viewer: Viewer, vendor: str) -> None:
    """Raises `SchnittstellenError` (F400) for everybody but the board, and for those of it who act for the vendor."""
    if not viewer.board or viewer.vendor == vendor:
        raise SchnittstellenError(NOT_BOARD)


def named(user: Any) -> str:
    """A person for other members of the board."""
    return str(user.get_full_name() or user.get_username())[:300]
