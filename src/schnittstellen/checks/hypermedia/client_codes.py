"""Codes of findings about clients that follow links (A52x, A53x)."""

from schnittstellen.checks.openapi.client_codes import SILENT
from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

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
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
ALTERED = Code(
    "A526",
    N_("Adresse verändert"),
    N_("Anfrage Nr. {number}: Der Server hat diese Adresse anders geschrieben."),
    N_(
        "Die Adresse gleicht einer, die der Server genannt hat, ist aber anders geschrieben: andere Reihenfolge der "
        "Parameter, andere Kodierung, Groß- und Kleinschreibung oder Schrägstriche."
    ),
    N_("Server müssen andere Schreibweisen nicht kennen; Ihr Programm hält dasselbe Objekt für zwei."),
    N_("Speichern und verwenden Sie Adressen Zeichen für Zeichen so, wie der Server sie liefert."),
)
STUMBLED = Code(
    "A527",
    N_("Listen enden immer bei einer ungewohnten Antwort"),
    N_("Nach Anfrage Nr. {number} ({what}) wurde die nächste Seite nie abgerufen; sonst wurden alle abgerufen."),
    N_(
        "In der Antwort stand etwas, womit Clients rechnen müssen: eine Eigenschaft, die der Standard nicht kennt, "
        "oder ein gelöschtes Objekt. Mehrere Listen hat der Client genau dort abgebrochen und keine anderswo."
    ),
    N_("Beim nächsten Server, der Erweiterungen oder gelöschte Objekte ausgibt, fehlt dem Client der Rest der Liste."),
    N_("Übergehen Sie unbekannte Eigenschaften, und rechnen Sie bei gelöschten Objekten nur mit id, type und Zeiten."),
)
ENDED_THERE = Code(
    "A528",
    N_("Nach einer ungewohnten Antwort ging es nicht weiter"),
    N_("Nach Anfrage Nr. {number} ({what}) hat der Client nicht weitergefragt."),
    N_("Ob der Client fertig war, beendet wurde oder an der Antwort gescheitert ist, ist daran nicht zu sehen."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Lassen Sie Ihr Programm nach dieser Antwort weiterarbeiten, oder stoßen Sie den Abruf noch einmal an."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
FILTER_ON_PAGE = Code(
    "A529",
    N_("Filter an der Adresse einer Folgeseite"),
    N_("Anfrage Nr. {number}: Der Filter {parameter} hängt an der Adresse einer Folgeseite."),
    N_("Filter gehören an die Adresse der ersten Seite; der Server nimmt sie in die Adressen der weiteren Seiten auf."),
    N_("Was ein Server mit einem Filter mitten in der Liste tut, ist nicht festgelegt."),
    N_("Hängen Sie Filter nur an die Adresse der Liste, und folgen Sie dann dem Link next."),
)
UNESCAPED = Code(
    "A530",
    N_("Reserviertes Zeichen im Wert eines Filters nicht kodiert"),
    N_("Anfrage Nr. {number}: Im Wert von {parameter} steht {character} unkodiert."),
    N_("Reservierte Zeichen wie Doppelpunkt und Plus werden in Werten von Filtern kodiert (%3A, %2B)."),
    N_("Manche Server lesen ein Plus als Leerzeichen; dann gilt ein anderer Zeitpunkt oder gar keiner."),
    N_("Kodieren Sie den Wert, bevor Sie ihn an die Adresse hängen."),
)
RELIES_ON_LIMIT = Code(
    "A531",
    N_("Auf limit vertraut"),
    N_("Die Liste wurde mit limit abgerufen; ihre nächste Seite {address} wurde nie geholt."),
    N_("Ein Server muss sich nicht an limit halten. Die Antwort nannte eine weitere Seite, die der Client nie holte."),
    N_("Wer mit limit alles auf einmal erwartet, dem fehlt bei den meisten Servern der größte Teil."),
    N_("Folgen Sie dem Link next auch dann, wenn Sie limit angeben."),
)
REFUSES_JSON = Code(
    "A532",
    N_("Verlangt ein anderes Format als JSON"),
    N_("Anfrage Nr. {number}: Accept lässt JSON nicht zu ({accept})."),
    N_("Server müssen JSON ausgeben; andere Formate sind erlaubt, aber niemand muss sie anbieten."),
    N_("Ein Server, der nur JSON kennt, darf die Anfrage ablehnen."),
    N_("Senden Sie Accept: application/json."),
)
NOT_SHOWN = Code(
    "A533",
    N_("Kam in der Aufzeichnung nicht vor"),
    N_("In dieser Aufzeichnung kam nichts vor, woran die Anforderung zu sehen wäre."),
    N_("Der Client hat nichts getan, was diese Anforderung erfüllt oder verletzt."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Führen Sie in Ihrem Programm den ganzen Ablauf aus; wo es um Filter geht, auch eine Aktualisierung."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
CODES = (
    *(NEVER_NAMED, WRITING, BAD_FILTER, NOT_TO_THE_END, NEVER_REACHED, ALTERED, STUMBLED, ENDED_THERE),
    *(FILTER_ON_PAGE, UNESCAPED, RELIES_ON_LIMIT, REFUSES_JSON, NOT_SHOWN, SILENT),
)
