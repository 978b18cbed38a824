"""Changing what is kept: as the registry writes it, checked by the rules of the registry, and never over others' edits.

A vendor, a product with its releases and declarations, and what a municipality runs are each changed as a whole and
have one revision. All of a change is written or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.timezone import now

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry import checking, forms, load_landscapes, load_products, reading, writing
from schnittstellen.catalogue.registry.faults import CHANGED_MEANWHILE, Problem
from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.catalogue.registry.loading import Load, Loading
from schnittstellen.catalogue.registry.names import Names, with_database
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.texts import filled
from schnittstellen.catalogue.services import audit, usage
from schnittstellen.catalogue.services.recording import renew
from schnittstellen.catalogue.services.search import Kind, reindex
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_

Data = dict[str, Any]
STILL_USED = N_("{name} lässt sich nicht entfernen: Es gibt dazu Nachweise oder Vorgänge.")


class Refused(Exception):
    """What the domain does not accept: each problem names its place within what was handed in."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__([problem.path for problem in problems])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Kept:
    """What is written of a vendor, product or municipality, and how often it was changed; 0 is not there yet."""

    data: Data
    revision: int


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is changed as a whole: whose revision counts, how it is loaded, what of it can be taken away.

    `hide` does the rest for what stays, but is shown no longer.
    """

    model: type[tables.Vendor] | type[tables.Product] | type[tables.Municipality]
    load: Load
    surplus: Callable[[Data], tuple["QuerySet[Any]", ...]]
    search: Kind | None = None
    counted: Callable[[str], set[int]] = lambda _key: set()
    """The products whose counts of users depend on what is there."""
    hide: Callable[[Data], object] = lambda _data: None


def kept(form: Form, key: str) -> Kept:
    """What is written of `key`. The revision is read first, so that a change in between is noticed later."""
    row = WHOLES[form].model.objects.filter(key=key).values_list("revision", flat=True).first()
    return Kept(writing.one_of(form, key) or {}, row or 0)


def keep(form: Form, key: str, data: Data, revision: int) -> None:
    """Write `data` in place of what was there at `revision` (0 for something new).

    Raises `Refused` with every problem, or `SchnittstellenError` (F105) where somebody else was faster.
    """
    whole = WHOLES[form]
    filed = _checked(form, key, data)
    try:
        with transaction.atomic():
            _lock(whole.model, key, revision)
            before, counted = writing.one_of(form, key), whole.counted(key)
            _write(whole, filed)
            usage.renew(counted | whole.counted(key))
            audit.note(form.folder, key, audit.plain(before), audit.plain(writing.one_of(form, key)))
            whole.model.objects.filter(key=key, revision=revision).update(revision=revision + 1)
            if whole.search:
                reindex(whole.search, [key])
    except IntegrityError as error:
        raise _faster(key, 1, revision) from error


def show_landscape(ags: str, is_open: bool, revision: int) -> None:
    """Whether a municipality shows to everybody what it runs. Raises `SchnittstellenError` (F105)."""
    with transaction.atomic():
        _lock(tables.Municipality, ags, revision)
        was = tables.Municipality.objects.filter(key=ags).values_list("open", flat=True).first()
        audit.note("municipalities", ags, {"open": was}, {"open": is_open})
        tables.Municipality.objects.filter(key=ags).update(open=is_open, revision=revision + 1, changed=now())
        usage.renew(usage.run_by(ags))


def _checked(form: Form, key: str, data: Data) -> Filed:
    full = {"schema": form.schema, **filled(data)}
    if form is forms.DEPLOYMENTS and not data.get("deployments"):
        return Filed(form, key, {"ags": key, "deployments": []}, "")
    filed = reading.filed_as(form, f"{form.folder}/{key}.toml", full)
    problems = filed if isinstance(filed, list) else list(checking.RULES[form](filed, with_database(Names())))
    if problems or not isinstance(filed, Filed):
        raise Refused(problems)
    return filed


def _lock(model: type[models.Model], key: str, revision: int) -> None:
    """Hold the row until the end of the transaction, if nobody has changed it; 0 is a row that is not there."""
    rows = model._default_manager.filter(key=key)
    held = rows.filter(revision=revision).update(revision=revision)
    if not held and (revision or rows.exists()):
        raise _faster(key, rows.values_list("revision", flat=True).first() or 0, revision)


def _faster(key: str, found: int, expected: int) -> SchnittstellenError:
    return SchnittstellenError(CHANGED_MEANWHILE, record=key, found=str(found), expected=str(expected))


def _write(whole: _Whole, filed: Filed) -> None:
    loading = Loading()
    whole.load([filed], loading)
    for rows in whole.surplus(filed.data):
        try:
            rows.delete()
        except ProtectedError as error:
            name = ", ".join(sorted(map(str, rows)))
            raise Refused([Problem(filed.name, None, "", STILL_USED, {"name": name})]) from error
    whole.hide(filed.data)


def _of_vendor(_data: Data) -> tuple["QuerySet[Any]", ...]:
    return ()


def _of_product(data: Data) -> tuple["QuerySet[Any]", ...]:
    """Declarations that are no longer named."""
    releases = {one["version"]: one.get("declarations", ()) for one in data.get("releases", ())}
    there = tables.Declaration.objects.filter(release__product__key=data["id"])
    gone = [
        pk
        for pk, release, standard, version, role in there.values_list(
            "pk", "release__version", "role__version__standard__key", "role__version__version", "role__key"
        )
        if (f"{standard}@{version}", role) not in {(one["standard"], one["role"]) for one in releases.get(release, ())}
    ]
    return (tables.Declaration.objects.filter(pk__in=gone),)


def _withdraw(data: Data) -> None:
    """Releases that are no longer named: all alike, so that nobody learns which of them somebody runs."""
    named = [one["version"] for one in data.get("releases", ())]
    tables.Release.objects.filter(product__key=data["id"]).exclude(version__in=named).update(withdrawn=True)


def _of_landscape(data: Data) -> tuple["QuerySet[Any]", ...]:
    """Couplings and deployments that are no longer named."""
    ags = data["ags"]
    couplings = tables.Coupling.objects.filter(first__municipality__key=ags)
    deployments = tables.Deployment.objects.filter(municipality__key=ags)
    return (
        couplings.exclude(key__in=[f"{ags}-{one['id']}" for one in data.get("couplings", ())]),
        deployments.exclude(key__in=[f"{ags}-{one['id']}" for one in data["deployments"]]),
    )


def _load_product(batch: list[Filed], loading: Loading) -> None:
    load_products.load_products(batch, loading)
    load_products.finish(loading)
    renew(tables.Product.objects.filter(key__in=[one.data["id"] for one in batch]))


WHOLES: dict[Form, _Whole] = {
    forms.VENDOR: _Whole(tables.Vendor, load_products.load_vendors, _of_vendor, Kind.VENDOR),
    forms.PRODUCT: _Whole(tables.Product, _load_product, _of_product, Kind.PRODUCT, hide=_withdraw),
    forms.DEPLOYMENTS: _Whole(
        tables.Municipality, load_landscapes.load_deployments, _of_landscape, counted=usage.run_by
    ),
}
