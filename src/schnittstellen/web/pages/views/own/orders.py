"""Test orders: the board issues them, the vendor fetches the file."""

from datetime import date, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Declaration, IssuedOrder
from schnittstellen.catalogue.services.called import role_called
from schnittstellen.catalogue.services.handing_in import order_signing, orders
from schnittstellen.catalogue.services.handing_in.known import library
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import PAGE, person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

DAYS = 30
NO_DAY = N_("Das ist kein Tag.")
NOTHING_CHOSEN = N_("Wählen Sie, was geprüft werden soll.")


@never_cache
@own_page
def of_board(request: HttpRequest) -> HttpResponse:
    """All orders, and the form for another."""
    acting.board(request)
    typed = {"declaration": request.POST.get("declaration", "").strip()[:20]}
    typed["last_day"] = request.POST.get("last_day", (date.today() + timedelta(days=DAYS)).isoformat())
    made, wrong = list[IssuedOrder](), ""
    if request.method == "POST":
        wrong = _issue(request, typed, made)
        if made:
            return redirect(reverse("own-order", args=(made[0].key,)))
    search = (request.POST.get("suche") or request.GET.get("suche", "")).strip()[:200]
    choices = orders.offered(search, library())
    shown = {
        "page": Paginator(orders.listed(person(request)), PAGE).get_page(request.GET.get("seite")),
        "typed": typed,
        "search": search,
        "choices": {str(one.pk): _words(one) for one in choices},
        "many": len(choices) >= orders.MOST_OFFERED,
        "signs": bool(settings.BOARD_KEY),
        "wrong": wrong,
        "today": date.today(),
    }
    return render(request, "own/orders.html.j2", shown, status=422 if wrong else 200)


def _words(one: Declaration) -> str:
    """A declaration as people call it."""
    return f"{one.release.product.name} {one.release.version} – {role_called(one.role)}"


def _issue(request: HttpRequest, typed: dict[str, str], made: list[IssuedOrder]) -> str:
    """What is wrong with what was chosen; nothing where the order is in `made`."""
    try:
        last = date.fromisoformat(typed["last_day"])
    except ValueError:
        return _(NO_DAY)
    number = typed["declaration"]
    of = Declaration.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if of is None:
        return _(NOTHING_CHOSEN)
    viewer = person(request, of.release.product.vendor.key)
    named = (str(of.release), str(of.role))
    return tried(lambda: made.append(orders.issue(viewer, named, last, library(), date.today())))


@never_cache
@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One order, and how to run by it."""
    of = _of(request, key)
    shown = {"of": of, "signed": order_signing.is_signed(of), "today": date.today(), "pair": _pair(of)}
    return render(request, "own/order.html.j2", shown)


SIDES = {"client": "server", "server": "client"}


def _pair(of: IssuedOrder) -> str:
    """The command by which the order is fulfilled together with a partner; empty where the standard has no such run."""
    role = of.declaration.role
    if role.key not in SIDES:
        return ""
    known = {one.name for one in library().suites()}
    if not {f"{role.version}/{side}" for side in SIDES} <= known:
        return ""
    named = f"--{role.key} {of.declaration.release} --{SIDES[role.key]} PARTNER@VERSION"
    return f"schnittstellen pair {role.version} ADRESSE {named} --order {of.key}.json --to paar"


@never_cache
@own_page
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The file for `schnittstellen test --order`."""
    of = _of(request, key)
    answer = HttpResponse(bytes(of.document), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{of.key}.json"'
    return answer


def _of(request: HttpRequest, key: str) -> IssuedOrder:
    owners = IssuedOrder.objects.filter(key=key)
    owner = owners.values_list("declaration__release__product__vendor__key", flat=True).first()
    return orders.one(person(request, owner or ""), key)
