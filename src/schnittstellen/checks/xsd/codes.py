"""Codes of what `xml.schema` finds (X1xx)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_WHY = N_("Ein Empfänger, der gegen das Schema prüft, weist die Nachricht zurück; andere lesen sie womöglich falsch.")
_WHY_OPEN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")

UNKNOWN_ROOT = Code(
    "X101",
    N_("Wurzelelement unbekannt"),
    N_("Das Wurzelelement {element} ist im Schema nicht erklärt."),
    N_("Das Schema des Standards kennt kein globales Element dieses Namens in diesem Namensraum."),
    _WHY,
    N_(
        "Vergleichen Sie Name und Namensraum des Wurzelelements mit dem Schema; oft ist nur die Version im "
        "Namensraum falsch."
    ),
)
MISSING_ELEMENT = Code(
    "X102",
    N_("Element fehlt"),
    N_("In {element} fehlt ein Element; erwartet wird hier: {expected}."),
    N_("Das Schema verlangt an dieser Stelle ein Element, das nicht vorhanden ist."),
    _WHY,
    N_("Ergänzen Sie das Element an der genannten Stelle; die Reihenfolge ist verbindlich."),
)
UNEXPECTED_ELEMENT = Code(
    "X103",
    N_("Element nicht erwartet"),
    N_("Das Element {element} ist an dieser Stelle nicht erlaubt; erlaubt ist hier: {expected}."),
    N_("Das Element ist im Schema nicht vorgesehen, steht in falscher Reihenfolge oder kommt zu oft vor."),
    _WHY,
    N_(
        "Entfernen Sie das Element oder stellen Sie es an die vom Schema bestimmte Stelle; prüfen Sie auch den "
        "Namensraum."
    ),
)
MISSING_ATTRIBUTE = Code(
    "X104",
    N_("Attribut fehlt"),
    N_("Am Element {element} fehlt das Attribut {attribute}."),
    N_("Das Schema verlangt dieses Attribut."),
    _WHY,
    N_("Ergänzen Sie das Attribut."),
)
UNEXPECTED_ATTRIBUTE = Code(
    "X105",
    N_("Attribut nicht erlaubt"),
    N_("Das Element {element} darf das Attribut {attribute} nicht tragen."),
    N_("Das Schema sieht dieses Attribut an diesem Element nicht vor."),
    _WHY,
    N_("Entfernen Sie das Attribut oder berichtigen Sie seinen Namen und Namensraum."),
)
WRONG_TYPE = Code(
    "X106",
    N_("Wert hat den falschen Typ"),
    N_("Der Wert von {element} ist kein gültiger Wert des Typs {type}."),
    N_("Der Wert hat nicht die Form, die der Datentyp verlangt, zum Beispiel ein Datum nicht die Form JJJJ-MM-TT."),
    _WHY,
    N_("Schreiben Sie den Wert in der Form des Datentyps."),
)
ENUMERATION = Code(
    "X107",
    N_("Wert steht nicht in der Liste des Schemas"),
    N_("Der Wert von {element} gehört nicht zu den erlaubten Werten: {expected}."),
    N_("Das Schema zählt die erlaubten Werte abschließend auf."),
    _WHY,
    N_("Verwenden Sie einen der erlaubten Werte; Groß- und Kleinschreibung zählt."),
)
PATTERN = Code(
    "X108",
    N_("Wert verletzt das Muster"),
    N_("Der Wert von {element} entspricht nicht dem Muster {limit}."),
    N_("Das Schema schreibt die Form des Wertes durch einen regulären Ausdruck vor."),
    _WHY,
    N_("Vergleichen Sie den Wert Zeichen für Zeichen mit dem Muster; achten Sie auf Leerzeichen und Sonderzeichen."),
)
LENGTH = Code(
    "X109",
    N_("Wert hat die falsche Länge"),
    N_("Die Länge des Wertes von {element} verletzt die Vorgabe {facet} = {limit}."),
    N_(
        "Das Schema begrenzt die Länge des Wertes (bei Listen: die Zahl der Einträge). Auch ein leerer Wert kann "
        "zu kurz sein."
    ),
    _WHY,
    N_(
        "Kürzen oder ergänzen Sie den Wert; lassen Sie ein freiwilliges Element lieber weg, als es leer zu übermitteln."
    ),
)
RANGE = Code(
    "X110",
    N_("Wert liegt außerhalb der Grenzen"),
    N_("Der Wert von {element} verletzt die Grenze {facet} = {limit}."),
    N_("Das Schema begrenzt den Wertebereich."),
    _WHY,
    N_("Berichtigen Sie den Wert."),
)
DIGITS = Code(
    "X111",
    N_("Zu viele Stellen"),
    N_("Die Zahl in {element} verletzt die Vorgabe {facet} = {limit}."),
    N_("Das Schema begrenzt die Zahl der Stellen insgesamt oder nach dem Komma."),
    _WHY,
    N_("Runden Sie den Wert nach den Regeln des Standards."),
)
TEXT_NOT_ALLOWED = Code(
    "X112",
    N_("Text nicht erlaubt"),
    N_("Das Element {element} darf keinen Text enthalten."),
    N_("Das Schema sieht in diesem Element nur Unterelemente vor oder verlangt, dass es leer ist."),
    _WHY,
    N_("Entfernen Sie den Text oder schließen Sie ihn in das vorgesehene Unterelement ein."),
)
CHILDREN_NOT_ALLOWED = Code(
    "X113",
    N_("Unterelemente nicht erlaubt"),
    N_("Das Element {element} darf keine Unterelemente enthalten."),
    N_("Das Schema sieht hier nur einen Wert oder gar keinen Inhalt vor."),
    _WHY,
    N_("Entfernen Sie die Unterelemente."),
)
DUPLICATE_ID = Code(
    "X114",
    N_("Kennung doppelt vergeben"),
    N_("Die Kennung (xs:ID) in {element} ist in dieser Nachricht schon vergeben."),
    N_("Jede Kennung vom Typ xs:ID darf in einer Nachricht nur einmal vorkommen."),
    N_("Verweise auf diese Kennung sind nicht mehr eindeutig."),
    N_("Vergeben Sie eindeutige Kennungen, zum Beispiel UUID mit vorangestelltem Buchstaben."),
)
DANGLING_IDREF = Code(
    "X115",
    N_("Verweis ohne Ziel"),
    N_("Der Verweis (xs:IDREF) in {element} zeigt auf eine Kennung, die es in dieser Nachricht nicht gibt."),
    N_("Zu jedem Verweis vom Typ xs:IDREF muss es in derselben Nachricht eine Kennung vom Typ xs:ID geben."),
    N_("Der Empfänger kann den Verweis nicht auflösen; es gehen Zusammenhänge verloren."),
    N_("Übermitteln Sie das Ziel mit oder entfernen Sie den Verweis."),
)
KEY = Code(
    "X116",
    N_("Schlüssel doppelt oder unvollständig"),
    N_("Der Inhalt von {element} verletzt die Eindeutigkeitsregel {constraint}."),
    N_(
        "Eine mit xs:unique oder xs:key bestimmte Verbindung von Werten kommt mehrfach vor, oder ein Teil des "
        "Schlüssels fehlt."
    ),
    _WHY,
    N_("Sorgen Sie für eindeutige und vollständige Schlüssel."),
)
KEYREF = Code(
    "X117",
    N_("Schlüsselverweis ohne Ziel"),
    N_("Der Verweis in {element} findet keinen Schlüssel (Regel {constraint})."),
    N_("Das Schema verlangt mit xs:keyref, dass zu diesem Wert ein Schlüssel in der Nachricht steht."),
    _WHY,
    N_("Übermitteln Sie den Gegenstand mit diesem Schlüssel oder berichtigen Sie den Verweis."),
)
NIL = Code(
    "X118",
    N_("xsi:nil falsch verwendet"),
    N_("Am Element {element} ist xsi:nil nicht zulässig verwendet."),
    N_('Das Schema erlaubt xsi:nil hier nicht, oder das Element hat trotz xsi:nil="true" einen Inhalt.'),
    _WHY,
    N_("Lassen Sie das Element weg oder übermitteln Sie es mit Inhalt und ohne xsi:nil."),
)
XSI_TYPE = Code(
    "X119",
    N_("xsi:type passt nicht"),
    N_("Der Typ, den xsi:type am Element {element} nennt, ist unbekannt oder hier nicht zulässig."),
    N_(
        "xsi:type muss einen Typ des Schemas nennen, der vom vorgesehenen Typ abgeleitet und an dieser Stelle "
        "nicht gesperrt ist."
    ),
    _WHY,
    N_("Berichtigen Sie Präfix und Namen in xsi:type oder lassen Sie xsi:type weg."),
)
ABSTRACT = Code(
    "X120",
    N_("Abstraktes Element oder abstrakter Typ"),
    N_("Das Element {element} ist abstrakt oder hat einen abstrakten Typ und kann so nicht übermittelt werden."),
    N_(
        "Abstrakte Elemente werden durch ein Element ihrer Ersetzungsgruppe vertreten, abstrakte Typen durch "
        "xsi:type bestimmt."
    ),
    _WHY,
    N_("Verwenden Sie ein konkretes Element oder nennen Sie mit xsi:type einen konkreten Typ."),
)
FIXED = Code(
    "X121",
    N_("Fester Wert verändert"),
    N_("Der Wert von {element} ist im Schema fest vorgegeben und weicht davon ab."),
    N_("Das Schema legt den Wert mit fixed fest, zum Beispiel die Version des Standards."),
    _WHY,
    N_("Übermitteln Sie den vorgegebenen Wert oder lassen Sie ein freiwilliges Attribut weg."),
)
UNDECLARED = Code(
    "X122",
    N_("Erweiterung ist nicht erklärt"),
    N_("{element} steht an einer für Erweiterungen offenen Stelle, ist aber in keinem Schema erklärt."),
    N_(
        "Das Schema lässt hier fremde Elemente oder Attribute zu, verlangt aber, dass sie in einem Schema erklärt sind."
    ),
    _WHY,
    N_("Verwenden Sie nur erklärte Erweiterungen oder fügen Sie dem Standard das Schema der Erweiterung hinzu."),
)
ASSERTION = Code(
    "X123",
    N_("Zusicherung des Schemas verletzt"),
    N_("Das Element {element} verletzt die Zusicherung {limit}."),
    N_("Das Schema (XML Schema 1.1) stellt mit xs:assert eine Bedingung, die nicht erfüllt ist."),
    _WHY,
    N_("Lesen Sie die Bedingung im Schema nach und berichtigen Sie den Inhalt."),
)
OTHER = Code(
    "X199",
    N_("Schema verletzt"),
    N_("Das Element {element} verletzt das Schema ({rule})."),
    N_("Die Nachricht verletzt die genannte Regel von XML Schema."),
    _WHY,
    N_("Vergleichen Sie die Stelle mit dem Schema des Standards."),
)
NO_SCHEMA = Code(
    "X150",
    N_("Kein Schema bekannt"),
    N_("Für diese Nachricht ist kein Schema angegeben."),
    N_("Weder die Suite noch der Standard nennt ein Schema für diese Art von Nachricht."),
    _WHY_OPEN,
    N_("Ergänzen Sie die Angabe in suite.toml oder standard.toml oder fügen Sie den Standard neu hinzu."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
SCHEMA_UNAVAILABLE = Code(
    "X151",
    N_("Schema fehlt oder ist verändert"),
    N_("Das Schema {path} fehlt oder ist nicht die Datei, die festgeschrieben wurde ({reason})."),
    N_("Eine Datei des Standards ist nicht vorhanden, nicht lesbar oder stimmt nicht mit ihrer Prüfsumme überein."),
    _WHY_OPEN,
    N_("Fügen Sie den Standard mit `schnittstellen standards add` erneut hinzu."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
UNRESOLVED = Code(
    "X152",
    N_("Verweis im Schema ohne Ziel"),
    N_(
        "Das Schema {path} verweist auf {location} (Namensraum {namespace}); diese Datei fehlt, die Nachricht "
        "braucht sie aber."
    ),
    N_("Ein xs:import, xs:include, xs:redefine oder xs:override führt zu keiner Datei des Standards."),
    _WHY_OPEN,
    N_("Fügen Sie den Standard erneut hinzu und geben Sie die fehlende Datei mit --with an."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
INVALID_SCHEMA = Code(
    "X153",
    N_("Schema ist fehlerhaft"),
    N_("Das Schema {path} verletzt selbst die Regeln von XML Schema: {detail}"),
    N_("Kein Validator kann mit diesem Schema urteilen."),
    _WHY_OPEN,
    N_("Melden Sie den Fehler dem Herausgeber des Standards."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
VALIDATOR_FAILED = Code(
    "X154",
    N_("Validator konnte nicht urteilen"),
    N_("Der Validator {validator} ist an dieser Nachricht gescheitert ({reason})."),
    N_(
        "Die Nachricht oder das Schema übersteigt, was der Validator bewältigt, zum Beispiel durch maßlos viele "
        "Attribute."
    ),
    _WHY_OPEN,
    N_("Melden Sie den Fall mit dem Schema; nennen Sie die Kennungen aus dem Bericht."),
    Kind.UNTESTED,
    Cause.TOOL,
)

CODES = tuple(value for value in list(globals().values()) if isinstance(value, Code))
"""All codes of this module, in order."""
