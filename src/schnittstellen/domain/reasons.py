"""Why a level holds on a day, does not hold, or ends; in words for people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.domain.texts import N_


class Why(StrEnum):
    """Why a level holds, does not hold, or ends."""

    PROVEN = "proven"
    FAILED = "failed"
    CONTESTED = "contested"
    AGE = "age"
    SUITE_RETIRED = "suite_retired"
    VERSION_ENDED = "version_ended"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"
    NEW_RELEASE = "new_release"
    DECISION_ENDED = "decision_ended"
    DUTY_MISSED = "duty_missed"
    REVOKED = "revoked"
    TOO_FEW_VOTES = "too_few_votes"
    EVIDENCE_GONE = "evidence_gone"
    NOT_PROVEN = "not_proven"
    CONFIRMED = "confirmed"
    CONFIRMATION_OLD = "confirmation_old"
    DEVIATION_OPEN = "deviation_open"
    DOCUMENT_ENDED = "document_ended"
    DOCUMENT_OLD = "document_old"
    LIST_ENDED = "list_ended"


TEXTS = {
    Why.PROVEN: N_("Der Lauf vom {day} ist bestanden."),
    Why.FAILED: N_("Der Lauf vom {day} ist nicht bestanden."),
    Why.CONTESTED: N_("Gegen den Befund im Lauf vom {day} läuft ein Widerspruch; der Lauf zählt bis dahin nicht."),
    Why.AGE: N_("Der Nachweis gilt seit dem {day} nicht mehr: zu alt."),
    Why.SUITE_RETIRED: N_("Der Nachweis gilt seit dem {day} nicht mehr: Die Ausgabe der Suite wurde zurückgezogen."),
    Why.VERSION_ENDED: N_("Die Version des Standards ist seit dem {day} nicht mehr in Kraft."),
    Why.GRANTED: N_("Der Beirat hat am {day} zertifiziert."),
    Why.NOT_GRANTED: N_("Der Beirat hat am {day} nicht zertifiziert."),
    Why.NEW_RELEASE: N_("Das Zertifikat endete am {day}, weil es eine neue Version des Programms gibt."),
    Why.DECISION_ENDED: N_("Das Zertifikat endete am {day}."),
    Why.DUTY_MISSED: N_("Eine Auflage war nicht rechtzeitig erfüllt; das Zertifikat ruht seit dem {day}."),
    Why.REVOKED: N_("Der Beirat hat das Zertifikat zum {day} widerrufen."),
    Why.TOO_FEW_VOTES: N_("Der Entscheidung vom {day} haben zu wenige Mitglieder zugestimmt."),
    Why.EVIDENCE_GONE: N_("Ein Nachweis, auf dem die Entscheidung vom {day} beruht, ist nicht mehr da."),
    Why.NOT_PROVEN: N_("Die Nachweise tragen die Entscheidung vom {day} nicht mehr."),
    Why.CONFIRMED: N_("Eine Kommune hat den Betrieb am {day} bestätigt."),
    Why.CONFIRMATION_OLD: N_("Die Bestätigung aus dem Betrieb gilt seit dem {day} nicht mehr: zu alt."),
    Why.DEVIATION_OPEN: N_("Seit dem {day} ist eine Abweichung im Betrieb gemeldet und nicht abgeschlossen."),
    Why.DOCUMENT_ENDED: N_("Die unterzeichnete Urkunde endete am {day}; die Entscheidung gilt weiter."),
    Why.DOCUMENT_OLD: N_("Seit dem {day} lässt sich die Urkunde mit einem späteren Ende neu ausstellen."),
    Why.LIST_ENDED: N_("Die Widerrufsliste ist seit dem {day} veraltet."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `day` is when it began to count; `about` the id of the evidence, decision or report."""

    why: Why
    day: date
    about: str = ""

    @property
    def text(self) -> str:
        """The template over `day` (German, marked with `N_`)."""
        return TEXTS[self.why]
