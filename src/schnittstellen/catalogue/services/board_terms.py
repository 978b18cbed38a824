"""The rules of the board that ship with the package (registry/rules/zertifizierung.toml)."""

from functools import cache

from schnittstellen.artefacts.library import built_in
from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.standing import Terms
from schnittstellen.formats.rules import read_rules


@cache
def rules() -> Rules:
    """The rules as they are written."""
    return read_rules(built_in() / "registry" / "rules" / "zertifizierung.toml")


def terms() -> Terms:
    """How long evidence holds and what a decision needs."""
    return rules().terms
