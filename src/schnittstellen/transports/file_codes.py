"""Codes of findings about files, folders and archives (T0xx)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_NOT_GREEN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")

NOT_FOUND = Code(
    "T001",
    N_("Pfad nicht gefunden"),
    N_("{path} gibt es nicht."),
    N_("Unter dem genannten Pfad liegt weder eine Datei noch ein Ordner."),
    _NOT_GREEN,
    N_("Prüfen Sie den Pfad und die Schreibweise."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
UNREADABLE = Code(
    "T002",
    N_("Datei nicht lesbar"),
    N_("{path} konnte nicht gelesen werden ({error})."),
    N_("Das Betriebssystem hat das Lesen verweigert, meist wegen fehlender Rechte."),
    _NOT_GREEN,
    N_("Geben Sie dem ausführenden Benutzer Leserechte und testen Sie erneut."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
VANISHED = Code(
    "T003",
    N_("Datei verschwunden"),
    N_("{path} war zu Beginn vorhanden und beim Lesen nicht mehr."),
    N_("Die Datei wurde während des Laufs gelöscht oder umbenannt."),
    _NOT_GREEN,
    N_("Testen Sie eine Kopie, an der während des Laufs niemand arbeitet."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
SPECIAL = Code(
    "T005",
    N_("Keine gewöhnliche Datei"),
    N_("{path} ist keine gewöhnliche Datei ({kind}) und wurde nicht gelesen."),
    N_("Gerätedateien, Warteschlangen (FIFO) und Sockets können das Lesen endlos aufhalten."),
    _NOT_GREEN,
    N_("Legen Sie die Nachricht als gewöhnliche Datei ab oder übergeben Sie sie mit - über die Standardeingabe."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
LINK_OUT = Code(
    "T006",
    N_("Verknüpfung führt aus dem Ordner"),
    N_("Der symbolischen Verknüpfung {path} wurde nicht gefolgt: Sie führt aus dem Ordner heraus oder ins Leere."),
    N_("Nur was im genannten Ordner liegt, wird geprüft."),
    _NOT_GREEN,
    N_("Nennen Sie das Ziel der Verknüpfung ausdrücklich oder legen Sie eine Kopie in den Ordner."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
LINK_IN = Code(
    "T007",
    N_("Verknüpfung innerhalb des Ordners"),
    N_("{path} ist eine symbolische Verknüpfung; ihr Ziel wird unter seinem eigenen Namen geprüft."),
    N_("Das Ziel der Verknüpfung liegt im selben Ordner und würde sonst doppelt geprüft."),
    N_("Jede Datei zählt einmal."),
    N_("Sie müssen nichts tun."),
    Kind.BESIDE,
)
TOO_LARGE = Code(
    "T008",
    N_("Datei zu groß"),
    N_("{path} ist größer als die eingestellte Grenze von {limit} Bytes."),
    N_("Die Grenze schützt den Rechner vor Dateien, die ihn auslasten."),
    _NOT_GREEN,
    N_("Erhöhen Sie die Grenze mit `--limit max_file_bytes=ZAHL`, wenn die Größe gewollt ist."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOT_XML = Code(
    "T009",
    N_("Keine XML-Nachricht"),
    N_("{path} ist keine XML-Nachricht und wurde nicht geprüft."),
    N_("Im Ordner oder Archiv liegt eine Begleitdatei, zum Beispiel ein Bild, ein PDF oder ein Schema."),
    N_("Begleitdateien sind zulässig. Sie werden genannt, damit sichtbar ist, was nicht geprüft wurde."),
    N_("Soll die Datei dennoch geprüft werden, nennen Sie sie ausdrücklich als einzelne Datei."),
    Kind.BESIDE,
)
NESTED = Code(
    "T010",
    N_("Archiv nicht geöffnet"),
    N_("{path} ist ein Archiv ({kind}) und wurde nicht geöffnet."),
    N_("Geöffnet werden ZIP-Dateien, die selbst genannt sind oder in einem Ordner liegen, keine anderen Archive."),
    _NOT_GREEN,
    N_("Entpacken Sie das Archiv und testen Sie den Ordner oder die einzelnen Nachrichten."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BROKEN_ARCHIVE = Code(
    "T011",
    N_("Archiv beschädigt"),
    N_("{path} ist kein lesbares ZIP-Archiv."),
    N_("Das Inhaltsverzeichnis fehlt, ist unvollständig oder widersprüchlich, etwa nach abgebrochener Übertragung."),
    _NOT_GREEN,
    N_("Erzeugen oder übertragen Sie das Archiv neu."),
    Kind.UNTESTED,
)
BAD_NAME = Code(
    "T012",
    N_("Unzulässiger Name im Archiv"),
    N_("Der Eintrag {path} hat einen unzulässigen Namen oder Typ ({reason}) und wurde nicht geprüft."),
    N_("Absolute Pfade, .., Laufwerksbuchstaben, Nullzeichen und Verknüpfungen können beim Entpacken schaden."),
    N_("Empfänger weisen solche Archive ab."),
    N_("Erzeugen Sie das Archiv mit einfachen relativen Namen."),
    Kind.UNTESTED,
)
ENCRYPTED = Code(
    "T013",
    N_("Eintrag verschlüsselt"),
    N_("Der Eintrag {path} ist verschlüsselt."),
    N_("Verschlüsselte Einträge können ohne Passwort nicht gelesen werden."),
    _NOT_GREEN,
    N_("Erzeugen Sie das Archiv ohne Verschlüsselung."),
    Kind.UNTESTED,
)
BROKEN_MEMBER = Code(
    "T014",
    N_("Eintrag beschädigt"),
    N_("Der Eintrag {path} ist beschädigt ({error})."),
    N_("Prüfsumme, Länge oder gepackte Daten des Eintrags stimmen nicht mit dem Inhaltsverzeichnis überein."),
    _NOT_GREEN,
    N_("Erzeugen oder übertragen Sie das Archiv neu."),
    Kind.UNTESTED,
)
TOO_MANY = Code(
    "T015",
    N_("Zu viele Einträge im Archiv"),
    N_("{path} hat mehr Einträge als die eingestellte Grenze von {limit}."),
    N_("Die Grenze schützt den Rechner vor Archiven, die ihn auslasten."),
    _NOT_GREEN,
    N_("Teilen Sie das Archiv oder erhöhen Sie die Grenze mit `--limit max_archive_entries=ZAHL`."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BOMB = Code(
    "T016",
    N_("Verdacht auf ZIP-Bombe"),
    N_("{path} würde sich auf mehr als das {limit}-Fache vergrößern und wurde nicht entpackt."),
    N_("Ein so hohes Packverhältnis kommt bei Nachrichten nicht vor und dient meist dazu, Empfänger auszulasten."),
    _NOT_GREEN,
    N_("Prüfen Sie den Inhalt; ist er gewollt, erhöhen Sie die Grenze mit `--limit max_ratio=ZAHL`."),
    Kind.UNTESTED,
)
DUPLICATE = Code(
    "T017",
    N_("Name mehrfach im Archiv"),
    N_("Der Name {path} kommt im Archiv mehrfach vor; keiner der Einträge wurde geprüft."),
    N_("Programme wählen bei gleichen Namen verschiedene Einträge aus."),
    N_("Es wäre unklar, welcher Inhalt als geprüft gilt."),
    N_("Geben Sie jedem Eintrag einen eigenen Namen."),
    Kind.UNTESTED,
)
METHOD = Code(
    "T018",
    N_("Packverfahren nicht unterstützt"),
    N_("Der Eintrag {path} ist mit einem nicht unterstützten Verfahren gepackt."),
    N_("Gelesen werden die Verfahren Stored, Deflate, BZIP2 und LZMA."),
    _NOT_GREEN,
    N_("Erzeugen Sie das Archiv mit dem üblichen Verfahren Deflate."),
    Kind.UNTESTED,
)
OVERLAP = Code(
    "T019",
    N_("Einträge überlappen sich"),
    N_("In {path} überlappen sich die gepackten Daten mehrerer Einträge; das Archiv wurde nicht gelesen."),
    N_("Überlappende Einträge sind ein bekannter Aufbau von ZIP-Bomben."),
    _NOT_GREEN,
    N_("Erzeugen Sie das Archiv neu."),
    Kind.UNTESTED,
)
ARCHIVE_TOO_LARGE = Code(
    "T020",
    N_("Archiv entpackt zu groß"),
    N_("Der Inhalt von {path} ist zusammen größer als die eingestellte Grenze von {limit} Bytes."),
    N_("Die Grenze schützt den Rechner vor Archiven, die ihn auslasten."),
    _NOT_GREEN,
    N_("Teilen Sie das Archiv oder erhöhen Sie die Grenze mit `--limit max_archive_bytes=ZAHL`."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
PDF_LOCKED = Code(
    "T021",
    N_("PDF-Datei ist verschlüsselt"),
    N_("{path} ist verschlüsselt; eine eingebettete Rechnung konnte nicht gelesen werden."),
    N_("Ohne Kennwort lässt sich nicht feststellen, ob und welche Rechnung (Factur-X, ZUGFeRD) die Datei enthält."),
    _NOT_GREEN,
    N_("Entfernen Sie den Schutz. PDF/A-3, das Factur-X und ZUGFeRD verlangen, erlaubt keine Verschlüsselung."),
    Kind.UNTESTED,
)
PDF_SEVERAL = Code(
    "T022",
    N_("Mehrere Rechnungen in der PDF-Datei"),
    N_("{path} enthält mehrere Rechnungen ({names}); keine wurde geprüft."),
    N_("Factur-X und ZUGFeRD sehen genau eine eingebettete Rechnung vor."),
    N_("Programme könnten verschiedene Rechnungen lesen; es wäre unklar, welche als geprüft gilt."),
    N_("Betten Sie genau eine Rechnung ein und nennen Sie sie factur-x.xml oder xrechnung.xml."),
    Kind.UNTESTED,
)
PDF_UNREADABLE = Code(
    "T023",
    N_("PDF-Datei nicht lesbar"),
    N_("{path} konnte nicht als PDF-Datei gelesen werden; ob sie eine Rechnung enthält, ist nicht bekannt."),
    N_("Die Datei ist beschädigt oder so aufgebaut, dass unser Leseprogramm sie nicht versteht."),
    _NOT_GREEN,
    N_("Speichern Sie die Datei mit einem anderen Programm neu, oder prüfen Sie die XML-Rechnung für sich."),
    Kind.UNTESTED,
)

CODES = (
    NOT_FOUND,
    UNREADABLE,
    VANISHED,
    SPECIAL,
    LINK_OUT,
    LINK_IN,
    TOO_LARGE,
    NOT_XML,
    NESTED,
    BROKEN_ARCHIVE,
    BAD_NAME,
    ENCRYPTED,
    BROKEN_MEMBER,
    TOO_MANY,
    BOMB,
    DUPLICATE,
    METHOD,
    OVERLAP,
    ARCHIVE_TOO_LARGE,
    PDF_LOCKED,
    PDF_SEVERAL,
    PDF_UNREADABLE,
)
