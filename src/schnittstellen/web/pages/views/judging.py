"""Who does the same, whether it deserves funding, whether a process chain is whole."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.alternatives import alternatives
from schnittstellen.catalogue.services.called import Called
from schnittstellen.catalogue.services.chain import Chain, chain
from schnittstellen.catalogue.services.funding import Funding, funding
from schnittstellen.catalogue.services.naming import municipality_meant
from schnittstellen.catalogue.wording.exchanges import STATUSES
from schnittstellen.catalogue.wording.funding import ANSWERS, METS, RULES, reason
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.domain.exchange import Status
from schnittstellen.domain.process_chain import Link, Station
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.pictures import Edge, Node, graph
from schnittstellen.web.pages.views.procurement import typed
from schnittstellen.web.viewer import viewer_of

WHOLE = {
    "yes": N_("Ja: Die Daten gehen von Anfang bis Ende ohne Medienbruch durch; jeder Übergang ist nachgewiesen."),
    "no": N_("Nein: An mindestens einem Übergang gehen die Daten nicht durch (Medienbruch)."),
    "unknown": N_("Nicht bekannt: Nicht jeder Übergang ist nachgewiesen."),
}
_ROLE = re.compile(r"([^@\s]+)@([^/\s]+)/(\S+)(.*)")
KINDS = {"yes": "success", "no": "danger", "unknown": "warning"}


@require_safe
def same(request: HttpRequest, key: str) -> HttpResponse:
    """The products that do the same, and what was developed twice with public money."""
    day = day_of(request)
    product = finding.product(key)
    found = alternatives(product.key, viewer_of(request), day)
    names = {one.key: one.name for one in found.products}
    parallel = [[names.get(key, key) for key in keys] for keys in found.parallel]
    shown = {"product": product, "found": found, "parallel": parallel, "day": day, "called": Called()}
    return render(request, "judging/alternatives.html.j2", shown)


@require_safe
def deserved(request: HttpRequest, key: str) -> HttpResponse:
    """The rules of funding, each with its reason."""
    day = day_of(request)
    product = finding.product(key)
    found = _funding(product.key, request.GET.get("version", ""), product.releases.exists(), request)
    release = f"{product.name} {found.release.partition('@')[2]}" if found else ""
    answer = _(ANSWERS[found.met]).format(release=release) if found else ""
    words = {"rules": RULES, "mets": METS, "reason": partial(reason, called=_called(found)), "looks": KINDS}
    shown = {"product": product, "found": found, "answer": answer, "day": day, **words}
    return render(request, "judging/funding.html.j2", shown)


def _funding(key: str, version: str, released: bool, request: HttpRequest) -> Funding | None:
    """None where the product has no version that could be judged."""
    if not version and not released:
        return None
    return funding(f"{key}@{version}" if version else key, day_of(request))


def _called(found: Funding | None) -> Callable[[str], str]:
    """Gives products and roles (`xhundesteuer@2.0/onlinedienst (1)`) their names; what has none stays."""
    keys = {value for one in found.reasons for value in one.values} if found else set()
    products, called = dict(Product.objects.filter(key__in=keys).values_list("key", "name")), Called()

    def name(value: str) -> str:
        role = _ROLE.match(value)
        if role is None:
            return products.get(value, value)
        standard, version, key, level = role.groups()
        return f"{called.standard(standard)} {version}, {called.role(standard, key)}{level}"

    return name


@require_safe
def whole(request: HttpRequest, key: str) -> HttpResponse:
    """The process chain of a Leistung: a picture, the same in words, each break of media named."""
    day, place = day_of(request), typed(request, "kommune", municipality_meant)
    found = chain(key, viewer_of(request), day, place.key or None)
    names = _names(found)
    shown = {
        "names": names,
        "place": place,
        "found": found,
        "answer": WHOLE[found.whole],
        "look": KINDS[found.whole],
        "links": sorted(found.links, key=_gravity),
        "picture": _picture(found, names),
        "kinds": PRODUCTS,
        "day": day,
    }
    return render(request, "judging/chain.html.j2", shown)


_GRAVEST = (Status.NOT_POSSIBLE, Status.REFUTED, Status.UNKNOWN, Status.DECLARED, Status.PARTLY_PROVEN, Status.PROVEN)


def _gravity(one: Link) -> tuple[int, tuple[Station, Station]]:
    """The weakest link first."""
    return _GRAVEST.index(one.status), one.stations


def _names(found: Chain) -> dict[str, str]:
    """How people call each release of the chain, with its version."""
    chosen = [one for link in found.links for joint in link.joints for one in joint.releases]
    alone = [one for releases in found.there.values() if len(releases) == 1 for one in releases]
    parts = {one: one.partition("@") for one in (*chosen, *alone)}
    known = dict(Product.objects.filter(key__in={key for key, _, _ in parts.values()}).values_list("key", "name"))
    return {one: f"{known.get(key, key)} {version}" for one, (key, _, version) in parts.items()}


def _picture(found: Chain, names: Mapping[str, str]) -> Markup | None:
    if not found.links:
        return None
    told = _(N_("Die Stationen der Prozesskette und was von den Übergängen nachgewiesen ist"))
    edges = [Edge(*one.stations, _(STATUSES[one.status]), str(one.status)) for one in found.links]
    return graph(list(_nodes(found, names)), edges, told=told, directed=True)


def _nodes(found: Chain, names: Mapping[str, str]) -> Iterator[Node]:
    at: dict[Station, list[str]] = {}
    for link in found.links:
        for joint in link.joints:
            for station, release in zip(link.stations, joint.releases, strict=True):
                at.setdefault(station, []).append(release)
    for station in dict.fromkeys(one for link in found.links for one in link.stations):
        there = found.there.get(station, ())
        releases = list(dict.fromkeys(at.get(station) or (there if len(there) == 1 else ())))
        several = _(N_("Programme: {count}")).format(count=len(there)) if there else _(N_("nichts eingetragen"))
        text = _(PRODUCTS[station]) + "\n" + (", ".join(names[one] for one in releases) or several)
        product = releases[0].partition("@")[0] if len(releases) == 1 else ""
        address = reverse("product-one", args=(product,)) if product else ""
        yield Node(str(station), text, address, str(station))
