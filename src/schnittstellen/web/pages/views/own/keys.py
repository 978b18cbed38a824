"""Keys for programmes (tokens): members make and end those of their organisation; the secret is shown once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Token
from schnittstellen.catalogue.services import access
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.editing.fields import Checks, Day, Field
from schnittstellen.web.pages.editing.sheets import Sheet, Wrong, one_group
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

MOST_DAYS = 2 * 365
NAME, DAY = N_("Name des Schlüssels"), N_("Gilt bis einschließlich")
NO_DAY = N_("Das ist kein Tag.")
BAD_DAY = N_("Der Tag muss in der Zukunft liegen, höchstens zwei Jahre von heute.")
NAME_TAKEN = N_("Einen Schlüssel mit diesem Namen gibt es schon.")
BOARD = N_("IT-Digitalbeirat")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose keys: `name` as in `services.access`, and the page above."""

    name: str
    title: str
    back: str

    @property
    def sheet(self) -> Sheet:
        """The form for a new key."""
        scopes = {one: access.SCOPES[one] for one in access.SCOPES_OF[Token.Role(self.name.partition(":")[0])]}
        return one_group(
            Field("name", NAME, N_("Wofür er ist, zum Beispiel „Übernahme aus dem Fachverfahren“."), required=True),
            Checks("scopes", N_("Was er darf"), required=True, choices=scopes),
            Day("until", DAY, N_("Danach wird er abgewiesen."), required=True),
        )


@never_cache
@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """Keys of a vendor."""
    of = acting.vendor(request, key)
    return _keys(request, Owner(f"vendor:{key}", of.name, reverse("own-vendor", args=(key,))))


@never_cache
@own_page
def of_place(request: HttpRequest, ags: str) -> HttpResponse:
    """Keys of a municipality."""
    of = acting.place(request, ags)
    return _keys(request, Owner(f"municipality:{ags}", of.name, reverse("own-place", args=(ags,))))


@never_cache
@own_page
def of_board(request: HttpRequest) -> HttpResponse:
    """Keys of the board."""
    acting.board(request)
    return _keys(request, Owner("board", _(BOARD), reverse("account-start")))


def _keys(request: HttpRequest, of: Owner) -> HttpResponse:
    done = request.POST.get("tun") if request.method == "POST" else None
    if done == "erzeugen":
        return _make(request, of)
    if done in {"fragen", "beenden"}:
        sent = request.POST.get("schluessel", "")
        row = access.token(of.name, int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 12 else 0)
        if done == "fragen":
            return render(request, "access/end_key.html.j2", {"of": of, "key": row})
        access.end(row)
        messages.success(request, _("Der Schlüssel wird ab sofort abgewiesen."))
        return redirect(request.path)
    fresh = {"scopes": ["read"], "until": (date.today() + timedelta(365)).isoformat()}
    return _shown(request, of, of.sheet.typed(fresh), [])


def _make(request: HttpRequest, of: Owner) -> HttpResponse:
    typed = of.sheet.read(request.POST)
    values, wrong = of.sheet.values(typed)
    until = _day(values, wrong)
    if "name" in values and any(one.name == values["name"] for one in access.issued(of.name)):
        wrong.append(Wrong("name", NAME, NAME_TAKEN))
    if wrong or until is None:
        return _shown(request, of, typed, wrong)
    first_refused = until + timedelta(days=1)
    secret = access.create(values["name"], of.name, tuple(values["scopes"]), first_refused)
    return render(request, "access/new_key.html.j2", {"of": of, "secret": secret, "name": values["name"]})


def _day(values: dict[str, Any], wrong: list[Wrong]) -> date | None:
    """The last day; where it cannot be, `wrong` says so."""
    if "until" not in values:
        return None
    try:
        until = date.fromisoformat(values["until"])
    except ValueError:
        wrong.append(Wrong("until", DAY, NO_DAY))
        return None
    if not date.today() <= until <= date.today() + timedelta(MOST_DAYS):
        wrong.append(Wrong("until", DAY, BAD_DAY))
    return until


def _shown(request: HttpRequest, of: Owner, typed: dict[str, Any], wrong: list[Wrong]) -> HttpResponse:
    shown = {
        "of": of,
        "keys": access.issued(of.name),
        "scopes": access.SCOPES,
        "today": date.today(),
        "sheet": of.sheet,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "access/keys.html.j2", shown, status=422 if wrong else 200)
