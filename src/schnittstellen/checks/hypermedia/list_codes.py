"""Codes of what can be said of lists, deleted objects, filters and files (A360 to A394)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_

ENVELOPE = Code(
    "A360",
    N_("Listenseite ohne festgelegte Form"),
    N_("Listenseite mit {type}: {property} fehlt oder ist von falscher Art."),
    N_("Eine Listenseite besteht aus den Objekten, Angaben zur Seitenaufteilung und Verweisen."),
    N_("Anwendungen finden sonst die Objekte oder die nächste Seite nicht."),
    N_("Geben Sie jede Seite in der festgelegten Form aus; Verweise, die es nicht gibt, fehlen, statt null zu sein."),
)
LOOP = Code(
    "A361",
    N_("Seiten drehen sich im Kreis"),
    N_("Liste mit {type}: Der Verweis auf die nächste Seite führt zu einer Seite, die schon da war."),
    N_("Wer den Verweisen folgt, kommt nie ans Ende."),
    N_("Anwendungen hängen oder rufen die Liste endlos ab."),
    N_("Lassen Sie den Verweis auf die nächste Seite auf der letzten weg."),
)
DUPLICATE = Code(
    "A362",
    N_("Objekt mehrfach in der Liste"),
    N_("Liste mit {type}: Ein Objekt kommt auf den Seiten mehr als einmal vor."),
    N_("Jedes Objekt steht genau einmal in einer Liste. Häufig fehlt eine eindeutige Sortierung."),
    N_("Wo eines doppelt ist, fehlt meist ein anderes."),
    N_("Sortieren Sie nach einem eindeutigen, unveränderlichen Merkmal."),
)
FIGURES = Code(
    "A363",
    N_("Zahlen zur Liste stimmen nicht"),
    N_("Liste mit {type}: {property} stimmt nicht mit dem überein, was die Liste enthält."),
    N_("Gezählt wurde, was die Seiten wirklich enthalten."),
    N_("Anwendungen planen damit den Abruf und halten ihn sonst für unvollständig."),
    N_("Berechnen Sie die Zahlen aus derselben Abfrage wie die Liste."),
)
NO_NEXT = Code(
    "A364",
    N_("Verweis auf die nächste Seite fehlt"),
    N_("Liste mit {type}: Es soll mehr Objekte geben, aber der Verweis auf die nächste Seite fehlt."),
    N_("Auf jeder Seite außer der letzten muss die nächste genannt sein."),
    N_("Der Rest der Liste ist für Anwendungen nicht zu finden."),
    N_("Geben Sie links.next auf allen Seiten außer der letzten aus."),
)
UNPAGED = Code(
    "A365",
    N_("Lange Liste ohne Seiten"),
    N_("Liste mit {type}: Mehr als {threshold} Objekte stehen auf einer Seite."),
    N_("Für lange Listen wird empfohlen, sie auf Seiten zu verteilen."),
    N_("Große Antworten dauern lange und belasten Server und Anwendungen."),
    N_("Verteilen Sie lange Listen auf Seiten."),
)
PAGE_SIZE = Code(
    "A366",
    N_("Seiten verschieden groß"),
    N_("Liste mit {type}: Die Zahl der Objekte je Seite wechselt."),
    N_("elementsPerPage ist auf allen Seiten außer der letzten gleich, und so viele Objekte stehen auf der Seite."),
    N_("Anwendungen berechnen daraus, wie viele Seiten noch kommen."),
    N_("Füllen Sie jede Seite außer der letzten, und nennen Sie überall dieselbe Zahl."),
)
UNSTABLE = Code(
    "A367",
    N_("Reihenfolge wechselt"),
    N_("Liste mit {type}: Zwei Abrufe derselben Seite ergeben verschiedene Reihenfolgen."),
    N_("Die Sortierung einer Liste muss von Abfrage zu Abfrage gleich bleiben."),
    N_("Beim Blättern gehen sonst Objekte verloren oder kommen doppelt."),
    N_("Sortieren Sie nach einem eindeutigen, unveränderlichen Merkmal."),
)
DELETED_BARE = Code(
    "A370",
    N_("Gelöschtes Objekt unvollständig"),
    N_("{type}: Am gelöschten Objekt fehlt {property} oder ist von falscher Art."),
    N_("Von gelöschten Objekten bleiben Kennung, Typ und die Zeitpunkte."),
    N_("Anwendungen erkennen daran, was sie aus ihrem Bestand entfernen müssen."),
    N_("Behalten Sie diese Eigenschaften beim Löschen."),
)
DELETED_GONE = Code(
    "A371",
    N_("Gelöschtes Objekt nicht als gelöscht abrufbar"),
    N_("{type}: Unter der Kennung des gelöschten Objekts kommt Status {status} ohne deleted: true."),
    N_("Gelöschte Objekte werden weiter mit Status 200 und deleted: true ausgeliefert."),
    N_("Anwendungen halten einen Fehler sonst für eine Störung und behalten die Angaben."),
    N_("Liefern Sie unter der Kennung aus, was vom gelöschten Objekt bleibt."),
)
DELETED_EMBEDDED = Code(
    "A372",
    N_("Gelöschtes Objekt eingebettet"),
    N_("{type}: In {property} ist ein gelöschtes Objekt eingebettet."),
    N_("Gelöschte Objekte werden nicht in anderen Objekten ausgegeben."),
    N_("Anwendungen zeigen sie sonst als gültig an."),
    N_("Lassen Sie gelöschte Objekte beim Einbetten weg."),
)
DELETED_LISTED = Code(
    "A373",
    N_("Gelöschtes Objekt in der Liste"),
    N_("Liste mit {type}: Ohne modified_since enthält sie ein gelöschtes Objekt."),
    N_("Gelöschte Objekte stehen nur dann in Listen, wenn nach Änderungen seit einem Zeitpunkt gefragt wird."),
    N_("Anwendungen, die zum ersten Mal abrufen, erhalten sonst Löschungen von Objekten, die sie nie hatten."),
    N_("Geben Sie gelöschte Objekte nur mit modified_since aus."),
)
UNFLAGGED = Code(
    "A374",
    N_("Gelöschtes Objekt nicht gekennzeichnet"),
    N_("Liste mit {type}: Nur mit modified_since erscheint ein Objekt, und es ist nicht als gelöscht gekennzeichnet."),
    N_("Was nur mit modified_since erscheint, ist gelöscht und muss so gekennzeichnet sein."),
    N_("Anwendungen nehmen sonst Gelöschtes neu auf, statt es zu entfernen."),
    N_("Geben Sie an gelöschten Objekten deleted: true aus."),
)
IGNORED = Code(
    "A380",
    N_("Filter ohne Wirkung"),
    N_("Liste mit {type}: Mit {filter} kommen Objekte, die außerhalb des verlangten Zeitraums liegen."),
    N_("Der Filter wurde mit einem Zeitpunkt aus dem Bestand aufgerufen; die Antwort enthält anderes."),
    N_("Anwendungen aktualisieren ihren Bestand mit diesen Filtern und müssten sonst immer alles abrufen."),
    N_("Werten Sie den Filter an jeder Liste aus."),
)
DROPPED = Code(
    "A381",
    N_("Filter lässt passende Objekte weg"),
    N_("Liste mit {type}: Mit {filter} fehlen Objekte, die in den verlangten Zeitraum fallen."),
    N_("Objekte, deren Zeitpunkt passt, stehen in der ungefilterten Liste, aber nicht in der gefilterten."),
    N_("Anwendungen erfahren von diesen Änderungen nichts."),
    N_("Vergleichen Sie, welche Zeitpunkte der Filter auswertet und welche ausgegeben werden, auch die Zeitzone."),
)
FILTER_LOST = Code(
    "A382",
    N_("Filter geht beim Blättern verloren"),
    N_("Liste mit {type}: Über links.{link} kommen Objekte, die {filter} ausschließt."),
    N_("Die Verweise auf andere Seiten müssen den verwendeten Filter behalten."),
    N_("Ab der zweiten Seite erhält die Anwendung sonst den ganzen Bestand."),
    N_("Nehmen Sie die Filter der Anfrage in alle Verweise auf."),
)
FILTER_ERROR = Code(
    "A383",
    N_("Filter führt zu einem Fehler"),
    N_("Liste mit {type}: Mit {filter} antwortet der Server mit Status {status}."),
    N_("Alle externen Listen müssen die Filter verstehen."),
    N_("Anwendungen können ihren Bestand nicht aktualisieren."),
    N_("Prüfen Sie, ob der Server Zeitpunkte mit Zone liest; das Pluszeichen kommt als %2B an."),
)
NOT_OMITTED = Code(
    "A384",
    N_("Eingebettete Listen nicht weggelassen"),
    N_("{type}: Trotz {filter} wird {property} ausgegeben."),
    N_("Mit diesem Parameter soll der Server auf eingebettete Listen verzichten."),
    N_("Die Aktualisierung überträgt sonst vieles doppelt."),
    N_("Lassen Sie die genannten Eigenschaften weg, wenn der Parameter gesetzt ist."),
)
FILE_GONE = Code(
    "A390",
    N_("Datei nicht abrufbar"),
    N_("{property} einer Datei wird mit Status {status} beantwortet."),
    N_("Jede Datei muss mit GET abrufbar sein."),
    N_("Ohne die Datei nützen die Angaben zu ihr wenig."),
    N_("Prüfen Sie die Adresse und die Rechte an der Datei."),
)
FILE_ATTACHED = Code(
    "A391",
    N_("Ansehen erzwingt Herunterladen"),
    N_("Unter accessUrl sendet der Server Content-Disposition: attachment."),
    N_("accessUrl dient dem Ansehen, downloadUrl dem Herunterladen."),
    N_("Browser zeigen die Datei sonst nicht an."),
    N_("Lassen Sie den Header unter accessUrl weg."),
)
FILE_INLINE = Code(
    "A392",
    N_("Herunterladen ohne Dateinamen"),
    N_("Unter downloadUrl fehlt Content-Disposition: attachment mit filename."),
    N_("downloadUrl muss Herunterladen auslösen und den Namen der Datei nennen."),
    N_("Nutzer erhalten sonst Dateien ohne brauchbaren Namen."),
    N_('Senden Sie Content-Disposition: attachment; filename="...".'),
)
FILE_HEADERS = Code(
    "A393",
    N_("Datei ohne Angaben zum Zwischenspeichern"),
    N_("Zur Datei fehlt der Header {header}."),
    N_("Last-Modified, Content-Length und ETag werden empfohlen."),
    N_("Anwendungen müssten unveränderte Dateien sonst immer wieder ganz abrufen."),
    N_("Senden Sie diese Header zu Dateien."),
)
FILE_DIFFERS = Code(
    "A394",
    N_("Datei passt nicht zu ihren Angaben"),
    N_("{property} im File-Objekt stimmt nicht mit der abgerufenen Datei überein."),
    N_("Verglichen wurden Größe, Medientyp und Prüfsummen."),
    N_("Anwendungen halten die Datei für beschädigt."),
    N_("Berechnen Sie die Angaben aus der Datei, die ausgeliefert wird."),
)
NO_DOWNLOAD = Code(
    "A395",
    N_("Keine Adresse zum Herunterladen"),
    N_("Das File-Objekt nennt keine downloadUrl."),
    N_("Neben accessUrl wird eine eigene Adresse zum Herunterladen empfohlen."),
    N_("Nutzer erhalten die Datei nur unter dieser Adresse mit ihrem Namen."),
    N_("Geben Sie an jedem File-Objekt downloadUrl aus."),
)

CODES = (
    ENVELOPE,
    LOOP,
    DUPLICATE,
    FIGURES,
    NO_NEXT,
    UNPAGED,
    PAGE_SIZE,
    UNSTABLE,
    DELETED_BARE,
    DELETED_GONE,
    DELETED_EMBEDDED,
    DELETED_LISTED,
    UNFLAGGED,
    IGNORED,
    DROPPED,
    FILTER_LOST,
    FILTER_ERROR,
    NOT_OMITTED,
    FILE_GONE,
    FILE_ATTACHED,
    FILE_INLINE,
    FILE_HEADERS,
    FILE_DIFFERS,
    NO_DOWNLOAD,
)
