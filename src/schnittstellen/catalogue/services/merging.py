"""Duplicate entries: found, and merged so that the old address leads to the product that stays."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from schnittstellen.catalogue.models import Declaration, Product, Release, Training
from schnittstellen.catalogue.registry import forms, writing
from schnittstellen.catalogue.services import audit, finding, outlining, usage
from schnittstellen.catalogue.services.alike import Entry, Pair, pairs
from schnittstellen.catalogue.services.recording import renew
from schnittstellen.catalogue.services.search import Kind, reindex
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

SAME = Fault(
    "F310",
    N_("{name} und {into} sind schon dasselbe Produkt."),
    N_("Nennen Sie zwei verschiedene Einträge."),
    http=409,
)
SAME_VERSIONS = Fault(
    "F311",
    N_("Beide Einträge haben die Versionen: {versions}."),
    N_(
        "Entscheiden Sie, welcher Eintrag einer Version stimmt, und entfernen Sie den anderen oder benennen Sie ihn um."
    ),
    http=409,
)
FAULTS = (SAME, SAME_VERSIONS)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of an entry: `releases` and `trainings` moved, `leistungen` (keys) were added to the other."""

    key: str
    into: str
    releases: tuple[str, ...]
    trainings: tuple[str, ...]
    leistungen: tuple[str, ...]


def candidates() -> list[Pair]:
    """Pairs of products that may be one, the likeliest first; in a fixed number of queries."""
    leistungen: dict[str, list[str]] = defaultdict(list)
    for product, leistung in Product.leistungen.through.objects.values_list("product__key", "leistung__key"):
        leistungen[product].append(leistung)
    rows = Product.objects.filter(merged_into=None).order_by()
    return pairs(
        Entry(key, name, vendor, kind, frozenset(leistungen[key]), source_code)
        for key, name, vendor, kind, source_code in rows.values_list(
            "key", "name", "vendor__name", "kind", "source_code"
        )
    )


def merge(key: str, into: str) -> Merged:
    """Make the product `key` a duplicate of `into`: all or nothing, and written down for both.

    Releases move with their declarations, evidence and deployments, none of which changes in what it says. Facts about
    the product that stays are not touched, but it is for the Leistungen of both. Raises `SchnittstellenError`
    (F120, F310, F311).
    """
    with transaction.atomic():
        stays = finding.product(into)
        goes = finding.product(key)
        if goes.pk == stays.pk:
            raise SchnittstellenError(SAME, name=key, into=stays.key)
        _demand_apart(goes, stays)
        before = {one.key: writing.one_of(forms.PRODUCT, one.key) for one in (goes, stays)}
        merged = _moved(goes, stays)
        for one in (goes, stays):
            after = writing.one_of(forms.PRODUCT, one.key)
            audit.note(forms.PRODUCT.folder, one.key, audit.plain(before[one.key]), audit.plain(after))
        reindex(Kind.PRODUCT, [goes.key, stays.key])
        outlining.renew(Declaration.objects.filter(release__product=stays).values_list("pk", flat=True))
        usage.renew([goes.pk, stays.pk])
        renew(Product.objects.filter(pk=stays.pk))
    return merged


def _demand_apart(goes: Product, stays: Product) -> None:
    taken = set(stays.releases.values_list("version", flat=True))
    both = sorted(taken & set(goes.releases.values_list("version", flat=True)))
    if both:
        raise SchnittstellenError(SAME_VERSIONS, versions=", ".join(both))


def _moved(goes: Product, stays: Product) -> Merged:
    releases = tuple(goes.releases.order_by("version").values_list("version", flat=True))
    Release.objects.filter(product=goes).update(product=stays)
    known = set(stays.trainings.values_list("task", flat=True))
    moving = Training.objects.filter(product=goes).exclude(task__in=known)
    trainings = tuple(moving.order_by("task").values_list("task", flat=True))
    moving.update(product=stays)
    more = goes.leistungen.exclude(pk__in=stays.leistungen.values("pk")).order_by("key")
    leistungen = tuple(more.values_list("key", flat=True))
    stays.leistungen.add(*more)
    Product.objects.filter(merged_into=goes).update(merged_into=stays)
    Product.objects.filter(pk=goes.pk).update(merged_into=stays, revision=goes.revision + 1)
    Product.objects.filter(pk=stays.pk).update(revision=stays.revision + 1)
    return Merged(goes.key, stays.key, releases, trainings, leistungen)
