"""Why a message could not be tested here. None of these says anything about the message."""

from schnittstellen.domain.errors import Fault
from schnittstellen.domain.texts import N_

_ON_YOUR_OWN = N_(
    "Teilen Sie die Datei auf. Oder prüfen Sie sie auf Ihrem eigenen Rechner: Dort gelten keine solchen Grenzen, und "
    "die Datei verlässt Ihr Haus nicht. Das Programm heißt schnittstellen, der Befehl: schnittstellen test DATEI."
)
TOO_BIG = Fault("F430", N_("Das ist zu groß. Hier prüfen wir bis zu {limit} MB auf einmal."), _ON_YOUR_OWN, http=413)
BUSY = Fault(
    "F431",
    N_("Gerade prüfen schon andere. Mehr Prüfungen auf einmal schafft dieser Server nicht."),
    N_("Versuchen Sie es in {seconds} Sekunden noch einmal. Es ist nichts verloren gegangen und nichts gespeichert."),
    http=503,
)
TOO_OFTEN = Fault(
    "F432",
    N_("Von Ihrem Anschluss kamen gerade viele Prüfungen (erlaubt sind {quota} in der Minute)."),
    N_("Warten Sie {seconds} Sekunden. Viele Nachrichten prüfen Sie am besten zusammen in einem ZIP-Archiv."),
    http=429,
)
TOO_LONG = Fault(
    "F433",
    N_("Die Prüfung dauerte länger als {seconds} Sekunden und wurde abgebrochen. Es gibt kein Ergebnis."),
    _ON_YOUR_OWN,
    http=503,
)
BROKE = Fault(
    "F434",
    N_("Unser Prüfprogramm ist bei dieser Datei abgebrochen. Das sagt nichts über Ihre Nachricht."),
    N_("Versuchen Sie es noch einmal. Bleibt es dabei, melden Sie es uns; wir haben von der Datei nichts behalten."),
    http=503,
)
TOO_MUCH_FOUND = Fault(
    "F435", N_("Der Bericht ist zu lang für diese Seite: Er hat mehr als {limit} MB."), _ON_YOUR_OWN, http=422
)
ONE_OF_TWO = Fault(
    "F436",
    N_("Es fehlt, was geprüft werden soll, oder es ist doppelt angegeben."),
    N_("Wählen Sie eine Datei aus oder fügen Sie den Inhalt einer Nachricht ein, nicht beides."),
    http=422,
)
GONE = Fault(
    "F437",
    N_("Diesen Bericht gibt es nicht oder nicht mehr."),
    N_("Aufbewahrte Berichte werden nach {days} Tagen gelöscht. Prüfen Sie die Nachricht einfach noch einmal."),
    http=404,
)
UNREADABLE = Fault(
    "F438",
    N_("Was Ihr Browser geschickt hat, war unvollständig oder nicht lesbar."),
    N_("Laden Sie diese Seite neu und wählen Sie die Datei noch einmal aus."),
    http=400,
)
OTHER_SUITE = Fault(
    "F439",
    N_("Diesen Standard können wir hier nicht prüfen."),
    N_("Wählen Sie einen aus der Liste oder lassen Sie ihn erkennen."),
    http=422,
)
OVER = Fault(
    "F485",
    N_("Dieses Ergebnis gibt es nicht oder nicht mehr."),
    N_(
        "Ergebnisse bleiben {minutes} Minuten unter ihrer Adresse, dann werden sie gelöscht. Prüfen Sie die Nachricht "
        "einfach noch einmal."
    ),
    http=404,
)
FAULTS = (
    TOO_BIG,
    BUSY,
    TOO_OFTEN,
    TOO_LONG,
    BROKE,
    TOO_MUCH_FOUND,
    ONE_OF_TWO,
    GONE,
    UNREADABLE,
    OTHER_SUITE,
    OVER,
)
