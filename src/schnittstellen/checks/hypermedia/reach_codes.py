"""Codes of what can be said of the endpoint, its links and the form of its answers (A300, A310 to A326)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

NO_DESCRIPTION = Code(
    "A300",
    N_("Beschreibung der Schnittstelle fehlt"),
    N_("Das Dokument {path} des Standards ist nicht benutzbar ({reason})."),
    N_("Die Prüfung liest aus dem OpenAPI-Dokument des Standards, welche Objekte und Verweise es gibt."),
    N_("Ohne diese Beschreibung gibt es keinen Maßstab."),
    N_("Prüfen Sie die Installation oder den Standard, den Sie hinzugefügt haben."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
OTHER_VERSION = Code(
    "A310",
    N_("Der Endpunkt spricht eine andere Version"),
    N_("Der Endpunkt nennt {found}, geprüft werden sollte {expected}. Passend wäre die Suite {suite}."),
    N_("Der Endpunkt sagt von sich selbst, dass er eine andere Version des Standards umsetzt."),
    N_("Eine Prüfung gegen die falsche Version würde viele Abweichungen nennen, die keine sind."),
    N_("Testen Sie mit der genannten Suite, oder nennen Sie die Adresse für die gewünschte Version: {other}"),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_ENTRY = Code(
    "A311",
    N_("Unter der Adresse liegt kein Einstieg"),
    N_("Unter der genannten Adresse liegt kein {entry}-Objekt ({found})."),
    N_("Die Prüfung beginnt bei einem bestimmten Objekt. Die genannte Adresse liefert etwas anderes."),
    N_("Vom Einstieg aus wird alles Weitere über Verweise gefunden."),
    N_("Prüfen Sie die Adresse. Sie muss genau zum Einstiegsobjekt führen, nicht zu einer Webseite."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_CLAIM = Code(
    "A312",
    N_("Der Einstieg nennt keine gültige Version"),
    N_("Die Eigenschaft {property} nennt keine bekannte Version; erwartet wird {expected}."),
    N_("Am Einstieg muss stehen, welche Version des Standards der Server spricht."),
    N_("Anwendungen entscheiden daran, wie sie die Antworten lesen."),
    N_("Geben Sie in {property} genau den Wert {expected} an."),
)
FOREIGN = Code(
    "A313",
    N_("Verweis auf einen fremden Server"),
    N_("{type}: {property} führt auf einen anderen Server und wurde nicht verfolgt."),
    N_("Listen, ihre Seiten und die Kennungen eigener Objekte liegen auf dem Server selbst."),
    N_("Wer den Bestand abruft, müsste sonst Anfragen an Dritte senden; auch ein Angriff sähe so aus."),
    N_("Verweisen Sie auf die eigene, öffentliche Adresse. Gehört der andere Server dazu, nennen Sie ihn beim Testen."),
)
DEAD_LINK = Code(
    "A314",
    N_("Verweis führt ins Leere"),
    N_("{type}: {property} verweist auf etwas, das der Server mit Status {status} beantwortet."),
    N_("Ein Verweis auf ein Objekt desselben Servers führt nicht zu einem Objekt."),
    N_("Anwendungen folgen den Verweisen; fehlt das Ziel, fehlen ihnen Angaben."),
    N_("Liefern Sie das Ziel aus (gelöschte Objekte als gelöscht), oder entfernen Sie den Verweis."),
)
NO_ANSWER = Code(
    "A315",
    N_("Keine verwertbare Antwort"),
    N_("Auf diese Anfrage kam keine Antwort, die sich lesen lässt ({problem})."),
    N_("Die Verbindung kam nicht zustande, brach ab oder dauerte zu lange, oder die Antwort war zu groß."),
    N_("Was nicht gelesen werden konnte, kann nicht geprüft werden."),
    N_("Prüfen Sie, ob der Server erreichbar und belastbar ist, und wiederholen Sie den Test mit der curl-Zeile."),
    Kind.UNTESTED,
    Cause.UNREACHABLE,
)
NOT_FINISHED = Code(
    "A316",
    N_("Nicht zu Ende geprüft"),
    N_("Die erlaubten Anfragen oder die erlaubte Zeit waren aufgebraucht ({problem})."),
    N_("Die Prüfung hält die Grenzen ein, die für diesen Lauf gelten. Der Rest des Bestands wurde nicht angesehen."),
    N_("Was nicht angesehen wurde, gilt nicht als bestanden."),
    N_("Erlauben Sie mehr Anfragen oder mehr Zeit."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_LIST = Code(
    "A317",
    N_("Liste nicht abrufbar"),
    N_("{type}: Die Liste {property} wird mit Status {status} beantwortet."),
    N_("Eine Liste oder eine ihrer Seiten, auf die der Server selbst verweist, lässt sich nicht abrufen."),
    N_("Der Bestand ist damit für Anwendungen unvollständig."),
    N_("Sehen Sie im Protokoll des Servers nach, woran die Anfrage aus der curl-Zeile scheitert."),
)
NOTHING_SEEN = Code(
    "A318",
    N_("Nichts, worauf es anzuwenden wäre"),
    N_("Im Bestand kam nichts vor, woran sich das prüfen ließe: {what}."),
    N_("Die Anforderung gilt für etwas, das der Server in diesem Lauf nicht ausgegeben hat."),
    N_("Was nicht vorkam, ist weder bestanden noch verletzt."),
    N_("Testen Sie mit einem Bestand, in dem es vorkommt."),
    Kind.BESIDE,
)
MEDIA_TYPE = Code(
    "A320",
    N_("Falscher Medientyp"),
    N_("Die Antwort ist als {found} ausgezeichnet statt als {expected}."),
    N_("Der Header Content-Type passt nicht zu dem, was die Antwort sein muss."),
    N_("Anwendungen wählen nach dem Medientyp, wie sie eine Antwort lesen."),
    N_("Senden Sie JSON mit Content-Type: application/json."),
)
CHARSET = Code(
    "A321",
    N_("Falscher Zeichensatz angegeben"),
    N_("Der Header Content-Type nennt den Zeichensatz {charset} statt UTF-8."),
    N_("JSON wird immer in UTF-8 ausgegeben."),
    N_("Anwendungen, die der Angabe folgen, lesen Umlaute falsch."),
    N_("Lassen Sie die Angabe weg oder nennen Sie utf-8."),
)
ENCODING = Code(
    "A322",
    N_("Kein sauberes UTF-8"),
    N_("Die Antwort ist kein sauberes UTF-8 ({problem})."),
    N_("Die Antwort enthält Bytes, die kein UTF-8 sind, oder beginnt mit einer Bytereihenfolge-Marke (BOM)."),
    N_("Viele Anwendungen brechen an solchen Antworten ab."),
    N_("Geben Sie JSON in UTF-8 ohne BOM aus und wandeln Sie ältere Daten vorher um."),
)
NO_JSON = Code(
    "A323",
    N_("Kein wohlgeformtes JSON"),
    N_("Die Antwort ist kein wohlgeformtes JSON."),
    N_("Die Antwort ist leer, ist etwas anderes als JSON, hat einen Fehler oder enthält danach noch weitere Zeichen."),
    N_("Ohne wohlgeformtes JSON kann keine Anwendung etwas lesen."),
    N_("Erzeugen Sie Antworten mit einer JSON-Bibliothek, und geben Sie nichts davor oder danach aus."),
)
ESCAPED = Code(
    "A324",
    N_("Text mit HTML-Maskierung"),
    N_("{type}: {property} enthält Maskierungen wie &uuml; oder &amp;."),
    N_("Texte stehen in JSON, wie sie gelesen werden sollen. Beurteilt wird nach dem Aussehen: nur eine Warnung."),
    N_("Anwendungen zeigen die Maskierung sonst wörtlich an."),
    N_("Geben Sie den Text unmaskiert aus."),
)
CORS = Code(
    "A325",
    N_("Webanwendungen dürfen nicht lesen"),
    N_("Der Header Access-Control-Allow-Origin fehlt oder ist nicht *."),
    N_("Ohne diesen Header verweigern Browser fremden Webanwendungen den Zugriff auf die Antwort."),
    N_("Offene Daten sollen auch unmittelbar aus Webanwendungen nutzbar sein."),
    N_("Senden Sie zu jeder Antwort mit JSON den Header Access-Control-Allow-Origin: *."),
)
CORS_METHODS = Code(
    "A326",
    N_("GET ist nicht als erlaubt genannt"),
    N_("Access-Control-Allow-Methods nennt GET nicht."),
    N_("Wenn der Header gesetzt ist, muss er GET enthalten."),
    N_("Browser verweigern sonst den Abruf."),
    N_("Entfernen Sie den Header, oder nehmen Sie GET auf."),
)

CODES = (
    NO_DESCRIPTION,
    OTHER_VERSION,
    NO_ENTRY,
    NO_CLAIM,
    FOREIGN,
    DEAD_LINK,
    NO_ANSWER,
    NOT_FINISHED,
    NO_LIST,
    NOTHING_SEEN,
    MEDIA_TYPE,
    CHARSET,
    ENCODING,
    NO_JSON,
    ESCAPED,
    CORS,
    CORS_METHODS,
)
