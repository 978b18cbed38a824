"""Codes of findings by probing (A2xx), and what the failures of schemathesis are to us."""

from schnittstellen.checks.openapi import codes
from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind, Level

_REPEAT = N_("Die curl-Zeile wiederholt die Anfrage. Prüfen Sie, wie der Endpunkt die Eingabe verarbeitet.")

CRASH = Code(
    "A201",
    N_("Server scheitert an unzulässiger Eingabe"),
    N_("{operation} beantwortet eine unzulässige Eingabe ({parameter}) mit Status {status}, statt sie abzulehnen."),
    N_("Eine Eingabe, die das OpenAPI-Dokument nicht erlaubt, löst einen internen Fehler aus statt einer Antwort 4xx."),
    N_("Interne Fehler durch Eingaben sind oft Sicherheitslücken; die Gegenstelle erfährt nicht, was falsch war."),
    _REPEAT,
)
ACCEPTED = Code(
    "A202",
    N_("Unzulässige Eingabe wird angenommen"),
    N_("{operation} beantwortet eine Eingabe, die das Dokument nicht erlaubt ({parameter}), mit Status {status}."),
    N_("Der Endpunkt prüft den genannten Parameter nicht so, wie das OpenAPI-Dokument es beschreibt."),
    N_("Fehler der Gegenstelle bleiben unbemerkt; falsche Daten können in die Verarbeitung geraten."),
    N_("Prüfen Sie Eingaben gegen das Dokument oder lockern Sie das Dokument."),
)
REJECTED = Code(
    "A203",
    N_("Zulässige Eingabe wird abgelehnt"),
    N_("{operation} lehnt eine Eingabe, die das Dokument erlaubt ({parameter}), mit Status {status} ab."),
    N_("Das OpenAPI-Dokument erlaubt mehr, als der Endpunkt annimmt."),
    N_("Gegenstellen, die sich an das Dokument halten, scheitern."),
    N_("Beschreiben Sie die Einschränkung im Dokument oder nehmen Sie die Eingabe an."),
)
HEADER = Code(
    "A204",
    N_("Fehlende Pflicht-Kopfzeile wird nicht bemerkt"),
    N_("{operation} beantwortet eine Anfrage ohne die vorgeschriebene Kopfzeile ({parameter}) mit Status {status}."),
    N_("Das OpenAPI-Dokument verlangt eine Kopfzeile, der Endpunkt nicht."),
    N_("Dokument und Endpunkt widersprechen sich."),
    N_("Lehnen Sie die Anfrage ab oder machen Sie die Kopfzeile im Dokument freiwillig."),
)
METHOD = Code(
    "A205",
    N_("Nicht dokumentierte Methode wird falsch beantwortet"),
    N_("{operation}: Auf eine nicht dokumentierte Methode kommt Status {status} statt 405."),
    N_("Methoden, die es nicht gibt, werden mit Status 405 und der Kopfzeile Allow beantwortet (RFC 9110, 15.5.6)."),
    N_("Gegenstellen können nicht erkennen, was der Endpunkt anbietet."),
    N_("Antworten Sie mit Status 405 und der Kopfzeile Allow."),
)
AUTH = Code(
    "A206",
    N_("Anmeldung wird nicht verlangt"),
    N_("{operation} verlangt laut Dokument eine Anmeldung, antwortet aber auch ohne gültige mit Status {status}."),
    N_("Der Endpunkt prüft die Zugangsdaten nicht, die das OpenAPI-Dokument vorschreibt."),
    N_("Daten sind für Unbefugte zugänglich."),
    N_("Prüfen Sie die Anmeldung bei jeder Anfrage."),
)
STATE = Code(
    "A207",
    N_("Zustand stimmt nicht"),
    N_("{operation} antwortet mit Status {status}: angelegte Objekte fehlen oder gelöschte sind noch da."),
    N_("Nach dem Anlegen oder Löschen zeigt der Endpunkt nicht den Zustand, der zu erwarten ist."),
    N_("Gegenstellen arbeiten mit Objekten, die es nicht gibt."),
    _REPEAT,
)
OTHER = Code(
    "A299",
    N_("Auffälligkeit beim Abtasten"),
    N_("{operation}: {title} (Status {status})."),
    N_("schemathesis meldet eine Auffälligkeit, für die es hier keine eigene Erklärung gibt."),
    N_("Sie kann auf eine Abweichung vom Dokument hinweisen."),
    _REPEAT,
)
TOOL = Code(
    "A901",
    N_("Abtasten abgebrochen"),
    N_("Das Abtasten mit schemathesis ist abgebrochen ({detail})."),
    N_("Das Werkzeug, das die Anfragen erzeugt, ist gescheitert. Das liegt nicht an Ihrem Programm."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Wiederholen Sie den Lauf; melden Sie den Fehler, wenn er bleibt."),
    Kind.UNTESTED,
    Cause.TOOL,
)
CUT = Code(
    "A902",
    N_("Abtasten an der Grenze des Laufs beendet"),
    N_("Beim Abtasten war eine Grenze des Laufs erreicht ({problem}); der Rest wurde nicht geprüft."),
    N_("Die Zahl der Anfragen oder die Zeit des Laufs ist begrenzt; sie war aufgebraucht."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Erhöhen Sie die Grenze mit --max-requests oder --max-seconds."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

BY_FAILURE: dict[str, tuple[Code, Level | None]] = {
    "ST101": (CRASH, None),
    "ST102": (CRASH, None),
    "ST201": (ACCEPTED, Level.SHOULD),
    "ST202": (REJECTED, Level.SHOULD),
    "ST203": (HEADER, Level.SHOULD),
    "ST204": (METHOD, Level.SHOULD),
    "ST205": (METHOD, Level.SHOULD),
    "ST301": (STATE, None),
    "ST302": (STATE, None),
    "ST401": (AUTH, None),
    "ST402": (AUTH, None),
}
"""Known false alarms of the checks for positive and negative data make them warnings (its issues 2900, 2983, 3073)."""

CONTRACT = frozenset({"ST103", "ST104", "ST105", "ST106", "ST107", "ST108", "ST109", "ST110", "ST111"})
"""Failures about the answer itself: judged by our own rules instead."""

CODES = (*codes.CODES, CRASH, ACCEPTED, REJECTED, HEADER, METHOD, AUTH, STATE, OTHER, TOOL, CUT)
