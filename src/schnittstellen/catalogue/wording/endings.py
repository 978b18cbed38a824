"""What ends, in words."""

from schnittstellen.catalogue.services.ending import Ending, What
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

WHATS = {
    What.SUPPORT: N_("Ende der Unterstützung"),
    What.STANDARD: N_("Ende eines Standards"),
    What.EVIDENCE: N_("Nachweis läuft ab"),
    What.REPLACEMENT: N_("geplante Ablösung"),
}
SENTENCES = {
    What.SUPPORT: N_("Der Hersteller unterstützt {subject} ({name}) danach nicht mehr."),
    What.STANDARD: N_("{subject} ({name}) ist danach nicht mehr in Kraft."),
    What.EVIDENCE: N_("Der Nachweis von {of} zu {subject} gilt danach nicht mehr; es bleibt Nachweisstufe {value}."),
    What.REPLACEMENT: N_("{subject} ({name}) soll abgelöst werden."),
}
REPLACED = N_("{subject} ({name}) soll durch {value} abgelöst werden.")


def what(one: Ending) -> str:
    """What kind of end it is."""
    return _(WHATS[one.what])


def sentence(one: Ending) -> str:
    """The end as a sentence."""
    replaced = one.what is What.REPLACEMENT and one.value
    text = REPLACED if replaced else SENTENCES[one.what]
    return _(text).format(subject=one.subject, name=one.name, of=one.of, value=one.value)
