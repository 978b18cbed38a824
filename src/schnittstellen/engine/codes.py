"""Codes of findings that the engine itself makes."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

CRASHED = Code(
    "E001",
    N_("Prüfung abgestürzt"),
    N_("Die Prüfung {check} ist abgestürzt ({error}). Das liegt an schnittstellen, nicht an Ihrem Produkt."),
    N_("Beim Ausführen einer Prüfung ist in schnittstellen ein unerwarteter Fehler aufgetreten."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Melden Sie den Fehler mit dem Bericht. Mit --debug wird die vollständige Fehlerspur ausgegeben."),
    Kind.UNTESTED,
    Cause.TOOL,
)
NEEDS_EARLIER = Code(
    "E002",
    N_("Voraussetzung nicht erfüllt"),
    N_("Nicht geprüft, weil der Schritt {step} nicht bestanden wurde."),
    N_("Ein früherer Schritt, auf dem dieser aufbaut, ist gescheitert oder konnte nicht geprüft werden."),
    N_("Ohne das Ergebnis des früheren Schritts wäre jede Aussage geraten."),
    N_("Beheben Sie zuerst die Befunde des genannten Schritts und testen Sie erneut."),
    Kind.UNTESTED,
    Cause.PRODUCT,
)
NO_CHECK = Code(
    "E003",
    N_("Unbekannte Prüfung"),
    N_("Die Suite verlangt die Prüfung {check}, die es in dieser Installation nicht gibt."),
    N_("Die Suite nennt eine Prüfung, die weder eingebaut noch als Erweiterung installiert ist."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Aktualisieren Sie schnittstellen oder installieren Sie die Erweiterung, die diese Prüfung mitbringt."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOTHING_APPLIED = Code(
    "E004",
    N_("Kein Schritt war anwendbar"),
    N_("Kein Schritt der Suite {suite} war auf diese Eingabe anwendbar."),
    N_("Die Suite enthält keinen Schritt, der zu dieser Art von Nachricht gehört."),
    N_("Wo nichts geprüft wurde, gibt es auch nichts zu bestehen."),
    N_("Prüfen Sie mit `schnittstellen suites show`, welche Nachrichten die Suite abdeckt."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOT_RECOGNISED = Code(
    "M001",
    N_("Nachricht nicht erkannt"),
    N_("Kein bekannter Standard passt zum Wurzelelement {root}. {candidates}"),
    N_("Wurzelelement, Namensraum, Version oder die Erkennungsbedingungen passen zu keinem bekannten Standard."),
    N_("Ohne Standard gibt es keinen Maßstab, an dem die Nachricht gemessen werden könnte."),
    N_("Nennen Sie die Suite ausdrücklich oder fügen Sie den Standard mit `schnittstellen standards add` hinzu."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
AMBIGUOUS = Code(
    "M002",
    N_("Mehrere Standards passen"),
    N_("Mehrere Suiten passen zu dieser Nachricht: {candidates}."),
    N_("Die Nachricht erfüllt die Erkennungsbedingungen mehrerer Suiten."),
    N_("Welcher Maßstab gilt, dürfen wir nicht raten."),
    N_("Nennen Sie die gewünschte Suite ausdrücklich, zum Beispiel `schnittstellen test {first} DATEI`."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOT_OF_STANDARD = Code(
    "M003",
    N_("Keine Nachricht dieses Standards"),
    N_("Das Wurzelelement {root} ist keine Nachricht von {standard}."),
    N_("Die Suite wurde ausdrücklich genannt, doch das Wurzelelement der Eingabe gehört nicht zu ihren Nachrichten."),
    N_("Ein Empfänger, der nach diesem Standard arbeitet, kann die Eingabe nicht verarbeiten."),
    N_("Vergleichen Sie Namensraum und Elementnamen mit `schnittstellen standards show {standard}`."),
)
EMPTY_TARGET = Code(
    "M004",
    N_("Nichts zu prüfen"),
    N_("Unter {target} wurde keine Nachricht gefunden."),
    N_("Der Ordner oder das Archiv ist leer oder enthält keine Dateien."),
    N_("Wo nichts geprüft wurde, gibt es auch nichts zu bestehen."),
    N_("Prüfen Sie den Pfad."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (CRASHED, NEEDS_EARLIER, NO_CHECK, NOTHING_APPLIED, NOT_RECOGNISED, AMBIGUOUS, NOT_OF_STANDARD, EMPTY_TARGET)
