"""What ends, in words."""

from schnittstellen.attest.words import LEVELS
from schnittstellen.catalogue.services.called import Called
from schnittstellen.catalogue.services.ending import Ending, What
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

WHATS = {
    What.SUPPORT: N_("Ende der Unterstützung"),
    What.STANDARD: N_("Ende eines Standards"),
    What.EVIDENCE: N_("Nachweisstufe sinkt"),
    What.REPLACEMENT: N_("geplante Ablösung"),
}
SENTENCES = {
    What.SUPPORT: N_("Der Hersteller unterstützt {name} {version} danach nicht mehr."),
    What.STANDARD: N_("{name} ist danach nicht mehr in Kraft."),
    What.EVIDENCE: N_("Für {name} {version} zu {standard} gilt danach nur noch: {value}."),
    What.REPLACEMENT: N_("{name} {version} soll abgelöst werden."),
}
REPLACED = N_("{name} {version} soll durch {value} abgelöst werden.")


def what(one: Ending) -> str:
    """What kind of end it is."""
    return _(WHATS[one.what])


def sentence(one: Ending, called: Called | None = None) -> str:
    """The end as a sentence; `called` gives standards their names, where a page has it."""
    replaced = one.what is What.REPLACEMENT and one.value
    text = REPLACED if replaced else SENTENCES[one.what]
    version = (one.of or one.subject).partition("@")[2]
    named = {"name": one.name, "version": version, "subject": one.subject, "standard": _standard(one, called)}
    value = _(LEVELS[Nachweisstufe(int(one.value))]) if one.what is What.EVIDENCE else one.value
    return _(text).format(**named, value=value)


def _standard(one: Ending, called: Called | None) -> str:
    """`XHundesteuer 2.0`, of what evidence is about (`xhundesteuer@2.0/fachverfahren`)."""
    key, _at, rest = one.subject.partition("@")
    return f"{called.standard(key) if called else key} {rest.partition('/')[0]}"
