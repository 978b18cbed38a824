"""Codes A00 and A01: no connection came about, or no answer."""

from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause
from schnittstellen.transports.http.untested import code

BAD_URL = code(
    "A001",
    Cause.CONFIGURATION,
    (
        N_("Adresse nicht verwendbar"),
        N_("Die angegebene Adresse lässt sich nicht eindeutig lesen."),
        N_("Erwartet wird eine vollständige Adresse mit http:// oder https://, Rechnername und Pfad."),
        N_("Prüfen Sie die Schreibweise. Zugangsdaten gehören nicht in die Adresse: dafür gibt es --basic-env."),
    ),
)
FORBIDDEN_ADDRESS = code(
    "A002",
    Cause.CONFIGURATION,
    (
        N_("Adresse nicht zugelassen"),
        N_("{origin} führt an einen Ort, an den keine Anfrage gehen darf."),
        N_("Dorthin lässt sich nicht verbinden, oder es ist ein privates Netz und der Test läuft auf einem Server."),
        N_("Nennen Sie die Adresse, unter der der Endpunkt erreichbar ist; statt 0.0.0.0 zum Beispiel 127.0.0.1."),
    ),
)
NO_NAME = code(
    "A003",
    Cause.UNREACHABLE,
    (
        N_("Rechnername nicht auflösbar"),
        N_("Der Name {host} ist nicht auflösbar."),
        N_("Das DNS kennt den Namen nicht oder hat nicht rechtzeitig geantwortet."),
        N_("Prüfen Sie die Schreibweise, die Netzverbindung und ob der Name nur in einem internen Netz bekannt ist."),
    ),
)
NO_CONNECTION = code(
    "A004",
    Cause.UNREACHABLE,
    (
        N_("Keine Verbindung"),
        N_("{origin} nimmt keine Verbindung an."),
        N_("Unter dieser Adresse und diesem Port lauscht kein Dienst, oder eine Firewall lehnt die Verbindung ab."),
        N_("Prüfen Sie, ob der Dienst läuft, ob der Port stimmt und ob eine Firewall dazwischen liegt."),
    ),
)
NO_ANSWER = code(
    "A005",
    Cause.UNREACHABLE,
    (
        N_("Keine Antwort in der vorgegebenen Zeit"),
        N_("{origin} hat nicht in der vorgegebenen Zeit vollständig geantwortet."),
        N_("Die Verbindung kam nicht zustande, oder die Antwort blieb aus oder tröpfelte nur."),
        N_("Prüfen Sie, ob der Dienst überlastet ist. Mit --timeout lässt sich die Zeit je Anfrage erhöhen."),
    ),
)
CLOSED = code(
    "A006",
    Cause.UNREACHABLE,
    (
        N_("Verbindung abgebrochen"),
        N_("{origin} hat die Verbindung geschlossen, bevor eine vollständige Antwort da war."),
        N_("Der Dienst oder ein Gerät dazwischen hat die Verbindung mitten in der Anfrage beendet."),
        N_("Sehen Sie im Protokoll des Dienstes nach, ob er abgestürzt ist oder die Anfrage abgewiesen hat."),
    ),
)
NOT_HTTP = code(
    "A007",
    Cause.CONFIGURATION,
    (
        N_("Keine HTTP-Antwort"),
        N_("Was {origin} antwortet, ist keine gültige HTTP-Antwort."),
        N_("Unter dieser Adresse spricht ein Dienst ein anderes Protokoll, oder er verletzt HTTP/1.1 (RFC 9112)."),
        N_("Prüfen Sie Port und Schema (http:// oder https://) der Adresse."),
    ),
)
TLS_EXPIRED = code(
    "A010",
    Cause.CONFIGURATION,
    (
        N_("Zertifikat abgelaufen oder noch nicht gültig"),
        N_("Das TLS-Zertifikat von {origin} ist heute nicht gültig."),
        N_("Die Gültigkeitsdauer des Zertifikats ist vorbei oder hat noch nicht begonnen."),
        N_("Erneuern Sie das Zertifikat des Servers und prüfen Sie die Uhr dieses Rechners."),
    ),
)
TLS_WRONG_HOST = code(
    "A011",
    Cause.CONFIGURATION,
    (
        N_("Zertifikat für einen anderen Namen"),
        N_("Das TLS-Zertifikat von {origin} gilt nicht für diesen Namen."),
        N_("Im Zertifikat steht ein anderer Rechnername als in der Adresse."),
        N_("Verwenden Sie den Namen, auf den das Zertifikat ausgestellt ist, oder stellen Sie es neu aus."),
    ),
)
TLS_UNKNOWN_CA = code(
    "A012",
    Cause.CONFIGURATION,
    (
        N_("Zertifikat nicht vertrauenswürdig"),
        N_("Dem Aussteller des TLS-Zertifikats von {origin} wird auf diesem Rechner nicht vertraut."),
        N_("Das Zertifikat ist selbst ausgestellt, stammt von einer internen Stelle, oder die Kette ist lückenhaft."),
        N_("Geben Sie das Zertifikat der ausstellenden Stelle mit --ca-file an oder vervollständigen Sie die Kette."),
    ),
)
TLS_TOO_OLD = code(
    "A013",
    Cause.CONFIGURATION,
    (
        N_("Keine gemeinsame TLS-Version"),
        N_("{origin} bietet weder TLS 1.2 noch TLS 1.3 mit einem sicheren Verfahren an."),
        N_("Ältere Fassungen als TLS 1.2 gelten als unsicher (RFC 8996, BSI TR-02102-2) und werden nicht benutzt."),
        N_("Schalten Sie auf dem Server TLS 1.2 oder neuer ein."),
    ),
)
TLS_OTHER = code(
    "A014",
    Cause.CONFIGURATION,
    (
        N_("TLS-Verbindung gescheitert"),
        N_("Die verschlüsselte Verbindung zu {origin} kam nicht zustande."),
        N_("Der Port spricht kein TLS, oder die Aushandlung ist aus einem anderen Grund gescheitert."),
        N_("Prüfen Sie Schema und Port der Adresse und ob der Dienst ein Client-Zertifikat verlangt (--client-cert)."),
    ),
)
TLS_CLIENT = code(
    "A015",
    Cause.CONFIGURATION,
    (
        N_("Client-Zertifikat verlangt oder abgelehnt"),
        N_("{origin} verlangt ein Client-Zertifikat oder lehnt das vorgelegte ab."),
        N_("Der Dienst lässt nur Gegenstellen zu, die sich mit einem Zertifikat ausweisen."),
        N_("Geben Sie Zertifikat und Schlüssel mit --client-cert und --client-key an."),
    ),
)

CODES = (
    BAD_URL,
    FORBIDDEN_ADDRESS,
    NO_NAME,
    NO_CONNECTION,
    NO_ANSWER,
    CLOSED,
    NOT_HTTP,
    TLS_EXPIRED,
    TLS_WRONG_HOST,
    TLS_UNKNOWN_CA,
    TLS_TOO_OLD,
    TLS_OTHER,
    TLS_CLIENT,
)
