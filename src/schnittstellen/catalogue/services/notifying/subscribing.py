"""Subscriptions of organisations: by mail to the person who subscribes, or by a signed webhook."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Municipality, Subscription, Vendor
from schnittstellen.catalogue.models.notices import new_secret
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.transports.http.once import leads_inside

AHEAD = (90, 30, 7)
MOST = 10
MOST_DAYS = 365
LONGEST = 300
BAD_HOOK = Fault(
    "F393",
    N_("{url} ist keine Adresse für einen Webhook."),
    N_("Schreiben Sie die ganze öffentliche Adresse mit https://, ohne Benutzernamen und Passwort."),
    http=422,
)
TOO_MANY = Fault(
    "F394",
    N_("Es gibt schon {most} Benachrichtigungen."),
    N_("Beenden Sie eine, die Sie nicht mehr brauchen."),
    http=409,
)
NO_SUBSCRIPTION = Fault(
    "F395",
    N_("Diese Benachrichtigung gibt es nicht oder nicht mehr."),
    N_("Laden Sie die Seite der Benachrichtigungen neu."),
    http=404,
)
NO_MAIL = Fault(
    "F396",
    N_("Zu Ihrem Konto gehört keine Mailadresse."),
    N_("Tragen Sie unter „Konto“ eine Mailadresse ein und bestätigen Sie sie."),
    http=422,
)
FAULTS = (BAD_HOOK, TOO_MANY, NO_SUBSCRIPTION, NO_MAIL)


@dataclass(frozen=True, slots=True)
class Owner:
    """For whom a subscription is: a vendor, a municipality, or (neither) the board."""

    vendor: Vendor | None = None
    municipality: Municipality | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """As `models.access.Acting` has them."""
        role = "vendor" if self.vendor else "municipality" if self.municipality else "board"
        return {"role": role, "vendor": self.vendor, "municipality": self.municipality}


def listed(of: Owner) -> "QuerySet[Subscription]":
    """All subscriptions of the owner."""
    return Subscription.objects.filter(**of.fields)


def by_mail(of: Owner, user: Any, day: date, ahead: tuple[int, ...] = AHEAD) -> Subscription:
    """The person hears of ends by mail; a second time it is the same. Raises `SchnittstellenError` (F394, F396)."""
    if not user.email:
        raise SchnittstellenError(NO_MAIL)
    there = listed(of).filter(way=Subscription.Way.MAIL, user=user).first()
    if there is not None:
        return there
    _demand_room(of)
    values = {"way": Subscription.Way.MAIL, "address": user.email, "user": user}
    return Subscription.objects.create(**of.fields, **values, ahead=list(_days(ahead)), since=day)


def by_webhook(of: Owner, user: Any, url: str, day: date, ahead: tuple[int, ...] = AHEAD) -> Subscription:
    """The organisation hears of ends at `url`; the secret is made here. Raises `SchnittstellenError` (F393, F394)."""
    _demand_public(url)
    _demand_room(of)
    values = {"way": Subscription.Way.WEBHOOK, "address": url, "user": user, "secret": new_secret()}
    return Subscription.objects.create(**of.fields, **values, ahead=list(_days(ahead)), since=day)


def end(of: Owner, key: str) -> None:
    """Nothing more is told. Raises `SchnittstellenError` (F395)."""
    count, _each = listed(of).filter(key=key).delete()
    if not count:
        raise SchnittstellenError(NO_SUBSCRIPTION)


def _days(ahead: tuple[int, ...]) -> list[int]:
    return sorted({one for one in ahead if 0 < one <= MOST_DAYS}, reverse=True)[:MOST]


def _demand_room(of: Owner) -> None:
    if listed(of).count() >= MOST:
        raise SchnittstellenError(TOO_MANY, most=str(MOST))


def _demand_public(url: str) -> None:
    """Names are looked up when something is sent; then they must lead to public addresses, too."""
    secure = url.startswith("https://") or (settings.PRIVATE_ENDPOINTS and url.startswith("http://"))
    try:
        inside = leads_inside(url)
    except ValueError as error:
        raise SchnittstellenError(BAD_HOOK, url=url[:LONGEST]) from error
    if not secure or len(url) > LONGEST or "#" in url or (inside and not settings.PRIVATE_ENDPOINTS):
        raise SchnittstellenError(BAD_HOOK, url=url[:LONGEST])
