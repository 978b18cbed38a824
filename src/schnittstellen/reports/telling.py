"""How a report is to be told, and the words that all reports share."""

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schnittstellen.domain.finding import Code, Finding, Place
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Level, Verdict
from schnittstellen.i18n import Words, translations, words

VERDICTS = {
    Verdict.NOT_APPLICABLE: N_("nicht anwendbar"),
    Verdict.PASSED: N_("bestanden"),
    Verdict.PASSED_WITH_WARNINGS: N_("bestanden mit Hinweisen"),
    Verdict.NOT_TESTED: N_("nicht geprüft"),
    Verdict.FAILED: N_("nicht bestanden"),
    Verdict.ERROR: N_("Fehler bei der Prüfung"),
}
SENTENCES = {
    Verdict.NOT_APPLICABLE: N_("Keine Vorgabe des Standards ist hier anwendbar."),
    Verdict.PASSED: N_("Alles Geprüfte entspricht dem Standard."),
    Verdict.PASSED_WITH_WARNINGS: N_("Das Geprüfte entspricht dem Standard, hält aber nicht alle Empfehlungen ein."),
    Verdict.NOT_TESTED: N_("Nicht alles konnte geprüft werden. Das Ergebnis ist offen, es gilt nicht als bestanden."),
    Verdict.FAILED: N_("Mindestens eine verbindliche Vorgabe des Standards ist verletzt."),
    Verdict.ERROR: N_("Beim Prüfen ist ein Fehler aufgetreten. Das Ergebnis ist offen, es gilt nicht als bestanden."),
}
_PARTLY = N_("Das Geprüfte entspricht dem Standard. Einzelnes konnte nicht geprüft werden und ist offen.")
_BOTH = N_(
    "Das Geprüfte entspricht dem Standard, hält aber nicht alle Empfehlungen ein. Einzelnes konnte nicht geprüft "
    "werden und ist offen."
)
CAUSES = {
    Cause.PRODUCT: N_("das geprüfte Programm"),
    Cause.TOOL: N_("das Prüfwerkzeug, nicht das Programm"),
    Cause.CONFIGURATION: N_("die Konfiguration (Aufruf, Suite oder Standard), nicht das Programm"),
    Cause.UNREACHABLE: N_("die Gegenstelle war nicht erreichbar"),
}
FINDINGS = {
    Verdict.NOT_APPLICABLE: N_("Anmerkung"),
    Verdict.PASSED: N_("Anmerkung"),
    Verdict.PASSED_WITH_WARNINGS: N_("Hinweis"),
    Verdict.NOT_TESTED: N_("nicht geprüft"),
    Verdict.FAILED: N_("Verstoß"),
    Verdict.ERROR: N_("Fehler"),
}
LEVELS = {Level.MUST: N_("verbindlich"), Level.SHOULD: N_("empfohlen"), Level.MAY: N_("freiwillig")}
INTERRUPTED = N_("Der Lauf wurde abgebrochen. Der Bericht zeigt, was bis dahin geprüft war.")
_UNKNOWN = Code(
    "?",
    N_("Befund ohne Erklärung"),
    N_("Zu diesem Code gibt es in dieser Installation keine Erklärung."),
    N_("Der Bericht stammt aus einer anderen Version von schnittstellen oder von einer Erweiterung."),
    N_("Ohne Erklärung lässt sich der Befund nicht einordnen."),
    N_("Installieren Sie die Version oder die Erweiterung, mit der der Bericht entstanden ist."),
)
_OPEN = (Verdict.NOT_TESTED, Verdict.ERROR)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def sentence(report: Report) -> str:
    """What the verdict means (German, marked with `N_`): what only warns may be advice not taken, or a gap."""
    if report.verdict is not Verdict.PASSED_WITH_WARNINGS:
        return SENTENCES[report.verdict]
    found = {verdict for result in report.results for step in result.steps for verdict in step.verdicts}
    if not found.intersection(_OPEN):
        return SENTENCES[report.verdict]
    return _BOTH if Verdict.PASSED_WITH_WARNINGS in found else _PARTLY


def _nowhere(id: str) -> str | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class Telling:
    """For whom a report is written.

    `width` is in characters (text only); `verbosity` is -1 (verdict only), 0, or 1 (everything). Message content is
    shown only `with_content`. `page` gives the address of the page that explains a code or rule, None where there is
    none (HTML only).
    """

    codes: Mapping[str, Code] = field(default_factory=dict)
    lang: str = "de"
    with_content: bool = False
    color: bool = False
    width: int = 80
    verbosity: int = 0
    page: Callable[[str], str | None] = _nowhere

    @property
    def catalogue(self) -> gettext.NullTranslations:
        """The translations of the language."""
        return translations(self.lang)

    def say(self, text: str) -> str:
        """A German text of ours in the language of the report."""
        return self.catalogue.gettext(text)

    def code(self, finding: Finding) -> Code:
        """The definition of a finding's code, also where this installation does not know it."""
        return self.codes.get(finding.code, _UNKNOWN)

    def words(self, finding: Finding) -> Words:
        """What a finding says."""
        return words(finding, self.code(finding), self.lang, with_content=self.with_content)

    def place(self, place: Place) -> str:
        """Where something was seen, in one line."""
        return ", ".join(filter(None, (self.position(place), self.path(place))))

    def path(self, place: Place) -> str:
        """Address, JSON Pointer and XPath, where they are known."""
        return clean(", ".join(one for one in (place.url, place.pointer, place.xpath) if one))

    def position(self, place: Place) -> str:
        """Line and column, where they are known."""
        parts = []
        if place.line is not None:
            parts.append(self.say(N_("Zeile {line}")).format(line=place.line))
        if place.column is not None:
            parts.append(self.say(N_("Spalte {column}")).format(column=place.column))
        return ", ".join(parts)

    def number(self, value: int) -> str:
        """A whole number with its thousands apart, as the language has it."""
        return f"{value:,}".replace(",", "." if self.lang == "de" else ",")

    def decimal(self, value: float) -> str:
        """A number with one decimal, as the language has it."""
        return f"{value:.1f}".replace(".", "," if self.lang == "de" else ".")

    def moment(self, iso: str) -> str:
        """A moment as reports keep it: 18.11.2026, 12:00:00 (UTC); as it is where it is none."""
        try:
            value = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        day = f"{value:%d.%m.%Y}" if self.lang == "de" else f"{value.day} {value:%b %Y}"
        return f"{day}, {value:%H:%M:%S} ({value.tzname() or '?'})"


def clean(text: str) -> str:
    """`text` without what would steer a terminal, reverse the reading direction, or is no character of XML."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
