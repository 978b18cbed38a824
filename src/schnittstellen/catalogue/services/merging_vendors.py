"""Duplicate vendors merged: products, people, tokens and keys go to the one that stays, where the old address leads."""

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Invitation, Member, SigningKey, Subscription, Token, Vendor
from schnittstellen.catalogue.registry import forms, writing
from schnittstellen.catalogue.services import audit, finding
from schnittstellen.catalogue.services.merged import Merged, Of, advance
from schnittstellen.catalogue.services.search import Kind, reindex
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

SAME_VENDOR = Fault(
    "F476",
    N_("{name} und {into} sind schon derselbe Hersteller."),
    N_("Nennen Sie zwei verschiedene Einträge."),
    http=409,
)
FAULTS = (SAME_VENDOR,)


def plan(key: str, into: str) -> Merged:
    """What merging would do; nothing is changed. Raises `SchnittstellenError` (F475, F476)."""
    goes, stays = finding.vendor(key), finding.vendor(into)
    if goes.pk == stays.pk:
        raise SchnittstellenError(SAME_VENDOR, name=key, into=stays.key)
    return Merged(
        Of.VENDORS,
        goes.key,
        stays.key,
        products=tuple(goes.products.order_by("key").values_list("key", flat=True)),
        people=Member.objects.filter(vendor=goes).exclude(user__in=_people(stays)).count(),
        tokens=Token.objects.filter(vendor=goes).count(),
        signing_keys=goes.signing_keys.count(),
    )


def merge(key: str, into: str) -> Merged:
    """Make the vendor `key` a duplicate of `into`: all or nothing, and written down for both and each product.

    What the vendor that stays says of itself is not touched. Raises `SchnittstellenError` (F105, F475, F476).
    """
    with transaction.atomic():
        done = plan(key, into)
        goes, stays = finding.vendor(done.key), finding.vendor(done.into)
        before = {one.key: _noted(one) for one in (goes, stays)}
        advance(goes, merged_into=stays)
        advance(stays)
        Vendor.objects.filter(merged_into=goes).update(merged_into=stays)
        _move_products(goes, stays)
        _move_people(goes, stays)
        for one in (goes, stays):
            audit.note(forms.VENDOR.folder, one.key, before[one.key], _noted(one))
        reindex(Kind.VENDOR, [goes.key, stays.key])
        reindex(Kind.PRODUCT, list(done.products))
    return done


def _noted(of: Vendor) -> dict[str, object]:
    """What it says, and which products it has."""
    said = dict(audit.plain(writing.one_of(forms.VENDOR, of.key)))
    return {**said, "products": sorted(of.products.values_list("key", flat=True))}


def _move_products(goes: Vendor, stays: Vendor) -> None:
    for product in goes.products.all():
        advance(product, vendor=stays)
        audit.note(forms.PRODUCT.folder, product.key, {"vendor": goes.key}, {"vendor": stays.key})


def _move_people(goes: Vendor, stays: Vendor) -> None:
    """Nobody who comes manages the others: whoever did so before still does, alone."""
    first = Member.objects.filter(vendor=stays).order_by("pk").first()
    if first and not Member.objects.filter(vendor=stays, owner=True).exists():
        Member.objects.filter(pk=first.pk).update(owner=True)
    Member.objects.filter(vendor=goes, user__in=_people(stays)).delete()
    coming = Member.objects.filter(vendor=goes)
    coming.update(vendor=stays, **({"owner": False} if first else {}))
    SigningKey.objects.filter(vendor=goes).update(vendor=stays)
    for model in (Token, Invitation, Subscription):
        model.objects.filter(vendor=goes).update(vendor=stays)


def _people(of: Vendor) -> "QuerySet[Member, int]":
    return Member.objects.filter(vendor=of).values_list("user_id", flat=True)
