"""Public keys of vendors: registered by the vendor or the operator, withdrawn, published; never removed."""

from datetime import date

from django.db import transaction

from schnittstellen.attest.keys import proves
from schnittstellen.attest.trusting import read_keys
from schnittstellen.catalogue.models import SigningKey, Vendor
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.changes import NOT_OWN
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import PublicKey, Purpose, Trust, Why, Withdrawal, short

ONE_KEY = Fault(
    "F345",
    N_("{file} enthält {count} Schlüssel; hinterlegt wird genau einer."),
    N_("Geben Sie die Datei mit der Endung .pub an, die `schnittstellen key create` geschrieben hat."),
)
OF_ANOTHER = Fault(
    "F346",
    N_("Der Schlüssel {key} nennt als Inhaber {found}, hinterlegt werden soll er für {expected}."),
    N_("Erzeugen Sie den Schlüssel mit `schnittstellen key create … --owner KENNUNG` für diese Organisation."),
)
NOT_FOR_REPORTS = Fault(
    "F347",
    N_("Der Schlüssel {key} gehört dem Beirat; Berichte unterschreibt die Organisation mit einem eigenen."),
    N_("Erzeugen Sie einen Schlüssel ohne --board."),
)
OVER = Fault(
    "F348",
    N_("Der Schlüssel {key} ist seit dem {day} abgelaufen."),
    N_("Erzeugen Sie einen neuen mit `schnittstellen key create`."),
)
TAKEN = Fault(
    "F349",
    N_("Der Schlüssel {key} ist schon für eine andere Organisation hinterlegt oder widerrufen."),
    N_("Ein Schlüssel gehört einer Organisation und kommt nach einem Widerruf nicht wieder; erzeugen Sie einen neuen."),
    http=409,
)
NO_KEY = Fault(
    "F350",
    N_("Der Schlüssel {key} ist nicht hinterlegt."),
    N_("Geben Sie die ganze Kennung an, wie `schnittstellen key show` sie zeigt."),
    http=404,
)
TO_COME = Fault(
    "F351",
    N_("Ein Widerruf kann nicht erst ab {day} gelten; das liegt in der Zukunft."),
    N_("Nennen Sie den Tag, seit dem der Schlüssel nicht mehr zählt, spätestens heute."),
)
NOT_PROVEN = Fault(
    "F460",
    N_("Für den Schlüssel {key} fehlt der Beweis, dass {owner} auch den privaten hat, oder er stimmt nicht."),
    N_("`schnittstellen key prove DATEI --owner {owner}` schreibt den öffentlichen Schlüssel mit diesem Beweis."),
)


def register(viewer: Viewer, vendor: str, data: bytes, today: date) -> SigningKey:
    """Keep the public key of the file `data` for a vendor; the same once more is the same key.

    The catalogue vouches for it from `today` on, whatever earlier day the file names. Raises `SchnittstellenError`
    (F144 where the viewer does not act for that vendor, F345 to F349, F460, and those of reading keys).
    """
    of = _own(viewer, vendor)
    key = _usable(data, vendor, today)
    with transaction.atomic():
        found, made = SigningKey.objects.get_or_create(key_id=key.id, defaults=_fields(key, of, today))
        if found.vendor_id != of.pk or found.withdrawn_since is not None:
            raise SchnittstellenError(TAKEN, key=short(key.id))
        if made:
            audit.note("vendors", vendor, {"key": {}}, {"key": {key.id: "registered"}})
    return found


def withdraw(viewer: Viewer, key_id: str, entry: tuple[date, Why, str], today: date) -> SigningKey:
    """Say since which day, why and in which words a key counts no longer.

    What was withdrawn stays so; only that it was compromised may still be added, since that reaches further.
    Raises `SchnittstellenError` (F144, F350, F351).
    """
    since, why, text = entry
    if since > today:
        raise SchnittstellenError(TO_COME, day=since.isoformat())
    with transaction.atomic():
        row = SigningKey.objects.select_for_update().filter(key_id=key_id).select_related("vendor").first()
        if row is None:
            raise SchnittstellenError(NO_KEY, key=short(key_id))
        _own(viewer, row.vendor.key)
        if row.withdrawn_since is None or (why is Why.COMPROMISED and row.withdrawn_why != why):
            _withdrawn(row, since, why, text)
    return row


def trust() -> Trust:
    """All keys with their owners and times, and what was withdrawn: what a hand-in is verified against."""
    rows = list(SigningKey.objects.select_related("vendor"))
    return Trust(tuple(_key(row) for row in rows), tuple(_withdrawal(row) for row in rows if row.withdrawn_since))


def published() -> tuple[PublicKey, ...]:
    """The keys as everybody may trust them without a list of withdrawals.

    A withdrawn key ends on the day of its withdrawal; a compromised one is left out, since nothing of it counts.
    """
    rows = SigningKey.objects.select_related("vendor").exclude(withdrawn_why=Why.COMPROMISED)
    return tuple(_key(row, ended=True) for row in rows)


def _own(viewer: Viewer, vendor: str) -> Vendor:
    of = Vendor.objects.filter(key=vendor).first()
    if of is None or not (viewer.operator or viewer.vendor == vendor):
        raise SchnittstellenError(NOT_OWN, name=vendor)
    return of


def _usable(data: bytes, vendor: str, today: date) -> PublicKey:
    keys = read_keys(data, vendor, Purpose.ORGANISATION)
    if len(keys) != 1:
        raise SchnittstellenError(ONE_KEY, file=vendor, count=str(len(keys)))
    key = keys[0]
    if key.purpose is not Purpose.ORGANISATION:
        raise SchnittstellenError(NOT_FOR_REPORTS, key=short(key.id))
    if key.owner != vendor:
        raise SchnittstellenError(OF_ANOTHER, key=short(key.id), found=key.owner[:100], expected=vendor)
    if key.lapses_on is not None and key.lapses_on <= today:
        raise SchnittstellenError(OVER, key=short(key.id), day=key.lapses_on.isoformat())
    if not proves(key):
        raise SchnittstellenError(NOT_PROVEN, key=short(key.id), owner=vendor)
    return key


def _fields(key: PublicKey, of: Vendor, today: date) -> dict[str, object]:
    since = max(key.valid_from, today)
    return {"pem": key.pem, "vendor": of, "valid_from": since, "lapses_on": key.lapses_on}


def _withdrawn(row: SigningKey, since: date, why: Why, text: str) -> None:
    row.withdrawn_since, row.withdrawn_why, row.withdrawn_text = since, why.value, text[:300]
    row.save(update_fields=["withdrawn_since", "withdrawn_why", "withdrawn_text"])
    audit.note("vendors", row.vendor.key, {"key": {}}, {"key": {row.key_id: f"{why.value} {since.isoformat()}"}})


def _key(row: SigningKey, *, ended: bool = False) -> PublicKey:
    ends = [day for day in (row.lapses_on, row.withdrawn_since if ended else None) if day is not None]
    return PublicKey(
        row.key_id, row.pem, row.vendor.key, Purpose.ORGANISATION, row.valid_from, min(ends) if ends else None
    )


def _withdrawal(row: SigningKey) -> Withdrawal:
    return Withdrawal(row.key_id, row.withdrawn_since or date.min, Why(row.withdrawn_why), row.withdrawn_text)
