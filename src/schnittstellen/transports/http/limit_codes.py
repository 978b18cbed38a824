"""Codes A04: limits, or evidence that is not there, cut a run short."""

from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause
from schnittstellen.transports.http.untested import NOT_GREEN, code

OUT_OF_BUDGET = code(
    "A040",
    Cause.CONFIGURATION,
    (
        N_("Zahl der Anfragen ausgeschöpft"),
        N_("Der Lauf hat alle {limit} erlaubten Anfragen verbraucht; danach wurde nichts mehr gesendet."),
        N_("Die Obergrenze für Anfragen schützt den Endpunkt. Ein Teil der Prüfungen fand deshalb nicht statt."),
        N_("Erhöhen Sie die Grenze mit --max-requests."),
    ),
    NOT_GREEN,
)
OUT_OF_TIME = code(
    "A041",
    Cause.CONFIGURATION,
    (
        N_("Zeit ausgeschöpft"),
        N_("Der Lauf hat die erlaubten {limit} Sekunden verbraucht; danach wurde nichts mehr gesendet."),
        N_("Die Obergrenze für die Dauer wurde erreicht. Ein Teil der Prüfungen fand deshalb nicht statt."),
        N_("Erhöhen Sie die Grenze mit --max-seconds oder prüfen Sie, warum der Endpunkt so langsam antwortet."),
    ),
    NOT_GREEN,
)
THROTTLED = code(
    "A042",
    Cause.UNREACHABLE,
    (
        N_("Anfragen während des Laufs gedrosselt"),
        N_("Der Endpunkt hat während des Laufs Anfragen mit 429 abgewiesen, auch nach einer Wartezeit."),
        N_("Was abgewiesen wurde, konnte nicht geprüft werden."),
        N_("Senken Sie mit --rate die Zahl der Anfragen je Sekunde oder lassen Sie das Testkonto freischalten."),
    ),
    NOT_GREEN,
)
LOST = code(
    "A043",
    Cause.UNREACHABLE,
    (
        N_("Endpunkt während des Laufs ausgefallen"),
        N_("Nach {done} Anfragen war {origin} nicht mehr erreichbar."),
        N_("Die letzten Anfragen des Laufs bekamen keine Verbindung mehr."),
        N_("Prüfen Sie, ob der Dienst abgestürzt ist oder Ihre Anfragen gesperrt hat, und testen Sie erneut."),
    ),
    NOT_GREEN,
)
NO_EVIDENCE = code(
    "A044",
    Cause.CONFIGURATION,
    (
        N_("Nachweisdatei nicht lesbar oder nicht schreibbar"),
        N_("Die HAR-Datei {file} ist nicht verwendbar."),
        N_("Die Datei lässt sich nicht schreiben, oder sie ist kein HAR 1.2 mit den Inhalten der Antworten."),
        N_("Prüfen Sie Pfad und Rechte. Zum erneuten Bewerten muss die Datei mit --with-content geschrieben sein."),
    ),
    NOT_GREEN,
)
NOT_RECORDED = code(
    "A045",
    Cause.CONFIGURATION,
    (
        N_("Nicht im Nachweis enthalten"),
        N_("Der Nachweis {file} enthält nicht alle Anfragen, die diese Prüfung stellt."),
        N_("Beim erneuten Bewerten ohne Netz wird nur verwendet, was damals aufgezeichnet wurde."),
        N_("Bewerten Sie mit derselben Ausgabe der Suite und demselben --seed, oder testen Sie den Endpunkt neu."),
    ),
    NOT_GREEN,
)

CODES = (
    OUT_OF_BUDGET,
    OUT_OF_TIME,
    THROTTLED,
    LOST,
    NO_EVIDENCE,
    NOT_RECORDED,
)
