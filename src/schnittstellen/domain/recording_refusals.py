"""Why a recording is refused of which we were one side, or the middle: our own part is not what we would have said."""

from schnittstellen.domain.errors import Fault
from schnittstellen.domain.refusals import NOT_VALID
from schnittstellen.domain.texts import N_


def _fault(code: str, title: str, hint: str) -> Fault:
    return Fault(code, title, hint, 422, NOT_VALID)


_AS_WRITTEN = N_(
    "Reichen Sie den Bericht und die Aufzeichnung desselben Laufs so ein, wie `schnittstellen mock … --record` sie "
    "geschrieben hat."
)
OTHER_PLACE = _fault(
    "V077",
    N_(
        "{name}: Anfrage Nr. {number} ging an {found}; zum Startwert des Laufs gehören nur Adressen unter {expected}. "
        "Die Aufzeichnung ist nicht aus diesem Lauf."
    ),
    N_("Führen Sie den Lauf mit `schnittstellen mock … --order AUFTRAG --record DATEI` noch einmal aus."),
)
OTHER_ANSWER = _fault(
    "V078",
    N_(
        "{name}: Die Antwort auf Anfrage Nr. {number} ist nicht die, die unser Server gegeben hätte: "
        "An der Stelle {place} steht {found} statt {expected}."
    ),
    _AS_WRITTEN,
)
OTHER_SESSION = _fault(
    "V079",
    N_("Die Aufzeichnung {name} gehört nicht zu diesem Bericht: {what} ist {found} statt {expected}."),
    N_(
        "Reichen Sie die Aufzeichnung ein, die `schnittstellen mock … --record` zu diesem Bericht geschrieben hat. "
        "Ist es die Fassung des gespielten Servers, die nicht stimmt, hat der Katalog eine andere Version von "
        "schnittstellen: Aktualisieren Sie Ihre und wiederholen Sie den Lauf."
    ),
)
UNSIGNED_RECORDING = _fault(
    "V080",
    N_(
        "Die Aufzeichnung {name} ist nicht die, die der Bericht nennt und die Unterschrift deckt "
        "(Prüfsumme {found} statt {expected})."
    ),
    _AS_WRITTEN,
)

# --- pairs: two products that were tested together

_BOTH = N_(
    "Reichen Sie beide Berichte zusammen ein, jeder vom Hersteller seines Programms unterschrieben: "
    "`schnittstellen submit paar/client.json --partner paar/server.json`."
)
OTHER_PARTNER = _fault(
    "V081",
    N_("Der Bericht über {release} nennt als Partner {found}, eingereicht wurde er zusammen mit {expected}."),
    _BOTH,
)
PARTNER_MISSING = _fault(
    "V082",
    N_(
        "Der Bericht ist von einem Lauf zusammen mit {partner}; dessen Bericht und die Unterschrift seines "
        "Herstellers fehlen."
    ),
    _BOTH,
)
OTHER_PAIR = _fault(
    "V083",
    N_("Die beiden Berichte sind nicht von demselben Lauf: {what} passt nicht zusammen."),
    N_("Reichen Sie ein, was ein einziger Lauf von `schnittstellen pair` in seinen Ordner geschrieben hat."),
)
NO_MEETING = _fault(
    "V084",
    N_("{name}: Der Client hat den Einstieg des Partners nicht gelesen; die beiden haben nichts ausgetauscht."),
    N_("Führen Sie im Client den ganzen Ablauf aus, während `schnittstellen pair` läuft."),
)
NO_PAIR = _fault(
    "V085",
    N_(
        "{first} und {second} sind nicht die zwei Seiten eines Standards: Nötig sind Client und Server derselben "
        "Version, von zwei Programmen."
    ),
    _BOTH,
)
FAULTS = tuple(one for one in tuple(globals().values()) if isinstance(one, Fault))
