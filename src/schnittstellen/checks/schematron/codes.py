"""Finding codes X201 to X219 of the Schematron check."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_UNKNOWN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")

FAILED = Code(
    "X201",
    N_("Regel verletzt"),
    N_("Die Regel {rule} ist nicht erfüllt: {text}"),
    N_("Eine Zusicherung (assert) der Schematron-Regeln trifft an dieser Stelle der Nachricht nicht zu."),
    N_("Empfänger prüfen dieselben Regeln und weisen Nachrichten zurück, die sie verletzen."),
    N_("Berichtigen Sie die genannte Stelle so, dass die Bedingung der Regel erfüllt ist."),
)
REPORTED = Code(
    "X202",
    N_("Regel schlägt an"),
    N_("Die Regel {rule} schlägt an: {text}"),
    N_("Die Schematron-Regeln beschreiben einen unerwünschten Zustand (report), und genau er liegt hier vor."),
    N_("Empfänger prüfen dieselben Regeln und weisen solche Nachrichten zurück oder fragen nach."),
    N_("Ändern Sie die genannte Stelle so, dass der beschriebene Zustand nicht mehr vorliegt."),
)
NOTHING_FIRED = Code(
    "X203",
    N_("Keine Regel war anwendbar"),
    N_("In der Nachricht kam nichts vor, worauf eine Regel aus {rules} anzuwenden wäre."),
    N_("Die Regeln wurden ausgeführt, aber keiner ihrer Zusammenhänge (context) kommt in dieser Nachricht vor."),
    N_("Die Regeln sagen über diese Nachricht weder Gutes noch Schlechtes; der Schritt zählt deshalb nicht mit."),
    N_("Nichts zu tun, wenn die Nachricht zu diesem Standard gehört. Sonst wählen Sie die passende Suite."),
    Kind.BESIDE,
    Cause.CONFIGURATION,
)
NO_RULES = Code(
    "X204",
    N_("Keine Regeln vorhanden"),
    N_("Für die Nachricht {message} nennt der Standard keine Schematron-Regeln."),
    N_("Weder die Suite noch der Standard ordnen dieser Art von Nachricht Schematron-Regeln zu."),
    N_("Ohne Regeln gibt es in diesem Schritt nichts zu bestehen; der Schritt zählt deshalb nicht mit."),
    N_("Nichts zu tun, wenn der Standard keine Regeln veröffentlicht. Sonst ergänzen Sie sie in der standard.toml."),
    Kind.BESIDE,
    Cause.CONFIGURATION,
)
NOT_EVALUATED = Code(
    "X205",
    N_("Regel nicht auswertbar"),
    N_("Die Regel {rule} konnte hier nicht ausgewertet werden ({error})."),
    N_(
        "Beim Auswerten der Regel trat ein Fehler auf, meist weil die Regel einen Wert anders erwartet, als er dasteht."
    ),
    _UNKNOWN,
    N_(
        "Prüfen Sie zuerst die Schema-Befunde an dieser Stelle. Ist die Nachricht dort richtig, melden Sie den Fehler "
        "dem Herausgeber der Regeln."
    ),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
UNUSABLE = Code(
    "X206",
    N_("Regeln nicht verwendbar"),
    N_("Die Regeln in {rules} sind nicht verwendbar ({reason}): {detail}"),
    N_("Die Schematron-Datei oder das Prüf-Stylesheet ist fehlerhaft oder unvollständig."),
    _UNKNOWN,
    N_("Holen Sie die Regeln neu mit `schnittstellen standards add` oder melden Sie den Fehler ihrem Herausgeber."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
TOO_LARGE = Code(
    "X207",
    N_("Nachricht zu groß für Regeln"),
    N_("Die Nachricht ist mit {size} Byte zu groß für die Prüfung gegen Schematron-Regeln (Grenze {limit} Byte)."),
    N_("Regeln brauchen die ganze Nachricht im Arbeitsspeicher; bei sehr großen Nachrichten ist das nicht vertretbar."),
    _UNKNOWN,
    N_("Erhöhen Sie die Grenze `max_bytes` im Schritt der Suite oder prüfen Sie die Nachricht in Teilen."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
UNREADABLE = Code(
    "X208",
    N_("Nachricht nicht lesbar"),
    N_("Die Regeln wurden nicht geprüft, weil die Nachricht nicht gelesen werden konnte ({reason})."),
    N_("Die Nachricht ist kein wohlgeformtes XML oder wurde aus Sicherheitsgründen abgelehnt."),
    _UNKNOWN,
    N_("Beheben Sie zuerst die Befunde der Prüfung auf Wohlgeformtheit."),
    Kind.UNTESTED,
    Cause.PRODUCT,
)
STOPPED = Code(
    "X209",
    N_("Regeln haben sich selbst beendet"),
    N_("Die Regeln in {rules} haben die Prüfung dieser Nachricht vorzeitig beendet."),
    N_("Das Prüf-Stylesheet enthält eine Anweisung, die die Prüfung abbricht, und sie wurde hier erreicht."),
    N_("Regeln nach dem Abbruch wurden vielleicht nicht geprüft. Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Lesen Sie mit --with-content, was das Stylesheet meldet, und prüfen Sie, ob die Nachricht zu ihm gehört."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_SVRL = Code(
    "X210",
    N_("Ergebnis der Regeln nicht lesbar"),
    N_("Das Stylesheet {rules} liefert kein SVRL."),
    N_("Prüf-Stylesheets müssen ihr Ergebnis im Format SVRL (ISO/IEC 19757-3) ausgeben."),
    _UNKNOWN,
    N_("Verwenden Sie die Schematron-Quelle (.sch) oder ein Stylesheet, das SVRL erzeugt."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
GAVE_UP = Code(
    "X211",
    N_("Regeln abgebrochen"),
    N_("Die Regeln in {rules} sind bei dieser Nachricht als Ganzes gescheitert."),
    N_("Beim Ausführen trat ein Fehler auf, der sich keiner einzelnen Regel zuordnen lässt."),
    _UNKNOWN,
    N_("Melden Sie den Fehler mit der Ausgabe von --with-content dem Herausgeber der Regeln."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (
    FAILED,
    REPORTED,
    NOTHING_FIRED,
    NO_RULES,
    NOT_EVALUATED,
    UNUSABLE,
    TOO_LARGE,
    UNREADABLE,
    STOPPED,
    NO_SVRL,
    GAVE_UP,
)
