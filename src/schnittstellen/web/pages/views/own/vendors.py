"""What a vendor keeps of itself, its list of products, and where its products are said to run."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schnittstellen.catalogue.models import Deployment, Product, Release, Vendor
from schnittstellen.catalogue.models.base import undated_last
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import changes, editing
from schnittstellen.catalogue.services.editing import Refused
from schnittstellen.catalogue.services.naming import municipality_meant
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.editing import kinds
from schnittstellen.web.pages.editing.fields import SIMILAR, UNCLEAR, UNKNOWN, Typed
from schnittstellen.web.pages.editing.keeping import Entry, State, keep, page, shown
from schnittstellen.web.pages.editing.sheets import Wrong
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

CLAIMED = N_("Gemeldet. Es zählt, sobald die Kommune es bestätigt hat.")


@own_page
def start(request: HttpRequest, key: str) -> HttpResponse:
    """All that the vendor can keep."""
    of = acting.vendor(request, key)
    products = Product.objects.filter(vendor=of, merged_into=None).order_by("name", "key")
    claims = Deployment.objects.filter(release__product__vendor=of, confirmed=False, key__contains="-meldung-")
    shown_of = {"of": of, "products": products, "claims": claims.select_related("municipality", "release__product")}
    return render(request, "own/vendor.html.j2", shown_of)


@own_page
def details(request: HttpRequest, key: str) -> HttpResponse:
    """What is said of the company."""
    of = acting.vendor(request, key)
    entry = Entry(
        title=N_("Angaben zur Firma"),
        sheet=kinds.VENDOR,
        form=forms.VENDOR,
        key=key,
        part=lambda data: data or None,
        edit=lambda values: changes.vendor(key, values),
        back=reverse("own-vendor", args=(key,)),
        steps=steps(of),
    )
    return page(request, entry)


def steps(of: Vendor) -> tuple[tuple[str, str], ...]:
    """The way to pages below that of the vendor."""
    return ((reverse("own-vendor", args=(of.key,)), of.name),)


@own_page
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """Say where an own release runs; the municipality confirms or rejects it."""
    of = acting.vendor(request, key)
    entry = _claim(of)
    if request.method != "POST":
        return shown(request, entry, State(entry.sheet.typed({}), 0), 200)
    typed = entry.sheet.read(request.POST)
    values, wrong = entry.sheet.values(typed)
    ags = _place(typed["municipality"], wrong)
    try:
        if not wrong:
            values.pop("municipality")
            _say(of, ags, values)
            messages.success(request, _(CLAIMED))
            return redirect(entry.back)
    except Refused as error:
        wrong = entry.sheet.placed(error.problems)
    return shown(request, entry, State(typed, 0, wrong), 422)


def _claim(of: Vendor) -> Entry:
    rows = Release.objects.filter(product__vendor=of, product__merged_into=None).select_related("product")
    releases = {
        str(one): f"{one.product.name} {one.version}"
        for one in rows.order_by("product__name", undated_last("released"))
    }
    return Entry(
        title=N_("Einsatz bei einer Kommune melden"),
        sheet=kinds.claim(releases),
        form=forms.DEPLOYMENTS,
        key="",
        part=lambda _data: {},
        edit=lambda values: changes.deployment("", values),
        back=reverse("own-vendor", args=(of.key,)),
        steps=steps(of),
        new=True,
        intro=N_("Die Kommune wird gefragt, ob das stimmt. Bis sie es bestätigt, zählt die Meldung nicht."),
    )


def _place(typed: Typed, wrong: list[Wrong]) -> str:
    """The AGS of what was typed; where it is not clear, `wrong` says so."""
    meant = municipality_meant(typed[:200]) if typed else None
    if meant is None or meant.key:
        return str(meant.key) if meant else ""
    options = " · ".join(f"{one.title} ({one.key})" for one in meant.offered)
    text = (UNCLEAR if meant.known else SIMILAR) if options else UNKNOWN
    wrong.append(Wrong("municipality", N_("Kommune"), text, {"text": typed, "options": options}))
    return ""


def _say(of: Vendor, ags: str, values: editing.Data) -> None:
    kept = editing.kept(forms.DEPLOYMENTS, ags)
    said = changes.claim(acting.viewer(of), ags, values)
    keep(forms.DEPLOYMENTS, ags, kept, changes.deployment(changes.new_claim(), said), kept.revision)
