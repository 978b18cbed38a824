"""What can go wrong with keys and signed documents at this machine (codes K0xx)."""

import errno

from schnittstellen.domain.errors import Fault
from schnittstellen.domain.texts import N_

REASONS = {
    errno.EEXIST: N_("es gibt sie schon"),
    errno.ENOENT: N_("Datei oder Ordner gibt es nicht"),
    errno.EACCES: N_("keine Berechtigung dafür"),
    errno.EISDIR: N_("der Pfad ist ein Ordner"),
}

KEY_NOT_WRITTEN = Fault(
    "K001",
    N_("Die Schlüsseldatei {file} lässt sich nicht anlegen ({reason})."),
    N_("Ein vorhandener Schlüssel wird nie überschrieben. Nennen Sie eine neue Datei in einem eigenen Ordner."),
)
KEY_NOT_READ = Fault(
    "K002",
    N_("Die Schlüsseldatei {file} lässt sich nicht lesen ({reason})."),
    N_("Prüfen Sie Namen und Rechte der Datei. Einen neuen Schlüssel erzeugt `schnittstellen key create`."),
)
NO_PRIVATE_KEY = Fault(
    "K003",
    N_("{file} enthält keinen privaten Schlüssel (Ed25519, PKCS#8 in PEM)."),
    N_("Einen neuen Schlüssel erzeugt `schnittstellen key create`."),
)
WRONG_PASSPHRASE = Fault(
    "K004",
    N_("Die Passphrase für {file} fehlt oder ist falsch."),
    N_("Geben Sie die Passphrase noch einmal ein, oder nennen Sie mit --passphrase-env die richtige Variable."),
)
KEY_OPEN = Fault(
    "K005",
    N_("Die Schlüsseldatei {file} kann auch von anderen gelesen werden."),
    N_("Nehmen Sie anderen die Rechte (chmod 600). War die Datei länger offen, widerrufen Sie den Schlüssel."),
)
NO_PUBLIC_KEY = Fault(
    "K006",
    N_("Ein öffentlicher Schlüssel ist keiner (Ed25519 in PEM), oder er gehört nicht zu seiner Kennung."),
    N_("Holen Sie die Schlüsseldatei noch einmal von der Stelle, der Sie vertrauen."),
)
NO_TRUST = Fault(
    "K007",
    N_("{file} enthält keine öffentlichen Schlüssel ({reason})."),
    N_("Erwartet wird die Datei, die `schnittstellen key create` mit der Endung .pub schreibt, oder PEM."),
)
NO_JSON_REPORT = Fault(
    "K008",
    N_("Zum Unterschreiben fehlt der JSON-Bericht in einer Datei."),
    N_("Ergänzen Sie --report json=bericht.json; die Unterschrift kommt daneben, als bericht.json.dsse."),
)
NO_RELEASE = Fault(
    "K009",
    N_("Zum Unterschreiben fehlt, für welches Programm in welcher Version der Lauf gilt."),
    N_("Ergänzen Sie --product PROGRAMM@VERSION, wie sie im Katalog stehen."),
)
NOT_A_DAY = Fault("K010", N_("{value} ist kein Datum."), N_("Schreiben Sie es als JJJJ-MM-TT, etwa 2027-03-01."))
NO_REASON = Fault(
    "K011",
    N_("Für den Widerruf von {name} fehlt der Grund."),
    N_("Ergänzen Sie --why, am besten auch --text mit einer Erklärung."),
)
NOT_READ = Fault(
    "K012",
    N_("Die Datei {file} lässt sich nicht lesen ({reason})."),
    N_("Prüfen Sie den Namen der Datei und ob Sie sie lesen dürfen."),
)
NOT_WRITTEN = Fault(
    "K013",
    N_("Die Datei {file} lässt sich nicht schreiben ({reason})."),
    N_("Prüfen Sie, ob es den Ordner gibt und ob Sie darin schreiben dürfen."),
)
NO_VARIABLE = Fault(
    "K014",
    N_("Die Umgebungsvariable {name} ist nicht gesetzt."),
    N_("Setzen Sie die Variable auf die Passphrase, oder lassen Sie --passphrase-env weg: Dann wird danach gefragt."),
)
NOT_A_RELEASE = Fault(
    "K015",
    N_("{value} nennt kein Programm mit Version."),
    N_("Schreiben Sie PROGRAMM@VERSION, etwa muster-ris@4.2."),
)
SEED_AND_ORDER = Fault(
    "K016",
    N_("--seed und --order gehen nicht zusammen."),
    N_("Den Startwert nennt der Prüfauftrag; lassen Sie --seed weg."),
)
ORDER_NOT_USABLE = Fault(
    "K017",
    N_("Der Prüfauftrag lässt sich für diesen Lauf nicht verwenden."),
    N_("Geprüft wurde nichts. Berichtigen Sie den Aufruf, oder lassen Sie sich einen neuen Prüfauftrag geben."),
)
NOT_A_LEDGER = Fault(
    "K018",
    N_("Zeile {line} der Datei {file} ist kein Eintrag."),
    N_("Erwartet wird der öffentliche Export der Einträge, unverändert und vollständig heruntergeladen."),
)
NOT_A_HEAD = Fault(
    "K019",
    N_("{value} ist kein Stand einer Kette."),
    N_("Schreiben Sie NUMMER:PRÜFSUMME, wie `schnittstellen audit verify` den Stand nennt."),
)
NO_RECORDING = Fault(
    "K020",
    N_("Zum Prüfauftrag fehlt --record: Ohne Aufzeichnung lässt sich der Lauf nicht einreichen."),
    N_("Nennen Sie eine Datei für die Aufzeichnung, etwa --record sitzung.har. Geprüft wurde nichts."),
)
NOT_REACHED = Fault(
    "K021",
    N_("Der Server unter {url} ist für den Client nicht erreichbar ({code})."),
    N_("Was der Code bedeutet, sagt `schnittstellen explain`. Beheben Sie es und wiederholen Sie den Lauf."),
    exit=3,
)
NOT_LISTENING = Fault(
    "K022",
    N_("Unter {host}, Port {port}, lässt sich kein Server starten ({reason})."),
    N_("Nennen Sie mit --host eine Adresse dieses Rechners und mit --port einen freien Port. Geprüft wurde nichts."),
)
NO_ADDRESS = Fault(
    "K023",
    N_("Mit --host {host} fehlt --public-address: Unter welcher Adresse erreicht Ihr Programm diesen Rechner?"),
    N_("Nennen Sie sie mit Port, etwa --public-address http://pruefrechner.example:8080; mit ihr beginnen alle Links."),
)
NOT_AN_ADDRESS = Fault(
    "K024",
    N_("{value} ist keine Adresse, unter der ein Programm diesen Rechner erreicht."),
    N_("Erwartet wird http://NAME:PORT oder https://NAME, ohne Pfad."),
)

FAULTS = tuple(one for one in tuple(globals().values()) if isinstance(one, Fault))
