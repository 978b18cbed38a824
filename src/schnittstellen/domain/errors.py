"""Errors of ours, which never mix with findings about a product: a code, a title, a hint, what they mean outside."""

from dataclasses import dataclass

from schnittstellen.domain.texts import N_

WRONG_USAGE = 2
COULD_NOT_TEST = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of error. `title` and `hint` are templates over the error's parameters (German; marked with `N_`).

    `http` is the status of its problem details (RFC 9457), `exit` the exit status of a command that ends with it.
    """

    code: str
    title: str
    hint: str
    http: int = 400
    exit: int = WRONG_USAGE


class SchnittstellenError(Exception):
    """Something that we cannot do. `details` are lines for people, each with its place."""

    def __init__(self, fault: Fault, /, *details: str, **parameters: str) -> None:
        super().__init__(fault.code, parameters)
        self.fault = fault
        self.details = details
        self.parameters = parameters


NO_SUITE = Fault(
    "F001",
    N_("Die Suite {name} ist nicht bekannt."),
    N_("Ähnlich heißen: {candidates}. Alle zeigt `schnittstellen suites list`."),
    http=404,
)
NO_STANDARD = Fault(
    "F002",
    N_("Der Standard {name} ist nicht bekannt."),
    N_("Ähnlich heißen: {candidates}. Alle zeigt `schnittstellen standards list`."),
    http=404,
)
NO_CODE = Fault(
    "F003",
    N_("Zu {name} gibt es keine Erklärung."),
    N_("Ähnlich heißen: {candidates}. Alle Codes zeigt `schnittstellen codes`."),
    http=404,
)
NOT_AS_WRITTEN = Fault(
    "F004",
    N_("Die Datei {file} ist nicht lesbar oder nicht so aufgebaut, wie es ihr Schema verlangt."),
    N_("Berichtigen Sie die genannten Stellen und versuchen Sie es erneut."),
    http=422,
)
BROKEN_ARTEFACT = Fault(
    "F005",
    N_("Die Datei {path} eines Standards fehlt oder ist nicht die festgeschriebene."),
    N_("Installieren Sie schnittstellen neu oder fügen Sie den Standard mit `schnittstellen standards add` neu hinzu."),
    http=500,
    exit=COULD_NOT_TEST,
)
NO_TARGET = Fault(
    "F006",
    N_("Es fehlt, was geprüft werden soll."),
    N_("Nennen Sie eine Datei, einen Ordner, ein ZIP-Archiv, eine Adresse oder `-` für die Standardeingabe."),
)
NEITHER = Fault(
    "F007",
    N_("{name} ist weder eine bekannte Suite noch eine vorhandene Datei."),
    N_("Ähnliche Suiten: {candidates}. Prüfen Sie die Schreibweise; Suiten zeigt `schnittstellen suites list`."),
    http=404,
)
CANNOT_WRITE = Fault(
    "F008",
    N_("Der Bericht {file} lässt sich nicht schreiben ({reason})."),
    N_("Prüfen Sie, ob es den Ordner gibt und ob Sie darin schreiben dürfen."),
    http=500,
)
NO_REPORT_FORMAT = Fault(
    "F009",
    N_("{name} ist keine bekannte Form eines Berichts."),
    N_("Möglich sind: {candidates}. Beispiel: --report html=bericht.html"),
)
TWO_ON_STDOUT = Fault(
    "F010",
    N_("Mehrere Berichte sollen auf die Standardausgabe: {names}."),
    N_("Geben Sie für alle bis auf einen eine Datei an, zum Beispiel --report json=bericht.json"),
)
NO_REPORT = Fault(
    "F011",
    N_("{file} ist kein Bericht von schnittstellen ({reason})."),
    N_("Erwartet wird eine Datei, die mit --report json=DATEI geschrieben wurde."),
    http=422,
)
UNEXPECTED = Fault(
    "F099",
    N_("In schnittstellen ist ein unerwarteter Fehler aufgetreten ({error})."),
    N_("Es liegt nicht an Ihrem Programm. Mit --debug wird die Fehlerspur ausgegeben; bitte melden Sie sie."),
    http=500,
    exit=COULD_NOT_TEST,
)

FAULTS = (
    NO_SUITE,
    NO_STANDARD,
    NO_CODE,
    NOT_AS_WRITTEN,
    BROKEN_ARTEFACT,
    NO_TARGET,
    NEITHER,
    CANNOT_WRITE,
    NO_REPORT_FORMAT,
    TWO_ON_STDOUT,
    NO_REPORT,
    UNEXPECTED,
)
