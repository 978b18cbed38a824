"""Codes of findings about what a client sends (A5xx)."""

from schnittstellen.checks.openapi import codes
from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_WHY = N_("Ein Server, der sich an den Standard hält, lehnt die Anfrage ab oder versteht sie anders.")
_MEND = N_("Vergleichen Sie die Anfrage mit dem OpenAPI-Dokument des Standards und passen Sie Ihr Programm an.")

NO_PATH = Code(
    "A501",
    N_("Anfrage an eine unbekannte Adresse"),
    N_("Anfrage Nr. {number}: Diese Adresse gibt es im Standard nicht."),
    N_("Der Client ruft einen Pfad auf, den das OpenAPI-Dokument nicht kennt."),
    _WHY,
    _MEND,
)
NO_METHOD = Code(
    "A502",
    N_("Anfrage mit unbekannter Methode"),
    N_("Anfrage Nr. {number}: Die Methode {operation} gibt es für diese Adresse nicht."),
    N_("Der Client verwendet eine HTTP-Methode, die das OpenAPI-Dokument für diesen Pfad nicht vorsieht."),
    _WHY,
    _MEND,
)
MISSING = Code(
    "A503",
    N_("Pflichtparameter fehlt in der Anfrage"),
    N_("Anfrage Nr. {number} an {operation}: Der Parameter {parameter} fehlt."),
    N_("Das OpenAPI-Dokument schreibt einen Parameter vor, den der Client nicht sendet."),
    _WHY,
    _MEND,
)
INVALID = Code(
    "A504",
    N_("Parameter der Anfrage ist ungültig"),
    N_("Anfrage Nr. {number} an {operation}: Der Wert des Parameters {parameter} ist nicht zulässig."),
    N_("Der Wert hält das Schema des Parameters nicht ein."),
    _WHY,
    _MEND,
)
BODY = Code(
    "A505",
    N_("Inhalt der Anfrage ist ungültig"),
    N_("Anfrage Nr. {number} an {operation}: Der Inhalt fehlt oder hält das Schema nicht ein."),
    N_("Der Client sendet einen Inhalt, den das OpenAPI-Dokument für diese Operation nicht erlaubt."),
    _WHY,
    _MEND,
)
SECURITY = Code(
    "A506",
    N_("Anmeldung fehlt in der Anfrage"),
    N_("Anfrage Nr. {number} an {operation}: Die vorgeschriebene Anmeldung fehlt."),
    N_("Das OpenAPI-Dokument verlangt Zugangsdaten, die der Client nicht sendet."),
    _WHY,
    _MEND,
)
UNKNOWN = Code(
    "A507",
    N_("Unbekannter Parameter in der Anfrage"),
    N_("Anfrage Nr. {number} an {operation}: Den Parameter {parameter} kennt der Standard nicht."),
    N_("Der Client sendet einen Parameter, den das OpenAPI-Dokument nicht nennt."),
    _WHY,
    _MEND,
)
NEVER_CALLED = Code(
    "A508",
    N_("Vorgeschriebene Operation nicht aufgerufen"),
    N_("Der Client hat die Operation {operation} nie aufgerufen."),
    N_("Die Rolle des Clients verlangt diesen Aufruf; in der Aufzeichnung kommt er nicht vor."),
    N_("Der Ablauf ist nicht vollständig: Der Client nutzt einen Teil des Standards nicht, den er nutzen muss."),
    N_("Führen Sie in Ihrem Programm den ganzen Ablauf aus, während die Aufzeichnung läuft."),
)
NOT_JUDGED = Code(
    "A509",
    N_("Schema der Anfrage ist unbrauchbar"),
    N_("Anfrage Nr. {number} an {operation} konnte nicht geprüft werden: Das Schema lässt sich nicht auswerten."),
    N_("Das OpenAPI-Dokument beschreibt einen Parameter oder Inhalt mit einem fehlerhaften oder lückenhaften Schema."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Wenden Sie sich an den Herausgeber des OpenAPI-Dokuments."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
SILENT = Code(
    "A510",
    N_("Keine Anfrage gehört"),
    N_("Während der Aufzeichnung kam keine einzige Anfrage an."),
    N_("Der Client hat den Server, der hier gespielt wurde, nicht angesprochen."),
    N_("Wo nichts geprüft wurde, gibt es auch nichts zu bestehen."),
    N_("Stellen Sie in Ihrem Programm die angezeigte Adresse ein und wiederholen Sie die Aufzeichnung."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
MASKED = Code(
    "A511",
    N_("Geheimer Wert der Anfrage nicht geprüft"),
    N_("Anfrage Nr. {number} an {operation}: Der Wert von {parameter} steht nicht in der Aufzeichnung."),
    N_(
        "Die Aufzeichnung hält Werte zurück, die Zugangsdaten sein können; das OpenAPI-Dokument stellt "
        "Bedingungen daran."
    ),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Führen Sie den Lauf ohne --record aus, dann wird der Wert geprüft und nicht aufgezeichnet."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
CODES = (
    *codes.CODES,
    NO_PATH,
    NO_METHOD,
    MISSING,
    INVALID,
    BODY,
    SECURITY,
    UNKNOWN,
    NEVER_CALLED,
    NOT_JUDGED,
    SILENT,
    MASKED,
)
