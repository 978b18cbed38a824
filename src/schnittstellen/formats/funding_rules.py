"""The rules of the Förderprüfung, from their file (registry/rules/foerderung.toml)."""

import tomllib
from pathlib import Path

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.funding import Rules
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_

SCHEMA = "schnittstellen.funding-rules/1"
NOT_RULES = Fault(
    "F150",
    N_("{file} enthält keine Regeln der Förderprüfung: {reason}."),
    N_("Das Muster ist registry/rules/foerderung.toml."),
    http=500,
)
FAULTS = (NOT_RULES,)


def read_funding_rules(path: Path) -> Rules:
    """The rules in a file. Raises `SchnittstellenError` (F150)."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        return Rules(data["edition"], frozenset(data["open_licences"]), Nachweisstufe(data["least_level"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SchnittstellenError(NOT_RULES, file=path.name, reason=str(error)) from None
