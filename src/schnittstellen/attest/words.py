"""A certificate in words, German and English: the same rows on badge, paper and terminal, and nothing beyond them."""

from collections.abc import Iterator
from datetime import date
from unicodedata import category

from schnittstellen.domain.certificate import Certificate, Condition, Support
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.i18n import DEFAULT, filled, translations

LEVELS = {
    Nachweisstufe.DECLARED: N_("vom Hersteller erklärt"),
    Nachweisstufe.MESSAGES: N_("Nachrichten geprüft"),
    Nachweisstufe.ENDPOINT: N_("Endpunkt geprüft"),
    Nachweisstufe.PAIR: N_("mit einem anderen Programm geprüft"),
    Nachweisstufe.BOARD: N_("vom Beirat bestätigt"),
    Nachweisstufe.OPERATION: N_("im Betrieb von einer Kommune bestätigt"),
}
VERDICTS = {
    Verdict.PASSED: N_("bestanden"),
    Verdict.PASSED_WITH_WARNINGS: N_("mit Hinweisen bestanden"),
    Verdict.FAILED: N_("nicht bestanden, Befunde hingenommen"),
}
LEVEL = N_("Stufe {number}: {name}")
SUITE = N_("{suite}, Ausgabe {edition}")
DUE = N_("{text} (bis {day})")
OF_ROLE = N_("{tested} von {total}, die der Standard an die Rolle richtet")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks without a shape, which Unicode does not count as such."""
_UNSHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def rows(one: Certificate, lang: str) -> Iterator[tuple[str, str]]:
    """What a certificate says, as pairs of label and value in `lang`."""
    say = translations(lang).gettext
    yield say(N_("Programm")), clean(f"{one.product_name} ({one.release.product})")
    yield say(N_("Version des Programms")), clean(one.release.version)
    yield say(N_("Hersteller")), clean(one.vendor)
    yield say(N_("Standard")), clean(f"{one.standard} {one.version}")
    yield say(N_("Rolle")), clean(one.role)
    if one.messages:
        yield say(N_("Geprüfte Nachrichten")), clean(", ".join(one.messages))
    if one.requirements is not None:
        figures = {"tested": str(one.requirements.tested), "total": str(one.requirements.total)}
        yield say(N_("Geprüfte Anforderungen")), filled(OF_ROLE, figures, lang)
    yield say(N_("Suite")), clean(filled(SUITE, {"suite": one.suite, "edition": one.edition}, lang))
    yield say(N_("Nachweisstufe")), level(one.level, lang)
    yield say(N_("Durch Prüfläufe belegt")), level(one.tested, lang)
    yield say(N_("Gültig ab")), day(one.issued, lang)
    yield say(N_("Gültig bis einschließlich")), day(one.last_day, lang)
    orders = sorted({it.order for it in one.evidence if it.order})
    if orders:
        yield say(N_("Nach Prüfauftrag")), clean(", ".join(orders))
    partners = sorted({it.against for it in one.evidence if it.against})
    if partners:
        yield say(N_("Zusammen geprüft mit")), clean(", ".join(partners))
    if one.deviations:
        yield say(N_("Vom Beirat hingenommene Befunde")), clean(", ".join(one.deviations))
    if one.confirmations:
        yield say(N_("Bestätigungen aus dem Betrieb")), str(len(one.confirmations))
    yield say(N_("Nummer")), clean(one.serial)
    yield say(N_("Ausgestellt von")), clean(one.issuer)


def level(one: Nachweisstufe, lang: str) -> str:
    """A level with its number and its name."""
    return filled(LEVEL, {"number": str(int(one)), "name": translations(lang).gettext(LEVELS[one])}, lang)


def condition(one: Condition, lang: str) -> str:
    """An Auflage with its last day."""
    text = clean(one.text)
    return text if one.due is None else filled(DUE, {"text": text, "day": day(one.due, lang)}, lang)


def evidence(one: Support, lang: str) -> tuple[str, str, str, str]:
    """One row of the table of evidence: day, level, verdict, digest of the report."""
    say = translations(lang).gettext
    return day(one.run_on, lang), say(LEVELS[one.reach]), say(VERDICTS[one.verdict]), one.report_sha256


def day(one: date, lang: str) -> str:
    """A day as it is written in that language; in English as ISO 8601, which nobody misreads."""
    return one.strftime("%d.%m.%Y") if lang == DEFAULT else one.isoformat()


def clean(text: str) -> str:
    """`text` in one line without what cannot be seen or turns the direction of writing."""
    return " ".join("".join(" " if _unseen(one) else one for one in text).split())


def _unseen(one: str) -> bool:
    selector = "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"
    return one in _INVISIBLE or selector or category(one) in _UNSHOWN
