"""Codes of findings that the engine itself makes."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

CRASHED = Code(
    "E001",
    N_("Prüfung abgestürzt"),
    N_("Die Prüfung {check} ist abgestürzt ({error}). Das liegt an schnittstellen, nicht an Ihrem Programm."),
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
DIED = Code(
    "E005",
    N_("Prüfprozess abgebrochen"),
    N_("Der Prüfprozess ist bei dieser Eingabe abgebrochen ({status}). Das liegt an schnittstellen oder am Rechner."),
    N_("Das Betriebssystem hat den Prozess beendet, etwa aus Speichermangel, oder eine Bibliothek ist abgestürzt."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Testen Sie die Eingabe einzeln und mit mehr Arbeitsspeicher; melden Sie wiederholte Abbrüche."),
    Kind.UNTESTED,
    Cause.TOOL,
)
TIMED_OUT = Code(
    "E006",
    N_("Zeitgrenze überschritten"),
    N_("Die Prüfung dieser Eingabe dauerte länger als {seconds} Sekunden und wurde abgebrochen."),
    N_("Die Zeitgrenze je Eingabe verhindert, dass eine einzelne Eingabe den ganzen Lauf aufhält."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Erhöhen Sie die Zeitgrenze mit `--limit payload_seconds=ZAHL` und testen Sie die Eingabe einzeln."),
    Kind.UNTESTED,
    Cause.TOOL,
)
CHANGED = Code(
    "E007",
    N_("Eingabe während der Prüfung geändert"),
    N_("{path} hat sich während der Prüfung geändert."),
    N_("Größe, Änderungszeit oder Inhalt der Eingabe sind nicht mehr die vom Beginn der Prüfung."),
    N_("Ein Ergebnis muss zu genau einem Inhalt gehören; hier wäre unklar, zu welchem."),
    N_("Testen Sie eine Kopie, an der während des Laufs niemand arbeitet."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOTHING_TESTED = Code(
    "E008",
    N_("Nichts konnte geprüft werden"),
    N_("Kein Schritt der Suite konnte diese Eingabe wirklich prüfen."),
    N_("Alle anwendbaren Schritte meldeten, dass sie nicht prüfen konnten. Einzeln wögen sie leicht, zusammen nicht."),
    N_("Wo nichts geprüft wurde, gibt es auch nichts zu bestehen."),
    N_("Beheben Sie die Gründe, die bei den Schritten genannt sind, und testen Sie erneut."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOT_RECOGNISED = Code(
    "M001",
    N_("Nachricht nicht erkannt"),
    N_("Kein bekannter Standard passt zum Wurzelelement {root}. Ähnliche Suiten: {candidates}."),
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
    N_("Das Wurzelelement {root} ist keine Nachricht von {standard}. Ähnliche Suiten: {candidates}."),
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
WRONG_ROLE = Code(
    "M005",
    N_("Nachricht einer anderen Rolle"),
    N_("Die Rolle {role} sendet die Nachricht {message} nicht. Passende Suiten: {candidates}."),
    N_("Eine Suite prüft, was ihre Rolle sendet. Diese Nachricht sendet laut Standard eine andere Rolle."),
    N_("Ein Ergebnis unter der falschen Rolle würde nichts über das Programm aussagen."),
    N_("Nennen Sie die Suite der Rolle, die diese Nachricht sendet, oder lassen Sie die Rolle weg."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
SUITE_NEEDED = Code(
    "M006",
    N_("Suite muss genannt werden"),
    N_("Für {target} muss die Suite genannt werden."),
    N_("Nur Nachrichten werden am Inhalt erkannt; bei einer laufenden Schnittstelle ist der Standard anzugeben."),
    N_("Ohne Standard gibt es keinen Maßstab, an dem gemessen werden könnte."),
    N_("Nennen Sie die Suite vor dem Ziel; `schnittstellen suites list` zeigt alle."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
WRONG_KIND = Code(
    "M007",
    N_("Suite passt nicht zur Art der Eingabe"),
    N_("Mit {standard} kann {target} nicht geprüft werden: Der Standard beschreibt eine andere Art von Schnittstelle."),
    N_("Suiten für Nachrichten prüfen Dateien, Suiten für Programmierschnittstellen prüfen Adressen."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Nennen Sie eine Datei für einen Nachrichtenstandard und eine Adresse für eine Programmierschnittstelle."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
CONDITIONS = Code(
    "M008",
    N_("Kennzeichnung passt nicht zum Standard"),
    N_("Das Wurzelelement {root} gehört zu {standard}, aber die Bedingung {condition} ist nicht erfüllt."),
    N_("Der Standard erkennt seine Nachrichten an weiteren Angaben, etwa an Version oder Spezifikationskennung."),
    N_("Ein Empfänger, der nach diesem Standard arbeitet, ordnet die Eingabe nicht diesem Standard zu."),
    N_("Tragen Sie die Kennzeichnung ein, die der Standard vorschreibt, oder nennen Sie die passende Suite."),
)
NO_XML = Code(
    "M009",
    N_("Kein XML"),
    N_("Die Eingabe ist kein lesbares XML ({reason})."),
    N_("Schon das Wurzelelement konnte nicht gelesen werden. Damit kann die Eingabe keine XML-Nachricht sein."),
    N_("Kein Empfänger kann die Eingabe verarbeiten."),
    N_("Prüfen Sie, ob die richtige Datei genannt ist und ob sie vollständig übertragen wurde."),
)
INTERRUPTED = Code(
    "E009",
    N_("Prüfung abgebrochen"),
    N_("Die Prüfung wurde abgebrochen, bevor ein Schritt zu Ende kam."),
    N_("Der Lauf wurde mit Strg+C oder von außen beendet."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Starten Sie den Test erneut und lassen Sie ihn zu Ende laufen."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (
    INTERRUPTED,
    CRASHED,
    NEEDS_EARLIER,
    NO_CHECK,
    NOTHING_APPLIED,
    DIED,
    TIMED_OUT,
    CHANGED,
    NOTHING_TESTED,
    NOT_RECOGNISED,
    AMBIGUOUS,
    NOT_OF_STANDARD,
    EMPTY_TARGET,
    WRONG_ROLE,
    SUITE_NEEDED,
    WRONG_KIND,
    CONDITIONS,
    NO_XML,
)
