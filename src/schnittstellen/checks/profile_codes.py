"""Finding codes X301 to X309 of the profile check."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_UNKNOWN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")

BROKEN = Code(
    "X301",
    N_("Bedingung nicht erfüllt"),
    N_("Die Bedingung {rule} ist nicht erfüllt: {text}"),
    N_("Die Suite stellt eine Bedingung, die in keinem Schema steht, und sie trifft an dieser Stelle nicht zu."),
    N_("Solche Bedingungen geben wieder, was der Standard in Worten verlangt; Empfänger verlassen sich darauf."),
    N_("Berichtigen Sie die genannte Stelle so, dass die Bedingung erfüllt ist."),
)
NOT_EVALUATED = Code(
    "X302",
    N_("Bedingung nicht auswertbar"),
    N_("Die Bedingung {rule} konnte hier nicht ausgewertet werden ({error})."),
    N_("Beim Auswerten trat ein Fehler auf, meist weil ein Wert anders dasteht, als die Bedingung erwartet."),
    _UNKNOWN,
    N_("Prüfen Sie zuerst die Schema-Befunde an dieser Stelle. Ist die Nachricht dort richtig, melden Sie den Fehler."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BAD_XPATH = Code(
    "X303",
    N_("Bedingung fehlerhaft"),
    N_("Die Bedingung {rule} der Suite ist kein gültiger XPath-Ausdruck."),
    N_("Der Ausdruck in `context` oder `test` ist falsch geschrieben oder nennt ein unbekanntes Präfix."),
    _UNKNOWN,
    N_("Berichtigen Sie den Ausdruck in der suite.toml; `namespaces` muss jedes Präfix erklären."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NOTHING_SEEN = Code(
    "X304",
    N_("Keine Bedingung war anwendbar"),
    N_("In der Nachricht kam nichts vor, worauf eine der Bedingungen anzuwenden wäre."),
    N_("Keiner der Zusammenhänge (context) der Bedingungen kommt in dieser Nachricht vor."),
    N_("Die Bedingungen sagen über diese Nachricht weder Gutes noch Schlechtes; der Schritt zählt deshalb nicht mit."),
    N_("Nichts zu tun, wenn die Nachricht zu diesem Standard gehört. Sonst wählen Sie die passende Suite."),
    Kind.BESIDE,
    Cause.CONFIGURATION,
)
UNREADABLE = Code(
    "X305",
    N_("Nachricht nicht lesbar"),
    N_("Die Bedingungen wurden nicht geprüft, weil die Nachricht nicht gelesen werden konnte ({reason})."),
    N_("Die Nachricht ist kein wohlgeformtes XML oder wurde aus Sicherheitsgründen abgelehnt."),
    _UNKNOWN,
    N_("Beheben Sie zuerst die Befunde der Prüfung auf Wohlgeformtheit."),
    Kind.UNTESTED,
    Cause.PRODUCT,
)
TOO_LARGE = Code(
    "X306",
    N_("Nachricht zu groß für Bedingungen"),
    N_("Die Nachricht ist mit {size} Byte zu groß für diese Prüfung (Grenze {limit} Byte)."),
    N_("Bedingungen brauchen die ganze Nachricht im Arbeitsspeicher; bei sehr großen ist das nicht vertretbar."),
    _UNKNOWN,
    N_("Erhöhen Sie die Grenze `max_bytes` im Schritt der Suite oder prüfen Sie die Nachricht in Teilen."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (BROKEN, NOT_EVALUATED, BAD_XPATH, NOTHING_SEEN, UNREADABLE, TOO_LARGE)
