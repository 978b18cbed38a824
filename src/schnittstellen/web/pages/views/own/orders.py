"""Test orders: the board issues them, the vendor fetches the file."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import IssuedOrder
from schnittstellen.catalogue.services.handing_in import orders
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import PAGE, person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

DAYS = 30
NO_DAY = N_("Das ist kein Tag.")


@never_cache
@own_page
def of_board(request: HttpRequest) -> HttpResponse:
    """All orders, and the form for another."""
    acting.board(request)
    typed = {name: request.POST.get(name, "").strip()[:300] for name in ("release", "suite")}
    typed["last_day"] = request.POST.get("last_day", (date.today() + timedelta(days=DAYS)).isoformat())
    made, wrong = list[IssuedOrder](), ""
    if request.method == "POST":
        wrong = _issue(request, typed, made)
        if made:
            return redirect(reverse("own-order", args=(made[0].key,)))
    page = Paginator(orders.listed(person(request)), PAGE).get_page(request.GET.get("seite"))
    shown = {"page": page, "typed": typed, "wrong": wrong, "today": date.today()}
    return render(request, "own/orders.html.j2", shown, status=422 if wrong else 200)


def _issue(request: HttpRequest, typed: dict[str, str], made: list[IssuedOrder]) -> str:
    """What is wrong with what was typed; nothing where the order is in `made`."""
    try:
        last = date.fromisoformat(typed["last_day"])
    except ValueError:
        return _(NO_DAY)
    declared = orders.declared(typed["release"], typed["suite"])
    viewer = person(request, declared.release.product.vendor.key if declared else "")
    named = (typed["release"], typed["suite"])
    return tried(lambda: made.append(orders.issue(viewer, named, last, bootstrap.library(), date.today())))


@never_cache
@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One order, and how to run by it."""
    return render(request, "own/order.html.j2", {"of": _of(request, key), "today": date.today()})


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
