"""Duplicate products merged, so that the old address leads to the product that stays."""

from django.db import transaction

from schnittstellen.catalogue.models import Declaration, Product, Release, Training
from schnittstellen.catalogue.registry import forms, writing
from schnittstellen.catalogue.services import audit, finding, outlining, usage
from schnittstellen.catalogue.services.merged import Merged, Of, advance
from schnittstellen.catalogue.services.recording import renew
from schnittstellen.catalogue.services.search import Kind, reindex
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

SAME = Fault(
    "F310",
    N_("{name} und {into} sind schon dasselbe Programm."),
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


def plan(key: str, into: str) -> Merged:
    """What merging would do; nothing is changed. Raises `SchnittstellenError` (F120, F310, F311)."""
    goes, stays = finding.product(key), finding.product(into)
    if goes.pk == stays.pk:
        raise SchnittstellenError(SAME, name=key, into=stays.key)
    _demand_apart(goes, stays)
    known = set(stays.trainings.values_list("task", flat=True))
    tasks = sorted(goes.trainings.values_list("task", flat=True))
    more = goes.leistungen.exclude(pk__in=stays.leistungen.values("pk")).order_by("key")
    return Merged(
        Of.PRODUCTS,
        goes.key,
        stays.key,
        releases=tuple(goes.releases.order_by("version").values_list("version", flat=True)),
        trainings=tuple(one for one in tasks if one not in known),
        left_trainings=tuple(one for one in tasks if one in known),
        leistungen=tuple(more.values_list("key", flat=True)),
    )


def merge(key: str, into: str) -> Merged:
    """Make the product `key` a duplicate of `into`: all or nothing, and written down for both.

    Releases move with their declarations, evidence and deployments, none of which changes in what it says. Facts about
    the product that stays are not touched, but it is for the Leistungen of both. Raises `SchnittstellenError`
    (F105, F120, F310, F311).
    """
    with transaction.atomic():
        done = plan(key, into)
        goes, stays = finding.product(done.key), finding.product(done.into)
        before = {one.key: writing.one_of(forms.PRODUCT, one.key) for one in (goes, stays)}
        _move(goes, stays, done)
        for one in (goes, stays):
            after = writing.one_of(forms.PRODUCT, one.key)
            audit.note(forms.PRODUCT.folder, one.key, audit.plain(before[one.key]), audit.plain(after))
        reindex(Kind.PRODUCT, [goes.key, stays.key])
        outlining.renew(Declaration.objects.filter(release__product=stays).values_list("pk", flat=True))
        usage.renew([goes.pk, stays.pk])
        renew(Product.objects.filter(pk=stays.pk))
    return done


def _demand_apart(goes: Product, stays: Product) -> None:
    rows = Release.with_withdrawn
    taken = set(rows.filter(product=stays).values_list("version", flat=True))
    both = sorted(taken & set(rows.filter(product=goes).values_list("version", flat=True)))
    if both:
        raise SchnittstellenError(SAME_VERSIONS, versions=", ".join(both))


def _move(goes: Product, stays: Product, done: Merged) -> None:
    advance(goes, merged_into=stays)
    advance(stays)
    Product.objects.filter(merged_into=goes).update(merged_into=stays)
    Release.with_withdrawn.filter(product=goes).update(product=stays)
    Training.objects.filter(product=goes, task__in=done.trainings).update(product=stays)
    stays.leistungen.add(*goes.leistungen.filter(key__in=done.leistungen))
