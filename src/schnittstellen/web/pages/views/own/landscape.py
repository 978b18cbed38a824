"""What a municipality keeps: what it runs, what of it exchanges data, what vendors said of it, and who may see it."""

import secrets
from collections.abc import Callable, Mapping

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from schnittstellen.catalogue.models import Municipality, Product, Provider, Release, StandardVersion
from schnittstellen.catalogue.models.base import undated_last
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import changes, editing
from schnittstellen.catalogue.services.called import version_called
from schnittstellen.catalogue.services.editing import Data
from schnittstellen.catalogue.services.naming import product_meant
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.editing import kinds
from schnittstellen.web.pages.editing.fields import YesNo
from schnittstellen.web.pages.editing.keeping import Entry, Question, ask, page
from schnittstellen.web.pages.editing.sheets import Sheet, one_group
from schnittstellen.web.pages.missing import missing
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page
from schnittstellen.web.pages.views.procurement import typed as meant_by

Part = Callable[[Data], Data | None]
OPENNESS = one_group(
    YesNo(
        "open",
        N_("Dürfen alle sehen, was Sie einsetzen?"),
        N_(
            "Bei „nein“ sehen es nur Sie. In Zahlen geht es dann nur zusammen mit mindestens vier anderen Kommunen ein."
        ),
        required=True,
    )
)


@own_page
def start(request: HttpRequest, ags: str) -> HttpResponse:
    """All that the municipality can keep; what vendors said of it comes first."""
    of = acting.place(request, ags)
    data = editing.kept(forms.DEPLOYMENTS, ags).data
    deployments = data.get("deployments", [])
    there = {
        "of": of,
        "waiting": [one for one in deployments if not one.get("confirmed")],
        "running": [one for one in deployments if one.get("confirmed")],
        "couplings": data.get("couplings", []),
        "names": _names(deployments),
    }
    return render(request, "own/landscape.html.j2", there)


@own_page
def openness(request: HttpRequest, ags: str) -> HttpResponse:
    """Whether everybody sees what the municipality runs."""
    of = acting.place(request, ags)
    entry = Entry(
        title=N_("Wer Ihre Angaben sieht"),
        sheet=OPENNESS,
        form=forms.DEPLOYMENTS,
        key=ags,
        part=lambda _data: {"open": of.open},
        edit=lambda _values: lambda data: data,
        back=_back(of),
        steps=_steps(of),
        keep=lambda values, revision: editing.show_landscape(ags, values["open"], revision),
    )
    return page(request, entry)


@own_page
def new_deployment(request: HttpRequest, ags: str) -> HttpResponse:
    """First which product, then what of it."""
    of = acting.place(request, ags)
    found = meant_by(request, "programm", product_meant)
    product = Product.objects.filter(key=(found.key or "").partition("@")[0]).first()
    if product is None or not product.releases.exists():
        return render(request, "own/which_product.html.j2", {"of": of, "found": found, "product": product})
    local = _free(ags, product.key)
    sheet = kinds.deployment(_releases(product.key), _operators())
    return page(request, _deployment(of, local, sheet, product.name, new=True))


def _free(ags: str, key: str) -> str:
    there = {one["id"] for one in editing.kept(forms.DEPLOYMENTS, ags).data.get("deployments", ())}
    return key[:60] if key[:60] not in there else f"{key[:50]}-{secrets.token_hex(4)}"


@own_page
def deployment(request: HttpRequest, ags: str, local: str) -> HttpResponse:
    """What is said of one product that the municipality runs."""
    of = acting.place(request, ags)
    there = _there(of, local)
    key, _at, version = there["release"].partition("@")
    sheet = kinds.deployment(_releases(key, version), _operators())
    return page(request, _deployment(of, local, sheet, _names([there])[local]))


def _deployment(of: Municipality, local: str, sheet: Sheet, title: str, new: bool = False) -> Entry:
    return Entry(
        title=title,
        sheet=sheet,
        form=forms.DEPLOYMENTS,
        key=of.key,
        part=_part("deployments", local),
        edit=lambda values: changes.deployment(local, {**values, "confirmed": True}),
        back=_back(of),
        steps=_steps(of),
        new=new,
    )


@own_page
def confirm(request: HttpRequest, ags: str, local: str) -> HttpResponse:
    """The municipality runs what the vendor said."""
    of = acting.place(request, ags)
    question = Question(
        title=_(N_("Setzen Sie {name} ein?")).format(name=_names([_there(of, local)])[local]),
        text=N_("Der Hersteller hat gemeldet, dass Sie dieses Programm einsetzen. Stimmt das?"),
        button=N_("Ja, das setzen wir ein"),
        form=forms.DEPLOYMENTS,
        key=ags,
        part=_part("deployments", local),
        edit=lambda part: changes.deployment(local, {**_without_id(part), "confirmed": True}),
        back=_back(of),
        steps=_steps(of),
        done=N_("Bestätigt."),
        danger=False,
    )
    return ask(request, question)


@own_page
def remove_deployment(request: HttpRequest, ags: str, local: str) -> HttpResponse:
    """Ask, then take it away with its couplings; of what a vendor said, this is the answer no."""
    of = acting.place(request, ags)
    there = _there(of, local)
    said = N_("Der Hersteller hat gemeldet, dass Sie dieses Programm einsetzen. Mit Nein wird die Meldung gelöscht.")
    gone = N_("Das Programm und seine Verbindungen werden aus Ihren Angaben entfernt.")
    question = Question(
        title=_(N_("{name} entfernen?")).format(name=_names([there])[local]),
        text=gone if there.get("confirmed") else said,
        button=N_("Entfernen") if there.get("confirmed") else N_("Nein, das setzen wir nicht ein"),
        form=forms.DEPLOYMENTS,
        key=ags,
        part=_part("deployments", local),
        edit=lambda _part: changes.deployment(local, None),
        back=_back(of),
        steps=_steps(of),
    )
    return ask(request, question)


@own_page
def new_coupling(request: HttpRequest, ags: str) -> HttpResponse:
    """Two of the own products exchange data."""
    of = acting.place(request, ags)
    return page(request, _coupling(of, f"verbindung-{secrets.token_hex(6)}", new=True))


@own_page
def coupling(request: HttpRequest, ags: str, local: str) -> HttpResponse:
    """What is said of two products that exchange data."""
    return page(request, _coupling(acting.place(request, ags), local))


def _coupling(of: Municipality, local: str, new: bool = False) -> Entry:
    versions = StandardVersion.objects.select_related("standard").order_by("standard__title", "version")
    return Entry(
        title=N_("Neue Verbindung") if new else _coupled(of, local),
        sheet=kinds.coupling(
            _names(editing.kept(forms.DEPLOYMENTS, of.key).data.get("deployments", [])),
            {str(one): version_called(one) for one in versions},
        ),
        form=forms.DEPLOYMENTS,
        key=of.key,
        part=_part("couplings", local),
        edit=lambda values: changes.coupling(local, values),
        back=_back(of),
        steps=_steps(of),
        new=new,
    )


@own_page
def remove_coupling(request: HttpRequest, ags: str, local: str) -> HttpResponse:
    """Ask, then take it away."""
    of = acting.place(request, ags)
    question = Question(
        title=_(N_("{name} entfernen?")).format(name=_coupled(of, local)),
        text=N_("Diese beiden Programme tauschen dann nach Ihren Angaben keine Daten mehr aus."),
        button=N_("Verbindung entfernen"),
        form=forms.DEPLOYMENTS,
        key=ags,
        part=_part("couplings", local),
        edit=lambda _part: changes.coupling(local, None),
        back=_back(of),
        steps=_steps(of),
    )
    return ask(request, question)


def _part(kind: str, local: str) -> Part:
    def part(data: Data) -> Data | None:
        return next((one for one in data.get(kind, ()) if one["id"] == local), None)

    return part


def _there(of: Municipality, local: str) -> Data:
    found = _part("deployments", local)(editing.kept(forms.DEPLOYMENTS, of.key).data)
    if found is None:
        raise missing(local)
    return found


def _coupled(of: Municipality, local: str) -> str:
    """Both products of a coupling. Raises `SchnittstellenError` (F184) where there is none."""
    data = editing.kept(forms.DEPLOYMENTS, of.key).data
    found = _part("couplings", local)(data)
    if found is None:
        raise missing(local)
    names = _names(data.get("deployments", []))
    return " – ".join(names.get(one, one) for one in (found["first"], found["second"]))


def _without_id(part: Data) -> Data:
    return {name: value for name, value in part.items() if name != "id"}


def _names(deployments: list[Data]) -> Mapping[str, str]:
    """What deployments are called, by their local ids."""
    keys = {one["release"].partition("@")[0] for one in deployments}
    known = dict(Product.objects.filter(key__in=keys).values_list("key", "name"))
    parts = {one["id"]: one["release"].partition("@") for one in deployments}
    return {local: f"{known.get(key, key)} {version}" for local, (key, _at, version) in parts.items()}


def _releases(key: str, present: str = "") -> Mapping[str, str]:
    """What can be chosen; the present one, too, where its vendor has withdrawn it."""
    offered = Q(withdrawn=False) | Q(version=present)
    rows = Release.with_withdrawn.filter(offered, product__key=key).select_related("product")
    rows = rows.order_by(undated_last("released"), "-version")
    return {str(one): f"{one.product.name} {one.version}" for one in rows}


def _operators() -> Mapping[str, str]:
    return dict(Provider.objects.order_by("name").values_list("key", "name"))


def _back(of: Municipality) -> str:
    return reverse("own-place", args=(of.key,))


def _steps(of: Municipality) -> tuple[tuple[str, str], ...]:
    return ((_back(of), of.name),)
