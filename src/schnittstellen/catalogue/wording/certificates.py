"""How a certificate stands, in words."""

from datetime import date

from schnittstellen.attest import words
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.domain.certified import State
from schnittstellen.domain.reasons import Reason
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Why
from schnittstellen.i18n import filled

STATES = {
    State.NOT_YET: N_("noch nicht gültig"),
    State.VALID: N_("gültig"),
    State.RESTING: N_("ruht"),
    State.ENDED: N_("abgelaufen"),
    State.REPLACED: N_("durch eine neue Entscheidung abgelöst"),
    State.REVOKED: N_("widerrufen"),
}
WHY = {
    Why.RULES_BROKEN: N_("Das Programm hält den Standard nicht ein oder der Hersteller die Regeln nicht"),
    Why.ERROR: N_("Das Zertifikat wurde irrtümlich ausgestellt"),
    Why.SUPERSEDED: N_("Es gibt ein neues Zertifikat an seiner Stelle"),
    Why.CEASED: N_("Das Programm wird nicht mehr angeboten, oder ein anderer Grund"),
}
FROM, SINCE = N_("NICHT GÜLTIG: gilt erst ab {day}"), N_("NICHT GÜLTIG: {state} seit {day}")
UNSIGNED = N_("NOCH NICHT UNTERZEICHNET")


def notice(found: Found, lang: str) -> str:
    """What badge and paper must say first where the certificate is not to be relied upon; else nothing."""
    if found.holds:
        return ""
    state = found.stand.state
    if state is State.VALID:
        return filled(UNSIGNED, {}, lang)
    day = words.day(since(found), lang)
    return filled(
        FROM if state is State.NOT_YET else SINCE, {"state": filled(STATES[state], {}, lang), "day": day}, lang
    )


def since(found: Found) -> date:
    """The day from which it does not hold, or from which it will; never before the board decided."""
    if found.stand.state is State.NOT_YET:
        return max(found.decision.on, found.signed.issued if found.signed else date.min)
    first = min((one.day for one in found.stand.reasons), default=found.stand.day)
    return max(first, found.decision.on)


def reason(one: Reason, lang: str) -> str:
    """A reason as a sentence."""
    return filled(one.text, {"day": words.day(one.day, lang)}, lang)
