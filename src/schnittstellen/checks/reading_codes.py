"""Codes of what can be wrong with the text of a message before any rule of a standard is applied (X0xx)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_WHY_PARSER = N_("Kein XML-Parser darf diese Nachricht annehmen; jeder Empfänger muss sie zurückweisen.")
_WHY_LIMIT = N_("Was nicht gelesen werden konnte, gilt nicht als bestanden. Ob die Nachricht gültig ist, bleibt offen.")

EMPTY = Code(
    "X001",
    N_("Nachricht ist leer"),
    N_("Die Nachricht enthält kein Wurzelelement."),
    N_(
        "Die Datei ist leer oder besteht nur aus Leerraum, Kommentaren oder einer Markierung der Bytereihenfolge (BOM)."
    ),
    _WHY_PARSER,
    N_("Prüfen Sie, ob der Export abgebrochen wurde oder die falsche Datei übergeben wurde."),
)
COMPRESSED = Code(
    "X002",
    N_("Nachricht ist gepackt"),
    N_("Die Nachricht ist ein gepacktes Archiv (zum Beispiel gzip oder ZIP), kein XML."),
    N_("Die ersten Bytes sind die Kennung eines Packformats."),
    N_("XML wird ungepackt geprüft; wer ungefragt entpackt, kann durch winzige Dateien lahmgelegt werden."),
    N_("Entpacken Sie die Nachricht. ZIP-Dateien nimmt `schnittstellen test` als Ziel selbst entgegen."),
)
DOCTYPE = Code(
    "X003",
    N_("DOCTYPE ist nicht erlaubt"),
    N_("Die Nachricht enthält eine Dokumenttyp-Deklaration (DOCTYPE)."),
    N_("Über DOCTYPE lassen sich Entitäten erklären, fremde Dateien einbinden und Speicherbomben bauen."),
    N_("Sichere Empfänger weisen Nachrichten mit DOCTYPE ungelesen zurück; kein XÖV-Standard sieht sie vor."),
    N_("Erzeugen Sie die Nachricht ohne DOCTYPE und schreiben Sie die Zeichen der Entitäten unmittelbar."),
)
ENCODING = Code(
    "X004",
    N_("Zeichenkodierung ist falsch"),
    N_("Die Bytes der Nachricht passen nicht zur angegebenen Zeichenkodierung ({detail})."),
    N_(
        "Angabe in der XML-Deklaration, BOM und tatsächliche Bytes widersprechen sich, ein Zeichen ist fehlerhaft "
        "kodiert, oder die Kodierung muss von XML-Programmen nicht verstanden werden."
    ),
    N_("Umlaute und andere Zeichen kämen verfälscht an, oder der Empfänger bricht ab."),
    N_("Schreiben Sie die Nachricht in UTF-8 und geben Sie in der XML-Deklaration UTF-8 an."),
)
SYNTAX = Code(
    "X005",
    N_("Kein wohlgeformtes XML"),
    N_("Die Nachricht ist kein wohlgeformtes XML ({detail})."),
    N_("Die Nachricht verletzt eine Regel der XML-Grammatik."),
    _WHY_PARSER,
    N_(
        "Erzeugen Sie XML mit einer XML-Bibliothek statt durch Aneinanderhängen von Text und prüfen Sie die "
        "genannte Stelle."
    ),
)
TOO_DEEP = Code(
    "X006",
    N_("Zu tief verschachtelt"),
    N_("Die Elemente sind tiefer ineinander geschachtelt, als schnittstellen liest."),
    N_("Zum Schutz vor Angriffen liest schnittstellen höchstens 256 ineinander geschachtelte Elemente."),
    _WHY_LIMIT,
    N_("Prüfen Sie, ob beim Erzeugen eine Schleife entstanden ist. Echte Nachrichten bleiben weit unter der Grenze."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
TOO_LARGE = Code(
    "X007",
    N_("Ein Teil ist zu groß"),
    N_("Ein Name, ein Attribut oder ein Text ist größer, als schnittstellen liest ({detail})."),
    N_(
        "Zum Schutz vor Angriffen sind die Längen von Namen (50 000 Bytes) und Attributen (10 Millionen "
        "Bytes) begrenzt; "
        "in Nachrichten ab 32 MiB auch die von Kommentaren und CDATA-Abschnitten."
    ),
    _WHY_LIMIT,
    N_("Verlagern Sie große Inhalte aus Attributen in Elemente oder Anlagen."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BINARY = Code(
    "X008",
    N_("Kein XML"),
    N_("Die Eingabe ist eine Binärdatei oder enthält Nullbytes."),
    N_("Die Bytes sind kein Text; die Datei ist vermutlich von einer anderen Art (PDF, Bild, Datenbank)."),
    _WHY_PARSER,
    N_("Prüfen Sie, ob die richtige Datei übergeben wurde."),
)
NAMESPACE = Code(
    "X009",
    N_("Namensraum-Fehler"),
    N_("Ein Präfix oder Namensraum ist nicht richtig erklärt ({detail})."),
    N_(
        "Ein Präfix wird verwendet, ohne mit xmlns:… erklärt zu sein, oder eine Erklärung verletzt "
        "Namespaces in XML 1.0."
    ),
    N_("Ohne Namensraum ist nicht bestimmt, welches Element gemeint ist."),
    N_("Erklären Sie jedes Präfix am Wurzelelement."),
)
TAGS = Code(
    "X010",
    N_("Anfang und Ende eines Elements passen nicht zusammen"),
    N_("Das schließende Tag gehört nicht zum zuletzt geöffneten Element."),
    N_("Elemente überschneiden sich, ein Ende fehlt oder ist falsch geschrieben (Groß- und Kleinschreibung zählt)."),
    _WHY_PARSER,
    N_("Schließen Sie die Elemente in umgekehrter Reihenfolge, in der sie geöffnet wurden."),
)
ENTITY = Code(
    "X011",
    N_("Unbekannte oder fehlerhafte Entität"),
    N_("Eine mit & beginnende Entität ist nicht erklärt oder falsch geschrieben."),
    N_("XML kennt nur &amp;, &lt;, &gt;, &quot; und &apos;. Ein einzelnes & im Text ist nicht erlaubt."),
    _WHY_PARSER,
    N_("Schreiben Sie & als &amp; und Zeichen wie ä oder &nbsp; unmittelbar in UTF-8."),
)
ATTRIBUTE = Code(
    "X012",
    N_("Attribut doppelt"),
    N_("Ein Element trägt dasselbe Attribut mehr als einmal."),
    N_(
        "Innerhalb eines Elements muss jeder Attributname eindeutig sein, auch über verschiedene Präfixe "
        "desselben Namensraums."
    ),
    _WHY_PARSER,
    N_("Entfernen Sie das überzählige Attribut."),
)
CHARACTER = Code(
    "X013",
    N_("Unerlaubtes Zeichen"),
    N_("Die Nachricht enthält ein Zeichen, das in XML nicht vorkommen darf."),
    N_(
        "Steuerzeichen außer Tabulator, Zeilenvorschub und Wagenrücklauf sind in XML 1.0 verboten, auch als "
        "Zeichenreferenz."
    ),
    _WHY_PARSER,
    N_("Entfernen Sie Steuerzeichen beim Export aus der Datenbank."),
)
EXTRA = Code(
    "X014",
    N_("Inhalt nach dem Ende"),
    N_("Nach dem Ende des Wurzelelements folgt weiterer Inhalt."),
    N_("Eine Nachricht hat genau ein Wurzelelement; danach sind nur Kommentare und Leerraum erlaubt."),
    _WHY_PARSER,
    N_("Übergeben Sie mehrere Nachrichten als mehrere Dateien und entfernen Sie angehängte Reste."),
)
TRUNCATED = Code(
    "X015",
    N_("Nachricht ist abgeschnitten"),
    N_("Die Nachricht endet, bevor alle Elemente geschlossen sind."),
    N_("Das Ende der Nachricht fehlt."),
    _WHY_PARSER,
    N_("Prüfen Sie, ob Export oder Übertragung abgebrochen wurden."),
)
NOT_READABLE = Code(
    "X020",
    N_("Nicht geprüft, weil nicht lesbar"),
    N_("Nicht geprüft, weil die Nachricht nicht gelesen werden konnte (siehe {code})."),
    N_("Die Nachricht ist kein lesbares XML; ihr Inhalt konnte nicht beurteilt werden."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Beheben Sie zuerst den Befund des Schritts, der die Wohlgeformtheit prüft."),
    Kind.UNTESTED,
)
NOT_A_PAYLOAD = Code(
    "X021",
    N_("Keine Nachricht"),
    N_("Die Prüfung {check} beurteilt Nachrichten; {name} ist keine."),
    N_("Die Suite wendet eine Prüfung für XML-Nachrichten auf etwas anderes an, etwa auf einen Endpunkt."),
    N_("Was nicht geprüft werden konnte, gilt nicht als bestanden."),
    N_("Geben Sie eine Datei an oder berichtigen Sie die Suite."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

BY_REASON = {
    "empty": EMPTY,
    "compressed": COMPRESSED,
    "doctype": DOCTYPE,
    "encoding": ENCODING,
    "syntax": SYNTAX,
    "too_deep": TOO_DEEP,
    "too_large": TOO_LARGE,
    "binary": BINARY,
    "namespace": NAMESPACE,
    "tags": TAGS,
    "entity": ENTITY,
    "attribute": ATTRIBUTE,
    "character": CHARACTER,
    "extra": EXTRA,
    "truncated": TRUNCATED,
}
"""The code for each reason of `formats.safe_xml.XmlProblem`."""
