"""Codes of findings about clients that follow links (A52x)."""

from schnittstellen.checks.openapi.client_codes import SILENT
from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_

NEVER_NAMED = Code(
    "A521",
    N_("Adresse, die der Server nie genannt hat"),
    N_("Anfrage Nr. {number}: Diese Adresse kommt in keiner Antwort des Servers vor."),
    N_("Der Client hat eine Adresse selbst gebildet oder verändert, statt einem Link zu folgen."),
    N_("Bei einem anderen Anbieter sehen die Adressen anders aus; dort findet der Client dann nichts."),
    N_("Verwenden Sie die Adressen so, wie der Server sie liefert, und beginnen Sie beim Einstieg."),
)
WRITING = Code(
    "A522",
    N_("Schreibende Methode an einer lesenden Schnittstelle"),
    N_("Anfrage Nr. {number}: Die Methode {method} gibt es an dieser Schnittstelle nicht."),
    N_("Der Client verwendet eine andere Methode als GET, HEAD oder OPTIONS."),
    N_("Die Schnittstelle ist zum Lesen da; Server lehnen die Anfrage ab."),
    N_("Verwenden Sie GET."),
)
BAD_FILTER = Code(
    "A523",
    N_("Wert eines Filters ist nicht zulässig"),
    N_("Anfrage Nr. {number}: Der Wert von {parameter} ist kein Zeitpunkt mit Datum, Uhrzeit und Zeitzone."),
    N_("Filter über Zeitpunkte verlangen die Form von RFC 3339, zum Beispiel 2026-01-31T08:00:00+01:00."),
    N_("Ohne Zeitzone meint jeder Server einen anderen Zeitpunkt, und dem Client fehlen Änderungen."),
    N_("Senden Sie den Zeitpunkt mit Zeitzone, und kodieren Sie das Pluszeichen in der Adresse als %2B."),
)
NOT_TO_THE_END = Code(
    "A524",
    N_("Liste nicht bis zum Ende gelesen"),
    N_("Die nächste Seite {address} wurde nie abgerufen."),
    N_("Der Server hat eine Folgeseite genannt; der Client hat sie während der Aufzeichnung nicht geholt."),
    N_("Was auf den folgenden Seiten steht, fehlt dem Client."),
    N_("Folgen Sie dem Link next, bis eine Seite keinen mehr nennt."),
)
NEVER_REACHED = Code(
    "A525",
    N_("Ein Teil der Schnittstelle wurde nie gelesen"),
    N_("Der Client hat nie gelesen: {kind}."),
    N_("Die Rolle des Clients verlangt diesen Abruf; in der Aufzeichnung kommt er nicht vor."),
    N_("Der Ablauf ist nicht vollständig geprüft."),
    N_("Führen Sie in Ihrem Programm den ganzen Ablauf aus, während die Aufzeichnung läuft."),
)
CODES = (NEVER_NAMED, WRITING, BAD_FILTER, NOT_TO_THE_END, NEVER_REACHED, SILENT)
