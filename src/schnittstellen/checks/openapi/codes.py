"""Codes of findings about answers (A1xx)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_CONTRACT = N_("Gegenstellen werden nach dem OpenAPI-Dokument gebaut. Was davon abweicht, verstehen sie nicht.")
_MEND = N_("Ändern Sie die Antwort des Endpunkts oder, wenn sie richtig ist, das OpenAPI-Dokument.")

STATUS = Code(
    "A101",
    N_("Antwort mit nicht dokumentiertem Status"),
    N_("{operation} antwortet mit Status {status}; dokumentiert sind {documented}."),
    N_("Der Endpunkt gibt einen HTTP-Status zurück, den das OpenAPI-Dokument für diese Operation nicht nennt."),
    _CONTRACT,
    _MEND,
)
MEDIA_TYPE = Code(
    "A102",
    N_("Nicht dokumentierter Medientyp"),
    N_("{operation} liefert {media_type}; dokumentiert ist {documented}."),
    N_("Die Kopfzeile Content-Type der Antwort nennt einen Medientyp, den das OpenAPI-Dokument nicht vorsieht."),
    _CONTRACT,
    N_("Setzen Sie die Kopfzeile Content-Type auf den dokumentierten Medientyp."),
)
NO_MEDIA_TYPE = Code(
    "A103",
    N_("Medientyp fehlt"),
    N_("{operation} liefert einen Inhalt ohne die Kopfzeile Content-Type."),
    N_("Die Antwort hat einen Inhalt, sagt aber nicht, welcher Art er ist (RFC 9110, 8.3)."),
    N_("Ohne Medientyp muss der Empfänger raten, wie er den Inhalt lesen soll."),
    N_("Setzen Sie die Kopfzeile Content-Type."),
)
NOT_JSON = Code(
    "A104",
    N_("Inhalt ist kein gültiges JSON"),
    N_("Die Antwort von {operation} ist kein gültiges JSON ({reason})."),
    N_("Der Inhalt soll JSON sein, lässt sich aber nicht lesen (RFC 8259)."),
    N_("Kein Empfänger kann diese Antwort verarbeiten."),
    N_("Erzeugen Sie die Antwort mit einer JSON-Bibliothek und kodieren Sie sie in UTF-8."),
)
SCHEMA = Code(
    "A105",
    N_("Inhalt entspricht nicht dem Schema"),
    N_("In der Antwort von {operation} verletzt {pointer} die Regel „{keyword}“ ({expected})."),
    N_("Der Inhalt der Antwort hält das Schema nicht ein, das das OpenAPI-Dokument für diesen Status nennt."),
    _CONTRACT,
    _MEND,
)
HEADER_MISSING = Code(
    "A106",
    N_("Kopfzeile fehlt"),
    N_("In der Antwort von {operation} fehlt die Kopfzeile {header}."),
    N_("Das OpenAPI-Dokument verlangt für diese Antwort eine Kopfzeile, die nicht da ist."),
    _CONTRACT,
    _MEND,
)
HEADER_VALUE = Code(
    "A107",
    N_("Wert einer Kopfzeile entspricht nicht dem Schema"),
    N_("In der Antwort von {operation} verletzt die Kopfzeile {header} die Regel „{keyword}“ ({expected})."),
    N_("Der Wert der Kopfzeile hält das Schema nicht ein, das das OpenAPI-Dokument für sie nennt."),
    _CONTRACT,
    _MEND,
)
SERVER_ERROR = Code(
    "A108",
    N_("Interner Fehler des Servers"),
    N_("{operation} antwortet auf eine zulässige Anfrage mit Status {status}."),
    N_("Der Endpunkt scheitert an einer Anfrage, die das OpenAPI-Dokument erlaubt."),
    N_("Die Gegenstelle bekommt keine Daten, obwohl sie alles richtig gemacht hat."),
    N_("Suchen Sie die Anfrage im Protokoll Ihres Servers; die curl-Zeile wiederholt sie."),
)
UNEXPECTED_BODY = Code(
    "A109",
    N_("Inhalt, wo keiner sein darf"),
    N_("{operation} antwortet mit Status {status} und trotzdem mit einem Inhalt."),
    N_("Antworten mit den Status 204, 205 und 304 und Antworten auf HEAD haben keinen Inhalt (RFC 9110)."),
    N_("Manche Empfänger lesen den Inhalt als Anfang der nächsten Antwort."),
    N_("Senden Sie bei diesen Antworten keinen Inhalt."),
)
PROTOCOL = Code(
    "A110",
    N_("Antwort verletzt HTTP oder bricht ab"),
    N_("Die Antwort auf {operation} ist unbrauchbar: {problem}."),
    N_("Die Verbindung brach ab, die Antwort war länger oder kürzer als angekündigt, oder sie ist kein gültiges HTTP."),
    N_("Die Gegenstelle erhält keine oder nur halbe Daten."),
    N_("Prüfen Sie Server und vorgeschaltete Proxys; die curl-Zeile wiederholt die Anfrage."),
)
EMPTY_BODY = Code(
    "A111",
    N_("Inhalt fehlt"),
    N_("{operation} antwortet mit Status {status} ohne Inhalt; dokumentiert ist {documented}."),
    N_("Das OpenAPI-Dokument sieht für diese Antwort einen Inhalt vor, die Antwort ist leer."),
    _CONTRACT,
    _MEND,
)
REFUSED_VALID = Code(
    "A112",
    N_("Zulässige Anfrage abgelehnt"),
    N_("{operation} lehnt eine Anfrage, die dem OpenAPI-Dokument entspricht, mit Status {status} ab."),
    N_("Die Anfrage verwendet nur Werte, die das Dokument erlaubt oder die der Endpunkt selbst genannt hat."),
    N_("Gegenstellen verlassen sich darauf, dass dokumentierte Anfragen beantwortet werden."),
    _MEND,
)
NOT_FOUND = Code(
    "A113",
    N_("Objekt aus einer Liste ist nicht abrufbar"),
    N_("{operation} antwortet mit Status {status} für eine Kennung, die der Endpunkt selbst in einer Liste nennt."),
    N_("Eine Liste enthält ein Objekt, das unter seiner eigenen Kennung nicht zu finden ist."),
    N_("Die Gegenstelle kennt das Objekt, kann es aber nicht laden: der Austausch bleibt unvollständig."),
    N_("Nehmen Sie das Objekt aus der Liste oder machen Sie es unter seiner Kennung abrufbar."),
)
UNKNOWN_FOUND = Code(
    "A114",
    N_("Unbekannte Kennung wird gefunden"),
    N_("{operation} antwortet mit Status {status} auf eine frei erfundene Kennung."),
    N_("Eine Kennung, die es nicht geben kann, wird mit Erfolg beantwortet statt mit 404."),
    N_("Die Gegenstelle kann nicht unterscheiden, ob es ein Objekt gibt."),
    N_("Antworten Sie auf unbekannte Kennungen mit Status 404."),
)
OTHER_OBJECT = Code(
    "A115",
    N_("Unter der Kennung liegt ein anderes Objekt"),
    N_("{operation} liefert unter einer Kennung aus einer Liste ein Objekt mit anderer Kennung ({pointer})."),
    N_("Das abgerufene Objekt nennt selbst eine andere Kennung als die, unter der es abgerufen wurde."),
    N_("Daten landen beim falschen Vorgang."),
    N_("Prüfen Sie, wie der Endpunkt Kennungen auf Objekte abbildet."),
)
NOT_REACHED = Code(
    "A120",
    N_("Operation nicht geprüft"),
    N_("{operation} wurde nicht geprüft: Für einen Pflichtparameter ist kein Wert bekannt."),
    N_("Das OpenAPI-Dokument nennt für einen vorgeschriebenen Parameter weder Beispiel noch Vorgabe oder Auswahl."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Nennen Sie im OpenAPI-Dokument ein Beispiel für jeden Pflichtparameter."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_ANSWER = Code(
    "A121",
    N_("Keine Antwort"),
    N_("{operation} wurde nicht beantwortet: {problem}."),
    N_("Während des Laufs kam auf diese Anfrage keine Antwort."),
    N_("Ohne Antwort gibt es nichts zu beurteilen."),
    N_("Prüfen Sie, ob der Endpunkt erreichbar und nicht überlastet ist, und wiederholen Sie den Lauf."),
    Kind.UNTESTED,
    Cause.UNREACHABLE,
)
LIMIT = Code(
    "A122",
    N_("Grenze des Laufs erreicht"),
    N_("Ab {operation} wurde nicht weiter geprüft, weil eine Grenze des Laufs erreicht war ({problem})."),
    N_("Die Zahl der Anfragen oder die Zeit des Laufs ist begrenzt; sie war aufgebraucht."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Erhöhen Sie die Grenze mit --max-requests oder --max-seconds."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_DOCUMENT = Code(
    "A123",
    N_("OpenAPI-Dokument nicht benutzbar"),
    N_("Das OpenAPI-Dokument {path} kann nicht benutzt werden ({reason})."),
    N_("Das Dokument des Standards fehlt, wurde verändert oder ist kein gültiges OpenAPI-Dokument."),
    N_("Ohne Dokument gibt es keinen Maßstab."),
    N_("Fügen Sie den Standard mit `schnittstellen standards add` neu hinzu."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_SCHEMA = Code(
    "A124",
    N_("Schema nicht benutzbar"),
    N_("Das Schema der Antwort {status} von {operation} kann nicht benutzt werden ({reason})."),
    N_("Das OpenAPI-Dokument enthält ein ungültiges Schema oder einen Verweis, der nirgendwohin führt."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Fügen Sie die fehlenden Dateien mit `--with` hinzu oder melden Sie den Fehler dem Herausgeber."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_CREDENTIALS = Code(
    "A125",
    N_("Zugang fehlt"),
    N_("{operation} verlangt eine Anmeldung (Status {status})."),
    N_("Der Endpunkt hat die Anfrage wegen fehlender oder unzureichender Zugangsdaten abgelehnt."),
    N_("Ohne Zugang lässt sich die Antwort nicht beurteilen; das ist kein Fehler des Programms."),
    N_("Geben Sie Zugangsdaten mit --token-env oder --header-env an."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_304 = Code(
    "A116",
    N_("Bedingte Anfrage wird nicht beachtet"),
    N_("{operation} nennt ein ETag, sendet aber auf If-None-Match mit demselben ETag den ganzen Inhalt."),
    N_("Wer ein ETag angibt, soll eine unveränderte Antwort mit Status 304 bestätigen (RFC 9110, 13.1.2)."),
    N_("Gegenstellen laden bei jedem Abgleich alle Daten neu."),
    N_("Werten Sie If-None-Match aus oder lassen Sie die Kopfzeile ETag weg."),
)
PAGE_LOOP = Code(
    "A117",
    N_("Seiten einer Liste drehen sich im Kreis"),
    N_("In der Liste {operation} führt der Verweis auf die nächste Seite zu einer schon gelesenen Seite."),
    N_("Wer den Verweisen folgt, kommt nie ans Ende der Liste."),
    N_("Gegenstellen hängen oder laden dieselben Daten endlos."),
    N_("Prüfen Sie die Berechnung des Verweises auf die nächste Seite."),
)
DEAD_NEXT = Code(
    "A118",
    N_("Verweis auf die nächste Seite ist tot"),
    N_("In der Liste {operation} führt der Verweis auf die nächste Seite ins Leere ({status})."),
    N_("Die Liste nennt eine nächste Seite, die sich nicht abrufen lässt."),
    N_("Gegenstellen erhalten nur den Anfang der Liste."),
    N_("Prüfen Sie Adresse und Parameter des Verweises auf die nächste Seite."),
)
TWICE = Code(
    "A119",
    N_("Elemente kommen auf mehreren Seiten vor"),
    N_("In der Liste {operation} kommen {number} Elemente einer Seite schon auf einer früheren vor."),
    N_("Die Seiten überschneiden sich, meist weil die Sortierung nicht eindeutig ist."),
    N_("Wo ein Element doppelt ist, fehlt oft ein anderes."),
    N_("Sortieren Sie die Liste nach einem eindeutigen Schlüssel."),
)
SIZE_IGNORED = Code(
    "A126",
    N_("Seitengröße wird nicht beachtet"),
    N_("{operation} liefert mit {parameter}=1 trotzdem {number} Elemente."),
    N_("Der dokumentierte Parameter für die Zahl der Elemente bleibt ohne Wirkung."),
    _CONTRACT,
    N_("Beachten Sie den Parameter oder entfernen Sie ihn aus dem Dokument."),
)
NOTHING_ANSWERED = Code(
    "A128",
    N_("Keine Operation beantwortet"),
    N_("Unter dieser Adresse wurde keine Operation des Dokuments beantwortet."),
    N_("Keine Anfrage führte zu einer Antwort, die sich beurteilen ließe; oft ist die Basisadresse falsch."),
    N_("Wo nichts geprüft wurde, gibt es auch nichts zu bestehen."),
    N_("Prüfen Sie die Adresse; der Pfad der Operationen wird an sie angehängt."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_OBJECT = Code(
    "A127",
    N_("Kein Objekt zum Abrufen bekannt"),
    N_("{operation} wurde nicht mit einem vorhandenen Objekt geprüft: Der Endpunkt hat keine Kennung genannt."),
    N_(
        "Die Listen des Endpunkts sind leer oder nennen keine Kennungen, mit denen sich diese Operation aufrufen ließe."
    ),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Legen Sie Testdaten an oder nennen Sie im OpenAPI-Dokument ein Beispiel."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
DISCRIMINATOR = Code(
    "A129",
    N_("Diskriminator und Inhalt passen nicht zusammen"),
    N_("{operation}: An {pointer} nennt der Diskriminator einen Wert, zu dem der übrige Inhalt nicht passt."),
    N_(
        "Das OpenAPI-Dokument lässt eine Eigenschaft sagen, welches von mehreren Schemata gilt. Der Wert ist dort "
        "nicht vorgesehen, oder der Inhalt hält das so gewählte Schema nicht ein."
    ),
    N_("Ein Client, der nach dieser Eigenschaft entscheidet, liest den Inhalt falsch oder gar nicht."),
    N_("Setzen Sie die Eigenschaft auf den Wert des Schemas, dem der Inhalt folgt."),
)
NOT_XML = Code(
    "A130",
    N_("Kein wohlgeformtes XML"),
    N_("{operation}: Der Inhalt ist als XML bezeichnet, lässt sich aber nicht lesen ({reason})."),
    N_("Die Antwort nennt einen Medientyp für XML; ihr Inhalt ist kein wohlgeformtes XML oder enthält eine DOCTYPE."),
    N_("Ein Client kann den Inhalt nicht lesen."),
    N_("Erzeugen Sie die Antwort mit einer XML-Bibliothek, oder nennen Sie den richtigen Medientyp."),
)
CODES = (
    STATUS,
    MEDIA_TYPE,
    NO_MEDIA_TYPE,
    NOT_JSON,
    SCHEMA,
    HEADER_MISSING,
    HEADER_VALUE,
    SERVER_ERROR,
    UNEXPECTED_BODY,
    PROTOCOL,
    EMPTY_BODY,
    REFUSED_VALID,
    NOT_FOUND,
    UNKNOWN_FOUND,
    OTHER_OBJECT,
    NOT_REACHED,
    NO_ANSWER,
    LIMIT,
    NO_DOCUMENT,
    NO_SCHEMA,
    NO_CREDENTIALS,
    NO_304,
    PAGE_LOOP,
    DEAD_NEXT,
    TWICE,
    SIZE_IGNORED,
    NO_OBJECT,
    NOTHING_ANSWERED,
    DISCRIMINATOR,
    NOT_XML,
)
