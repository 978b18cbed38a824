"""Codes of what can be said of single objects (A330 to A353)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_

_READ = N_("Vergleichen Sie die Ausgabe mit der Beschreibung des Objekttyps {type} im Standard.")

MISSING = Code(
    "A330",
    N_("Pflichteigenschaft fehlt"),
    N_("{type}: Die Pflichteigenschaft {property} fehlt."),
    N_("Der Standard verlangt diese Eigenschaft an jedem Objekt dieses Typs."),
    N_("Anwendungen verlassen sich auf Pflichteigenschaften."),
    N_("Geben Sie die Eigenschaft aus, und prüfen Sie die Schreibweise ihres Namens."),
)
NULL = Code(
    "A331",
    N_("Pflichteigenschaft ist null"),
    N_("{type}: Die Pflichteigenschaft {property} hat den Wert null."),
    N_("null heißt, dass es keine Angabe gibt. Eine Pflichteigenschaft muss eine haben."),
    N_("Anwendungen verlassen sich auf Pflichteigenschaften."),
    N_("Geben Sie einen Wert aus; bei Listen ohne Einträge eine leere Liste."),
)
NULL_OPTIONAL = Code(
    "A332",
    N_("null statt weggelassen"),
    N_("{type}: {property} hat den Wert null, statt zu fehlen."),
    N_("Eigenschaften ohne Angabe werden weggelassen."),
    N_("Viele Anwendungen erwarten den festgelegten Typ, sobald eine Eigenschaft vorkommt."),
    N_("Lassen Sie Eigenschaften ohne Angabe weg."),
)
TYPE = Code(
    "A333",
    N_("Falsche Art von Wert"),
    N_("{type}: {property} ist {found}, erwartet wird {expected}."),
    N_("Der Wert hat eine andere JSON-Art als festgelegt, etwa einen Text statt einer Liste."),
    N_("Anwendungen, die nach dem Standard gebaut sind, brechen daran ab."),
    _READ,
)
FORMAT = Code(
    "A334",
    N_("Falsche Form des Werts"),
    N_("{type}: {property} hat nicht die Form {format}."),
    N_("Datum, Zeitpunkt (immer mit Zeitzone) und Adresse (immer vollständig) haben eine festgelegte Form."),
    N_("Ein Zeitpunkt ohne Zone ist mehrdeutig, eine unvollständige Adresse führt nirgendwohin."),
    N_("Geben Sie den Wert in der festgelegten Form aus, zum Beispiel {example}."),
)
NOTATION = Code(
    "A335",
    N_("Ungewöhnliche Schreibweise eines Zeitpunkts"),
    N_("{type}: {property} ist ein gültiger Zeitpunkt, aber nicht in der Schreibweise JJJJ-MM-TTThh:mm:ss±hh:mm."),
    N_("Der Text des Standards nennt genau eine Schreibweise; seine Schemata lassen auch Z und Sekundenbruchteile zu."),
    N_("Anwendungen, die sich an den Text halten, lesen andere Schreibweisen womöglich nicht."),
    N_("Schreiben Sie die Zone als ±hh:mm und lassen Sie Sekundenbruchteile weg."),
)
VALUE = Code(
    "A336",
    N_("Wert nicht vorgesehen"),
    N_("{type}: Der Wert von {property} ist nicht vorgesehen ({rule_kind})."),
    N_("Für diese Eigenschaft ist festgelegt, welche Werte sie haben kann."),
    N_("Anwendungen können einen anderen Wert nicht deuten."),
    _READ,
)
UNKNOWN = Code(
    "A337",
    N_("Unbekannte Eigenschaft ohne Präfix"),
    N_("{type}: Die Eigenschaft {property} kennt der Standard nicht, und sie trägt kein Präfix eines Herstellers."),
    N_("Eigene Eigenschaften sind erlaubt, wenn vor ihrem Namen ein Präfix mit Doppelpunkt steht."),
    N_("Oft ist eine solche Eigenschaft ein Tippfehler, oder sie stößt mit einer künftigen des Standards zusammen."),
    N_("Berichtigen Sie den Namen, oder stellen Sie ein Präfix voran, etwa MusterHersteller:{property}."),
)
EMPTY = Code(
    "A338",
    N_("Leer statt weggelassen"),
    N_("{type}: {property} ist leer, statt zu fehlen."),
    N_("Freiwillige Eigenschaften ohne Angabe werden weggelassen, nicht als leerer Text oder leere Liste ausgegeben."),
    N_("Leere Werte vergrößern die Antworten und sehen wie Angaben aus."),
    N_("Lassen Sie Eigenschaften ohne Angabe weg."),
)
OTHER_TYPES = Code(
    "A340",
    N_("Typadresse einer anderen Version"),
    N_("{type}: type nennt eine andere Version des Standards, als der Server spricht."),
    N_("Die Typadresse enthält die Version des Standards."),
    N_("Anwendungen erkennen Objekte an der vollständigen Typadresse."),
    N_("Geben Sie überall die Typadressen der Version aus, die am Einstieg steht."),
)
UNKNOWN_TYPE = Code(
    "A341",
    N_("Unbekannter Objekttyp"),
    N_("type nennt keinen Objekttyp des Standards; an dieser Stelle steht ein Objekt vom Typ {type}."),
    N_("type nennt einen festgelegten Objekttyp oder, bei eigenen Typen, eine Adresse außerhalb des Standards."),
    N_("Anwendungen erkennen am Typ, was sie vor sich haben."),
    N_("Geben Sie die Typadresse genau in der festgelegten Schreibweise aus."),
)
WRONG_KIND = Code(
    "A342",
    N_("Objekt von anderer Art als erwartet"),
    N_("An dieser Stelle wird ein Objekt vom Typ {expected} erwartet, es ist eines vom Typ {type} ({property})."),
    N_("Eine Liste oder ein Verweis führt zu Objekten einer anderen Art, als festgelegt ist."),
    N_("Anwendungen lesen das Objekt als etwas, das es nicht ist."),
    N_("Prüfen Sie, was an dieser Stelle ausgegeben wird."),
)
POSITION = Code(
    "A343",
    N_("Stelle stimmt nicht"),
    N_("{type}: {property} stimmt nicht mit der Stelle in der Liste überein."),
    N_("Die Eigenschaft nennt die Stelle des Objekts in seiner Liste, von 0 an gezählt."),
    N_("Anwendungen ordnen danach, wenn sie die Objekte einzeln erhalten."),
    N_("Zählen Sie ohne Lücken in der Reihenfolge der Ausgabe."),
)
NO_BACK = Code(
    "A344",
    N_("Rückverweis fehlt"),
    N_("{type}: Unter der eigenen Kennung fehlt {property}."),
    N_("Was sonst in ein anderes Objekt eingebettet ist, nennt dieses, wenn es einzeln abgerufen wird."),
    N_("Ohne den Rückverweis lässt sich das Objekt nicht einordnen."),
    N_("Geben Sie den Rückverweis aus, wenn das Objekt einzeln abgerufen wird."),
)
NEVER_USED = Code(
    "A345",
    N_("Eigenschaft nie genutzt"),
    N_("{type}: Keines der Objekte nennt {property}."),
    N_("Der Standard empfiehlt alle Eigenschaften, soweit es dazu öffentliche Angaben gibt."),
    N_("Je mehr Angaben es gibt, desto mehr können Anwendungen damit anfangen."),
    N_("Prüfen Sie, ob diese Angabe im Fachverfahren vorliegt und ausgegeben werden kann."),
)
NOT_UNDER_ID = Code(
    "A350",
    N_("Nicht unter der eigenen Kennung"),
    N_("{type}: Unter der eigenen Kennung antwortet der Server mit Status {status}."),
    N_("Das Objekt kommt in einer Liste oder eingebettet vor, ist aber einzeln nicht abrufbar."),
    N_("Die Kennung ist die Adresse des Objekts; andere verweisen darauf."),
    N_("Machen Sie jedes Objekt, auch eingebettete, unter seiner Kennung abrufbar."),
)
OTHER_UNDER_ID = Code(
    "A351",
    N_("Unter der Kennung steht ein anderes Objekt"),
    N_("{type}: Unter der Kennung steht ein Objekt mit anderer Kennung oder von anderem Typ."),
    N_("Die Antwort nennt eine andere id als die, unter der sie abgerufen wurde."),
    N_("Verweise führen damit zu falschen Angaben."),
    N_("Prüfen Sie, wie der Server Adressen den Objekten zuordnet; jede Kennung hat genau eine Schreibweise."),
)
DIFFERS = Code(
    "A352",
    N_("In der Liste anders als einzeln"),
    N_("{type}: {property} hat in der Liste einen anderen Wert als unter der eigenen Kennung."),
    N_("Dasselbe Objekt wird mit demselben Änderungsdatum verschieden ausgegeben."),
    N_("Anwendungen erhalten je nach Weg verschiedene Angaben."),
    N_("Erzeugen Sie beide Ausgaben aus derselben Quelle, und leeren Sie veraltete Zwischenspeicher."),
)
SCHEME = Code(
    "A353",
    N_("Mal http, mal https"),
    N_("{type}: {property} beginnt mit {found}, der Einstieg mit {expected}."),
    N_("Ein Server entscheidet sich für http oder https."),
    N_("Zwei Schreibweisen sehen wie zwei verschiedene Objekte aus."),
    N_("Bilden Sie alle Adressen mit demselben Schema, auch hinter einem Reverse Proxy."),
)

CODES = (
    MISSING,
    NULL,
    NULL_OPTIONAL,
    TYPE,
    FORMAT,
    NOTATION,
    VALUE,
    UNKNOWN,
    EMPTY,
    OTHER_TYPES,
    UNKNOWN_TYPE,
    WRONG_KIND,
    POSITION,
    NO_BACK,
    NEVER_USED,
    NOT_UNDER_ID,
    OTHER_UNDER_ID,
    DIFFERS,
    SCHEME,
)
