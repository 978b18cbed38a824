"""Why a hand-in or a certificate is refused (codes V0xx): each way of failing has a code of its own.

A refusal says nothing about the product; it says that a document is not what it claims to be, or does not hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schnittstellen.domain.errors import COULD_NOT_TEST, Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_VALID = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, with the parameters of its texts; they hold names, days and digests, never message content."""

    fault: Fault
    parameters: Mapping[str, str] = field(default_factory=dict)


class Refused(SchnittstellenError):
    """A document is refused, for all the reasons in `refusals`; as an error it bears the first."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.fault, **first.parameters)
        self.refusals = tuple(refusals)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all reasons, each once."""
        return tuple(dict.fromkeys(one.fault.code for one in self.refusals))


def refuse(refusals: Sequence[Refusal]) -> None:
    """Raise `Refused` where there is a reason to."""
    if refusals:
        raise Refused(refusals)


def _fault(code: str, title: str, hint: str, http: int = 422, exit: int = NOT_VALID) -> Fault:
    return Fault(code, title, hint, http, exit)


_AGAIN = N_("Laden Sie die Datei noch einmal von der Stelle, die sie ausgestellt hat, und vergleichen Sie.")
_RESIGN = N_("Unterschreiben Sie den Bericht neu: `schnittstellen test … --sign SCHLÜSSEL --product PROGRAMM@VERSION`.")
_ASK = N_("Fragen Sie die Stelle, die das Dokument ausgestellt hat; vertrauen Sie ihm bis dahin nicht.")
_NEW_ORDER = N_("Lassen Sie sich einen neuen Prüfauftrag geben und führen Sie den Lauf damit aus.")

# --- the envelope

NOT_AN_ENVELOPE = _fault("V001", N_("{file} ist kein unterschriebenes Dokument ({reason})."), _AGAIN)
OTHER_TYPE = _fault(
    "V002",
    N_("Das Dokument ist von anderer Art: erwartet {expected}, vorgefunden {found}."),
    N_("Geben Sie die richtige Datei an; Berichte, Prüfaufträge, Zertifikate und Widerrufe sind verschiedene Dateien."),
)
STRIPPED = _fault("V003", N_("Das Dokument trägt keine Unterschrift."), _AGAIN)
CHANGED = _fault(
    "V004", N_("Das Dokument wurde nach der Unterschrift verändert, oder die Unterschrift ist gefälscht."), _AGAIN
)
NOT_OF_SCHEMA = _fault(
    "V005", N_("Der Inhalt des Dokuments ist nicht so aufgebaut, wie es sein Schema verlangt ({reason})."), _ASK
)

# --- the key

KEY_UNKNOWN = _fault(
    "V010",
    N_("Der Schlüssel {key}, mit dem unterschrieben wurde, gehört nicht zu denen, denen Sie vertrauen."),
    N_(
        "Reichen Sie selbst ein, so hinterlegen Sie zuerst Ihren öffentlichen Schlüssel im Katalog. Sonst holen Sie "
        "die öffentlichen Schlüssel von der Stelle selbst und auf einem anderen Weg als das Dokument."
    ),
    http=403,
)
KEY_NOT_YET = _fault("V011", N_("Der Schlüssel {key} gilt erst ab {day}; unterschrieben wurde davor."), _ASK, http=403)
KEY_EXPIRED = _fault(
    "V012",
    N_("Der Schlüssel {key} war abgelaufen, als unterschrieben wurde (seit {day})."),
    N_("Unterschreiben Sie mit einem gültigen Schlüssel; einen neuen erzeugt `schnittstellen key create`."),
    http=403,
)
KEY_WITHDRAWN = _fault("V013", N_("Der Schlüssel {key} wurde zum {day} widerrufen. {why}"), _ASK, http=403)
OTHER_OWNER = _fault(
    "V014",
    N_("Der Schlüssel {key} gehört {owner}, nicht {expected}."),
    N_("Unterschreiben muss die Organisation, um deren Programm es geht."),
    http=403,
)
OTHER_PURPOSE = _fault(
    "V015",
    N_("Der Schlüssel {key} von {owner} ist für diese Art von Dokument nicht vorgesehen."),
    N_("Zertifikate, Prüfaufträge und Widerrufe unterschreibt der Beirat, Berichte die Organisation des Herstellers."),
    http=403,
)

# --- a signed report

OTHER_REPORT = _fault(
    "V020",
    N_("Der Bericht ist nicht der, der unterschrieben wurde: unterschrieben {expected}, vorgelegt {found}."),
    _RESIGN,
)
OTHER_VERDICT = _fault(
    "V021",
    N_("Das unterschriebene Urteil ({claimed}) ist nicht das, was der Bericht selbst ergibt ({found}, bei {place})."),
    N_("Führen Sie den Lauf noch einmal aus und reichen Sie den Bericht unverändert ein."),
)
OTHER_PAYLOAD = _fault(
    "V022",
    N_("Die Eingabe {name} ist nicht die, die geprüft wurde (Prüfsumme {found})."),
    N_("Reichen Sie genau die Dateien ein, die geprüft wurden."),
)
OTHER_PRODUCT = _fault(
    "V023", N_("Unterschrieben ist der Bericht für {found}, eingereicht wird er für {expected}."), _RESIGN
)
OTHER_ROLE = _fault(
    "V024",
    N_("Der Bericht prüft {found}, nicht {expected}."),
    N_("Führen Sie den Lauf mit der Suite aus, die zu Standard, Version und Rolle der Erklärung gehört."),
)
OLDER_SUITE = _fault(
    "V025",
    N_("Der Bericht verwendet von {suite} die ältere Ausgabe {found}; gültig ist {expected}."),
    N_("Aktualisieren Sie schnittstellen und führen Sie den Lauf noch einmal aus."),
)
OTHER_SUITE = _fault(
    "V026",
    N_("Die Suite {suite} in Ausgabe {edition} ist nicht die veröffentlichte (Prüfsumme {found})."),
    N_("Installieren Sie schnittstellen neu und führen Sie den Lauf mit den mitgelieferten Suiten aus."),
)
FROM_THE_FUTURE = _fault(
    "V027",
    N_("Der Lauf soll am {found} gewesen sein; das liegt nach dem {day}."),
    N_("Prüfen Sie die Uhr des Rechners und führen Sie den Lauf noch einmal aus."),
)
TOO_OLD = _fault(
    "V028",
    N_("Der Lauf vom {found} ist zu alt; angenommen wird, was seit dem {day} geprüft wurde."),
    N_("Führen Sie den Lauf noch einmal aus."),
)
REPLAYED_REPORT = _fault(
    "V029", N_("Dieser Bericht wurde schon eingereicht."), N_("Jeder Lauf zählt einmal; führen Sie ihn neu aus.")
)

# --- a test order

NO_ORDER = _fault("V030", N_("Der Bericht nennt keinen Prüfauftrag, verlangt ist {expected}."), _NEW_ORDER)
OTHER_ORDER = _fault(
    "V031", N_("Der Bericht gehört zu einem anderen Prüfauftrag: {found} statt {expected}."), _NEW_ORDER
)
ORDER_EXPIRED = _fault("V032", N_("Der Prüfauftrag {order} ist seit dem {day} abgelaufen."), _NEW_ORDER)
ORDER_REPLAYED = _fault("V033", N_("Der Prüfauftrag {order} wurde schon eingelöst."), _NEW_ORDER)
OTHER_SEED = _fault(
    "V034",
    N_("Der Lauf verwendet nicht den Startwert des Prüfauftrags {order}."),
    N_("Führen Sie den Lauf mit `schnittstellen test … --order AUFTRAG` aus und ändern Sie nichts am Bericht."),
)
ORDER_NOT_YET = _fault("V035", N_("Der Prüfauftrag {order} gilt erst ab {day}."), _NEW_ORDER)
ORDER_ELSEWHERE = _fault("V036", N_("Der Prüfauftrag {order} ist für {expected}, nicht für {found}."), _NEW_ORDER)

# --- what our own run says of a hand-in

_INPUTS = N_("Reichen Sie den Bericht mit genau den Dateien ein, die geprüft wurden, oder prüfen Sie noch einmal.")
RETIRED_SUITE = _fault(
    "V060",
    N_("Die Ausgabe {edition} der Suite {suite} zählt seit dem {day} nicht mehr."),
    N_("Aktualisieren Sie schnittstellen und führen Sie den Lauf noch einmal aus."),
)
OWN_VERDICT = _fault(
    "V061",
    N_("{name}: Der Bericht sagt „{claimed}“, unser eigener Lauf sagt „{found}“ (Schritt {step}; {findings})."),
    N_("Führen Sie den Lauf mit derselben Ausgabe noch einmal aus und reichen Sie den Bericht unverändert ein."),
)
OWN_FINDINGS = _fault(
    "V062",
    N_("{name}: Unser eigener Lauf kommt zu anderen Befunden (Schritt {step}; {findings})."),
    N_("Führen Sie den Lauf mit derselben Ausgabe noch einmal aus und reichen Sie den Bericht unverändert ein."),
)
NOT_JUDGED_HERE = _fault("V063", N_("{name} ließ sich hier nicht noch einmal bewerten ({reason})."), _INPUTS)
OTHER_RECORDING = _fault(
    "V064", N_("Die Aufzeichnung {name} gehört zu keiner Adresse, die der Bericht nennt."), _INPUTS
)
OTHER_ARTEFACTS = _fault(
    "V065",
    N_("Der Bericht beruht auf anderen Dateien des Standards als hier: {paths}."),
    N_("Aktualisieren Sie schnittstellen und den Standard, und führen Sie den Lauf noch einmal aus."),
)
PERSONAL = _fault(
    "V066",
    N_("{name} soll veröffentlicht werden und nennt wahrscheinlich echte Menschen: {places}."),
    N_("Ersetzen Sie die Angaben durch erfundene und prüfen Sie neu, oder veröffentlichen Sie die Dateien nicht."),
)
NOT_DECLARED = _fault(
    "V067",
    N_("{release} erklärt {suite} nicht."),
    N_("Tragen Sie zuerst ein, welchen Standard in welcher Rolle diese Version unterstützt."),
)
ORDER_UNKNOWN = _fault(
    "V068",
    N_("Den Prüfauftrag {order} gibt es für {release} nicht."),
    N_("Ihre Prüfaufträge stehen unter „Mein Bereich“ bei Ihrer Firma."),
)
ORDER_INCOMPLETE = _fault(
    "V069",
    N_("Zum Prüfauftrag {order} fehlen Eingaben: {judged} von {total} Ergebnissen ließen sich noch einmal bewerten."),
    N_("Reichen Sie alle geprüften Nachrichten oder die Aufzeichnung (HAR) des Laufs mit ein."),
)

TOO_BUSY = _fault(
    "V070",
    N_("Von Ihnen warten schon {count} Einreichungen auf ihre Bewertung."),
    N_("Reichen Sie weiter ein, sobald einige davon bewertet sind; es liegt nicht an Ihrem Bericht."),
    http=503,
    exit=COULD_NOT_TEST,
)

BEFORE_ORDER = _fault(
    "V071",
    N_("Der Lauf war am {found}, der Prüfauftrag {order} ist vom {day}."),
    _NEW_ORDER,
)
OTHER_MESSAGE = _fault(
    "V074",
    N_("{name}: Der Bericht nennt die Nachricht „{claimed}“, unser eigener Lauf erkennt „{found}“."),
    N_("Reichen Sie den Bericht so ein, wie `schnittstellen test` ihn geschrieben hat."),
)
OVERCLAIMED = _fault(
    "V076",
    N_("Was der Bericht zu Anforderungen sagt, folgt nicht aus seinen Ergebnissen: {requirements}."),
    N_("Reichen Sie den Bericht so ein, wie `schnittstellen test` ihn geschrieben hat."),
)
OTHER_TIME = _fault(
    "V075",
    N_("Die Aufzeichnung {name} ist nicht aus der Zeit des Laufs: Sie nennt {found}, möglich ist {since} bis {until}."),
    N_("Prüfen Sie die Uhr des Rechners, und reichen Sie die Aufzeichnung desselben Laufs ein."),
)
GIVEN_UP = _fault(
    "V072",
    N_("Das Programm auf unserem Server ist beim Bewerten dreimal abgestürzt."),
    N_("An Ihrem Bericht liegt es wahrscheinlich nicht. Sagen Sie es dem Betrieb des Katalogs."),
    http=503,
    exit=COULD_NOT_TEST,
)
BROKEN = _fault(
    "V073",
    N_("Beim Bewerten ist uns ein Fehler unterlaufen."),
    N_("An Ihrem Bericht liegt es nicht. Reichen Sie später noch einmal ein."),
    http=503,
    exit=COULD_NOT_TEST,
)

# --- a certificate

NOT_YET = _fault(
    "V040", N_("Das Zertifikat gilt erst ab {day}."), N_("Prüfen Sie das Datum, für das Sie fragen (--on).")
)
ENDED = _fault(
    "V041",
    N_("Das Zertifikat galt bis einschließlich {day}."),
    N_("Fragen Sie den Hersteller nach einem neuen Zertifikat."),
)
WITHDRAWN = _fault(
    "V042",
    N_("Das Zertifikat {serial} wurde zum {day} widerrufen. {why}"),
    N_("Fragen Sie den Hersteller, was geschehen ist und ob es ein neues Zertifikat gibt."),
)
MORE_THAN_TESTED = _fault("V043", N_("Das Zertifikat sagt mehr, als seine Nachweise tragen: {reason}."), _ASK)
OTHER_CERTIFICATE = _fault(
    "V044",
    N_("Das Zertifikat ist für {found}, nicht für {expected}."),
    N_("Verlangen Sie das Zertifikat für genau dieses Programm in dieser Version und Rolle."),
)

# --- the list of withdrawals

LIST_OUTDATED = _fault(
    "V050",
    N_("Die Widerrufsliste ist veraltet: Seit {day} müsste es eine neuere geben."),
    N_("Laden Sie die aktuelle Liste; ohne sie bleibt offen, ob etwas widerrufen wurde."),
    exit=COULD_NOT_TEST,
)
LIST_OLDER = _fault(
    "V051",
    N_("Die Widerrufsliste Nr. {found} ist älter als die schon bekannte Nr. {expected}."),
    N_("Laden Sie die aktuelle Liste; ohne sie bleibt offen, ob etwas widerrufen wurde."),
    exit=COULD_NOT_TEST,
)
LIST_UNSURE = _fault(
    "V052",
    N_("Der Widerrufsliste kann nicht vertraut werden ({reason})."),
    N_("Laden Sie die Liste noch einmal vom Beirat; ohne sie bleibt offen, ob etwas widerrufen wurde."),
    exit=COULD_NOT_TEST,
)

FAULTS = tuple(one for one in tuple(globals().values()) if isinstance(one, Fault))
