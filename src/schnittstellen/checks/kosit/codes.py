"""Finding codes X221 to X229 of the check `kosit.accept`."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

_UNKNOWN = N_("Was nicht geprüft werden konnte, gilt nicht als bestanden.")

REJECTED = Code(
    "X221",
    N_("Zurückweisung empfohlen"),
    N_("Die Prüfkonfiguration empfiehlt, die Nachricht zurückzuweisen (Szenario {scenario}, Bedingung {condition})."),
    N_("Die Annahmebedingung (acceptMatch) des Szenarios trifft auf den Prüfbericht zu dieser Nachricht nicht zu."),
    N_("Wer mit dieser Konfiguration prüft, nimmt die Nachricht nicht an."),
    N_("Beheben Sie die Befunde der anderen Schritte; sie führen zu dieser Empfehlung."),
)
RULES_BROKEN = Code(
    "X222",
    N_("Zurückweisung wegen verletzter Regeln"),
    N_("Die Prüfkonfiguration empfiehlt Zurückweisung: {count} Regelverletzungen (Szenario {scenario})."),
    N_(
        "Das Szenario hat keine eigene Annahmebedingung. Dann gilt im KoSIT-Validator jede verletzte Regel als Grund "
        "zur Zurückweisung, auch eine, die als Warnung gekennzeichnet ist."
    ),
    N_("Wer mit dieser Konfiguration prüft, nimmt die Nachricht nicht an."),
    N_("Beheben Sie die verletzten Regeln, die der Schritt für die Schematron-Regeln nennt."),
)
NO_SCENARIO = Code(
    "X223",
    N_("Kein Szenario"),
    N_("In {scenarios} passt nicht genau ein Szenario zu dieser Nachricht (gefunden: {found})."),
    N_("Die Bedingungen (match) der Szenarien treffen auf diese Nachricht nicht oder mehrfach zu."),
    _UNKNOWN,
    N_("Prüfen Sie, ob die Nachricht zu dieser Konfiguration gehört, oder nennen Sie das Szenario in der Suite."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
NO_REPORT = Code(
    "X224",
    N_("Prüfbericht nicht erstellt"),
    N_("Der Prüfbericht des Szenarios {scenario} konnte nicht erstellt werden ({reason})."),
    N_("Das Berichts-Stylesheet oder eine Regeldatei der Konfiguration fehlt, ist fehlerhaft oder brach ab."),
    _UNKNOWN,
    N_("Nehmen Sie die Konfiguration neu auf mit `schnittstellen standards add` und melden Sie den Fehler."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)
BAD_CONDITION = Code(
    "X225",
    N_("Annahmebedingung nicht auswertbar"),
    N_("Die Bedingung {condition} des Szenarios {scenario} ist nicht auswertbar."),
    N_("Der XPath-Ausdruck in acceptMatch oder match ist fehlerhaft."),
    _UNKNOWN,
    N_("Berichtigen Sie den Ausdruck in der scenarios.xml."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (REJECTED, RULES_BROKEN, NO_SCENARIO, NO_REPORT, BAD_CONDITION)
