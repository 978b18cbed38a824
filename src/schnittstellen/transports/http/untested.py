"""How the codes of this transport are made: none of them blames the product; what they hit is not tested."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

NOTHING_JUDGED = N_("Solange der Endpunkt so nicht erreichbar ist, lässt sich über das Programm nichts aussagen.")
NOT_GREEN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")


def code(id: str, cause: Cause, texts: tuple[str, str, str, str], why: str = NOTHING_JUDGED) -> Code:
    """A code of the kind `untested`; `texts` are title, message, meaning and remedy."""
    title, message, meaning, remedy = texts
    return Code(id, title, message, meaning, why, remedy, Kind.UNTESTED, cause)
