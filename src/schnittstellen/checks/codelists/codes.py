"""Finding codes of the check `codeliste`."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_WHY = N_("Der Empfänger schlägt den Code in derselben Liste nach. Fehlt er dort, ist die Angabe für ihn unbrauchbar.")
_UNKNOWN_WHY = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")
_LISTS = N_(
    "Fügen Sie die Codeliste mit `schnittstellen standards add … --with CODELISTE` hinzu und testen Sie erneut."
)

UNKNOWN = Code(
    "C101",
    N_("Unbekannter Code"),
    N_("Ein Code in {element} steht in keiner bekannten Version der Codeliste {list} (angegeben: Version {version})."),
    N_("Der übermittelte Code gehört nicht zu der Codeliste, auf die sich die Nachricht an dieser Stelle bezieht."),
    _WHY,
    N_("Verwenden Sie einen Code der angegebenen Version. Mit --with-content nennt der Bericht den Wert."),
)
OTHER_VERSION = Code(
    "C102",
    N_("Code aus einer anderen Version der Codeliste"),
    N_("Der Code {code} in {element} steht nicht in Version {version} der Codeliste {list}, aber in: {versions}."),
    N_("Der Code ist in der angegebenen Version noch nicht oder nicht mehr enthalten, in einer anderen jedoch schon."),
    _WHY,
    N_("Geben Sie die Version an, aus der der Code stammt, oder verwenden Sie einen Code der angegebenen Version."),
)
NOT_YET = Code(
    "C103",
    N_("Code gilt noch nicht"),
    N_(
        "Der Code {code} in {element} gilt nach Version {version} der Codeliste {list} erst ab {start}. "
        "Versionen, in denen er am Tag der Nachricht gilt: {versions}."
    ),
    N_("Die Codeliste enthält den Code, lässt ihn am Tag der Nachricht aber noch nicht zu."),
    _WHY,
    N_("Verwenden Sie den Code erst ab dem genannten Tag, oder den bis dahin gültigen."),
)
NO_LONGER = Code(
    "C104",
    N_("Code gilt nicht mehr"),
    N_(
        "Der Code {code} in {element} galt nach Version {version} der Codeliste {list} nur bis {end}. "
        "Versionen, in denen er am Tag der Nachricht gilt: {versions}."
    ),
    N_("Die Codeliste enthält den Code noch, lässt ihn am Tag der Nachricht aber nicht mehr zu."),
    _WHY,
    N_("Verwenden Sie den Code, der an seine Stelle getreten ist."),
)
LIST_UNKNOWN = Code(
    "C105",
    N_("Codeliste liegt nicht vor"),
    N_("Codes der Liste {list} (Version {version}) in {element} wurden nicht geprüft: Der Standard enthält sie nicht."),
    N_("Die Nachricht verweist auf eine Codeliste, die nicht zu den hinterlegten Dateien des Standards gehört."),
    _UNKNOWN_WHY,
    _LISTS,
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
VERSION_UNKNOWN = Code(
    "C106",
    N_("Version der Codeliste liegt nicht vor"),
    N_(
        "Codes in {element} wurden nicht geprüft: Von der Codeliste {list} liegt Version {version} nicht vor. "
        "Bekannte Versionen: {versions}."
    ),
    N_("Die Codeliste ist bekannt, die in der Nachricht angegebene Version jedoch nicht."),
    _UNKNOWN_WHY,
    N_("Prüfen Sie die Versionsangabe. Ist sie richtig, fügen Sie diese Version der Codeliste zum Standard hinzu."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_LIST = Code(
    "C107",
    N_("Angabe der Codeliste fehlt"),
    N_("In {element} fehlt listURI. Weder Nachricht noch Schema sagen, aus welcher Codeliste der Code stammt."),
    N_("An dieser Stelle muss die Nachricht die Codeliste nennen (Code-Typ 4), tut es aber nicht."),
    N_("Ohne die Liste ist der Code bedeutungslos."),
    N_("Geben Sie im Attribut listURI die Kennung der Codeliste an."),
)
NO_VERSION = Code(
    "C108",
    N_("Angabe der Version der Codeliste fehlt"),
    N_("In {element} fehlt listVersionID zur Codeliste {list}. Weder Nachricht noch Schema nennen die Version."),
    N_("An dieser Stelle muss die Nachricht die Version der Codeliste nennen (Code-Typ 3 und 4), tut es aber nicht."),
    N_("Derselbe Code kann in zwei Versionen Verschiedenes bedeuten."),
    N_("Geben Sie im Attribut listVersionID die Version der Codeliste an."),
)
UNNAMED = Code(
    "C109",
    N_("Code ohne Bezug auf eine Codeliste"),
    N_("Codes in {element} wurden nicht geprüft: Codeliste oder Version sind nicht angegeben oder leer."),
    N_("Das Schema erlaubt hier Codes ohne Liste oder Version; ihre Bedeutung ist dann vereinbart, nicht prüfbar."),
    _UNKNOWN_WHY,
    N_("Geben Sie listURI und listVersionID an, damit der Code eindeutig ist."),
    Kind.UNTESTED,
    Cause.PRODUCT,
)
NO_DATE = Code(
    "C110",
    N_("Tag der Nachricht unbekannt"),
    N_("Ob der Code {code} der Codeliste {list} gilt, ist ungeprüft: Der Tag der Nachricht ist nicht zu erkennen."),
    N_("Der Code gilt nur in einem Zeitraum, doch die Nachricht nennt an keiner bekannten Stelle, wann sie entstand."),
    _UNKNOWN_WHY,
    N_("Nennen Sie in der Suite mit der Option date, wo der Zeitpunkt der Nachricht steht."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BROKEN_LIST = Code(
    "C111",
    N_("Codeliste unbrauchbar"),
    N_(
        "Codes der Liste {list} in {element} wurden nicht geprüft: Die Datei {path} ist nicht zu gebrauchen ({reason})."
    ),
    N_("Eine hinterlegte Codeliste fehlt, wurde verändert oder ist keine lesbare Genericode-Datei."),
    _UNKNOWN_WHY,
    N_("Fügen Sie den Standard neu hinzu. Tritt es wieder auf, ist die veröffentlichte Datei fehlerhaft."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOT_IN_FORCE = Code(
    "C112",
    N_("Version der Codeliste nicht in Kraft"),
    N_("Version {version} der Codeliste {list} ist am Tag der Nachricht nicht in Kraft ({validity})."),
    N_("Der Herausgeber hat für diese Version der Codeliste einen anderen Zeitraum festgelegt."),
    N_("Empfänger halten oft nur die Version vor, die in Kraft ist."),
    N_("Verwenden Sie die Version, die am Tag der Nachricht in Kraft ist."),
)
BAD_OPTION = Code(
    "C113",
    N_("Fehlerhafte Angabe in der Suite"),
    N_("Die Option {option} der Prüfung codeliste ist nicht auswertbar: {value}."),
    N_("Die Suite beschreibt eine Stelle der Nachricht auf eine Weise, die sich nicht auswerten lässt."),
    _UNKNOWN_WHY,
    N_("Berichtigen Sie die Suite."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
UNREADABLE = Code(
    "C114",
    N_("Nachricht nicht lesbar"),
    N_("Codes wurden nicht geprüft: Die Nachricht ist kein lesbares XML."),
    N_("Die Nachricht ist nicht wohlgeformt oder wird aus Sicherheitsgründen nicht gelesen."),
    _UNKNOWN_WHY,
    N_("Beheben Sie zuerst die Befunde zur Wohlgeformtheit."),
    Kind.UNTESTED,
    Cause.PRODUCT,
)
SCHEMA = Code(
    "C115",
    N_("Schema für die Zuordnung der Codelisten fehlt"),
    N_("Codes wurden nicht geprüft: Das Schema {path} ist nicht zu gebrauchen ({reason})."),
    N_("Das Schema legt fest, aus welcher Codeliste ein Code stammen muss; ohne das Schema ist die Liste unbekannt."),
    _UNKNOWN_WHY,
    N_("Fügen Sie den Standard neu hinzu. Tritt es wieder auf, ist die veröffentlichte Datei fehlerhaft."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_CODES = Code(
    "C116",
    N_("Keine Codes in der Nachricht"),
    N_("Die Nachricht enthält keine Angabe aus einer Codeliste."),
    N_("Alle Stellen, an denen Codes stehen könnten, sind leer geblieben."),
    N_("Ein Schritt, der nichts zu prüfen fand, zählt nicht als bestanden."),
    N_("Es ist nichts zu tun."),
    Kind.BESIDE,
)

CODES = (
    UNKNOWN,
    OTHER_VERSION,
    NOT_YET,
    NO_LONGER,
    LIST_UNKNOWN,
    VERSION_UNKNOWN,
    NO_LIST,
    NO_VERSION,
    UNNAMED,
    NO_DATE,
    BROKEN_LIST,
    NOT_IN_FORCE,
    BAD_OPTION,
    UNREADABLE,
    SCHEMA,
    NO_CODES,
)
