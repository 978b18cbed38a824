"""What can go wrong when a standard is added (codes S0xx); words in German, templates over the error's parameters."""

from schnittstellen.domain.errors import COULD_NOT_TEST, Fault
from schnittstellen.domain.texts import N_

NO_SOURCE = Fault(
    "S001",
    N_("Die Quelle {source} gibt es nicht."),
    N_("Erwartet wird ein Ordner, ein ZIP-Archiv, eine Datei, eine https-Adresse, eine URN oder package:NAME."),
    http=404,
)
EMPTY_SOURCE = Fault(
    "S002",
    N_("Die Quelle {source} enthält nichts, woraus sich ein Standard gewinnen lässt."),
    N_("Gesucht werden XML-Schemas, eine scenarios.xml des KoSIT-Validators oder ein OpenAPI-Dokument."),
    http=422,
)
UNSAFE_ARCHIVE = Fault(
    "S003",
    N_("Das Archiv {source} wird nicht gelesen: {reason}."),
    N_("Entpacken Sie das Archiv selbst, prüfen Sie den Inhalt und geben Sie den Ordner an."),
    http=422,
)
TOO_LARGE = Fault(
    "S004",
    N_("Die Quelle {source} ist größer als erlaubt ({limit})."),
    N_("Geben Sie nur den Ordner an, in dem die Schemas des Standards liegen."),
    http=413,
)
NOT_HTTPS = Fault(
    "S005",
    N_("Die Adresse {source} wird nicht abgerufen: erlaubt ist nur https."),
    N_("Nennen Sie die https-Adresse oder laden Sie die Datei selbst herunter und geben Sie ihren Pfad an."),
)
NOT_FETCHED = Fault(
    "S006",
    N_("Die Adresse {source} ließ sich nicht abrufen: {reason}."),
    N_("Prüfen Sie Adresse und Netzzugang oder laden Sie die Datei selbst herunter und geben Sie ihren Pfad an."),
    http=502,
    exit=COULD_NOT_TEST,
)
NO_HTTP_CLIENT = Fault(
    "S007",
    N_("Für den Abruf aus dem Netz fehlt das Paket httpx2."),
    N_('Installieren Sie schnittstellen mit dem Zusatz "api" oder laden Sie die Dateien selbst herunter.'),
    http=500,
    exit=COULD_NOT_TEST,
)
NO_PACKAGE = Fault(
    "S008",
    N_("Das Python-Paket {source} ist nicht installiert oder enthält keine Dateien."),
    N_("Installieren Sie das Paket in dieselbe Umgebung wie schnittstellen."),
    http=404,
)
URN_WITHOUT_VERSION = Fault(
    "S009",
    N_("Die URN {source} nennt keine Version."),
    N_("Hängen Sie die Version mit Unterstrich an, zum Beispiel urn:xoev-de:…:standard:xmuster_1.0."),
)
NOT_IN_XREPOSITORY = Fault(
    "S010",
    N_("Das XRepository kennt {source} nicht."),
    N_("Vergleichen Sie die Kennung auf www.xrepository.de oder laden Sie das ZIP-Archiv dort herunter."),
    http=404,
)
DIFFERENT_CONTENT = Fault(
    "S011",
    N_("{name} gibt es schon, mit anderem Inhalt."),
    N_("Mit --replace wird der vorhandene Eintrag ersetzt, mit --id oder --version ein anderer Name vergeben."),
    http=409,
)
SEVERAL_STANDARDS = Fault(
    "S012",
    N_("Die Quelle enthält mehrere Standards: {names}."),
    N_("Geben Sie den Ordner des gewünschten Standards als Quelle und den ganzen Ordner mit --with an."),
    http=422,
)
BAD_NAME = Fault(
    "S013",
    N_("{name} taugt nicht als Kennung oder Version eines Standards."),
    N_("Erlaubt sind Buchstaben (in der Kennung nur kleine), Ziffern, Punkt, Unterstrich und Bindestrich."),
)
BAD_SCENARIOS = Fault(
    "S014",
    N_("Die KoSIT-Konfiguration {source} ist nicht verwendbar: {reason}."),
    N_("Erwartet wird eine scenarios.xml, wie sie der KoSIT-Validator in Version 1 liest."),
    http=422,
)
BAD_OPENAPI = Fault(
    "S015",
    N_("Das OpenAPI-Dokument {source} ist nicht verwendbar: {reason}."),
    N_("Unterstützt werden OpenAPI 3.0, 3.1, 3.2 und Swagger 2.0, als JSON oder YAML."),
    http=422,
)
NOT_WRITTEN = Fault(
    "S016",
    N_("Der Standard ließ sich nicht nach {folder} schreiben: {reason}."),
    N_("Prüfen Sie, ob es den Ordner gibt und ob Sie darin schreiben dürfen."),
    http=500,
    exit=COULD_NOT_TEST,
)
NO_OPENAPI_READER = Fault(
    "S017",
    N_("Für OpenAPI-Dokumente fehlt das Paket pyyaml."),
    N_('Installieren Sie schnittstellen mit dem Zusatz "api".'),
    http=500,
    exit=COULD_NOT_TEST,
)

FAULTS = (
    NO_SOURCE,
    EMPTY_SOURCE,
    UNSAFE_ARCHIVE,
    TOO_LARGE,
    NOT_HTTPS,
    NOT_FETCHED,
    NO_HTTP_CLIENT,
    NO_PACKAGE,
    URN_WITHOUT_VERSION,
    NOT_IN_XREPOSITORY,
    DIFFERENT_CONTENT,
    SEVERAL_STANDARDS,
    BAD_NAME,
    BAD_SCENARIOS,
    BAD_OPENAPI,
    NOT_WRITTEN,
    NO_OPENAPI_READER,
)
