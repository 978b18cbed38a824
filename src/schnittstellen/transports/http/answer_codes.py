"""Codes A02 and A03: an answer came, but not one that a product could be judged by."""

from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause
from schnittstellen.transports.http.untested import code

NEEDS_CREDENTIALS = code(
    "A020",
    Cause.CONFIGURATION,
    (
        N_("Zugangsdaten fehlen"),
        N_("{url} antwortet mit {status}: Der Endpunkt verlangt Zugangsdaten."),
        N_("Es wurden keine Zugangsdaten angegeben, der Endpunkt lässt aber nur Angemeldete zu."),
        N_("Nennen Sie die Zugangsdaten, zum Beispiel mit --token-env, --header-env oder --basic-env."),
    ),
)
BAD_CREDENTIALS = code(
    "A021",
    Cause.CONFIGURATION,
    (
        N_("Zugangsdaten abgelehnt"),
        N_("{url} antwortet mit {status}: Die Zugangsdaten wurden nicht angenommen."),
        N_("Das Geheimnis ist falsch, abgelaufen, für einen anderen Endpunkt oder ohne die nötigen Rechte."),
        N_("Prüfen Sie Geheimnis, Art der Anmeldung und Rechte des Kontos."),
    ),
)
MISSING_SECRET = code(
    "A022",
    Cause.CONFIGURATION,
    (
        N_("Geheimnis oder Datei nicht lesbar"),
        N_("{name} ist nicht verwendbar."),
        N_("Die Variable ist nicht gesetzt, die Datei fehlt, oder das Geheimnis ist zu kurz, um es zu schwärzen."),
        N_("Setzen Sie die Variable oder prüfen Sie die Datei. Ein Geheimnis braucht mindestens vier Zeichen."),
    ),
)
WRONG_PATH = code(
    "A023",
    Cause.CONFIGURATION,
    (
        N_("Falscher Pfad"),
        N_("Unter {url} gibt es nichts (Status {status})."),
        N_("Der Rechner antwortet, doch unter dem angegebenen Pfad liegt kein Endpunkt."),
        N_("Prüfen Sie den Pfad der Adresse; oft fehlt ein Teil wie /api/v1 oder der Name des Einstiegs."),
    ),
)
HTML_PAGE = code(
    "A024",
    Cause.CONFIGURATION,
    (
        N_("Webseite statt Schnittstelle"),
        N_("Unter {url} liegt eine Webseite (HTML), keine Schnittstelle."),
        N_("Die Adresse führt auf eine Seite für Menschen, zum Beispiel auf die Startseite oder eine Anmeldung."),
        N_("Nennen Sie die Adresse der Schnittstelle; sie steht meist in der Dokumentation des Herstellers."),
    ),
)
ELSEWHERE = code(
    "A025",
    Cause.CONFIGURATION,
    (
        N_("Weiterleitung an einen anderen Ort"),
        N_("{url} leitet nach {origin} weiter. Dorthin wird ohne Ihre Zustimmung keine Anfrage gesendet."),
        N_("Anfragen gehen nur an die genannte Adresse, damit niemand sie in fremde oder interne Netze lenkt."),
        N_("Testen Sie unmittelbar die neue Adresse oder lassen Sie sie mit --origin zu, wenn sie dazugehört."),
    ),
)
REDIRECT_LOOP = code(
    "A026",
    Cause.CONFIGURATION,
    (
        N_("Weiterleitung ohne Ende"),
        N_("{url} leitet im Kreis oder zu oft weiter."),
        N_("Die Weiterleitungen kommen zu keinem Ziel."),
        N_("Prüfen Sie die Konfiguration von Server und vorgelagertem Proxy, besonders http/https und Schrägstriche."),
    ),
)
TOO_LARGE = code(
    "A027",
    Cause.CONFIGURATION,
    (
        N_("Antwort zu groß"),
        N_("Die Antwort von {url} überschreitet die erlaubte Größe."),
        N_("Kopfzeilen oder Inhalt sind größer als die Grenze, auch nach dem Entpacken."),
        N_("Prüfen Sie die Adresse. Mit --max-bytes lässt sich die Grenze erhöhen."),
    ),
)
UNDECODABLE = code(
    "A028",
    Cause.CONFIGURATION,
    (
        N_("Antwort nicht zu entpacken"),
        N_("Der Inhalt von {url} passt nicht zu seiner Angabe in Content-Encoding."),
        N_("Der Inhalt ist beschädigt, bricht ab oder ist mit einem Verfahren gepackt, das nicht angefragt war."),
        N_("Prüfen Sie Server und vorgelagerten Proxy; angefragt wird gzip oder deflate."),
    ),
)
RATE_LIMITED = code(
    "A030",
    Cause.UNREACHABLE,
    (
        N_("Anfragen gedrosselt"),
        N_("{url} antwortet mit 429: Der Endpunkt nimmt zurzeit keine weiteren Anfragen an."),
        N_("Der Dienst begrenzt die Zahl der Anfragen; auch nach einer Wartezeit ließ er keine zu."),
        N_("Warten Sie, senken Sie mit --rate die Anfragen je Sekunde oder lassen Sie das Testkonto freischalten."),
    ),
)
MAINTENANCE = code(
    "A031",
    Cause.UNREACHABLE,
    (
        N_("Dienst vorübergehend nicht verfügbar"),
        N_("{url} antwortet mit {status}: Der Dienst ist zurzeit nicht verfügbar."),
        N_("Der Dienst ist in Wartung oder überlastet, oder ein vorgelagerter Server erreicht ihn nicht."),
        N_("Testen Sie erneut, wenn der Dienst läuft."),
    ),
)

CODES = (
    NEEDS_CREDENTIALS,
    BAD_CREDENTIALS,
    MISSING_SECRET,
    WRONG_PATH,
    HTML_PAGE,
    ELSEWHERE,
    REDIRECT_LOOP,
    TOO_LARGE,
    UNDECODABLE,
    RATE_LIMITED,
    MAINTENANCE,
)
