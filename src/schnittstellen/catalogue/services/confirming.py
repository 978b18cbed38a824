"""A municipality confirms that what a release declares holds in its operation: with the board's decision, level 5."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Case, Confirmed, Declaration, Municipality
from schnittstellen.catalogue.services import audit, ledger, recording
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.changes import own_place
from schnittstellen.catalogue.services.disputing.cases import NOT_RUNNING, reportable
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Confirmation
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_

RENEW_WITHIN = timedelta(days=90)
"""So long before its end a confirmation may be given again."""
CONFIRMED_ALREADY = Fault(
    "F420",
    N_("Ihre Kommune hat das am {day} schon bestätigt."),
    N_("Erneut bestätigen können Sie ab dem {again}."),
    http=409,
)
DEVIATES = Fault(
    "F421",
    N_("Ihre Kommune hat dazu eine Abweichung gemeldet, die noch offen ist."),
    N_("Schließen Sie die Meldung ab, wenn die Abweichung behoben ist; danach können Sie bestätigen."),
    http=409,
)
OF_VENDOR = Fault(
    "F422",
    N_("Den Betrieb bestätigt niemand, der auch für den Hersteller handelt."),
    N_("Bitten Sie ein anderes Mitglied Ihrer Kommune."),
    http=403,
)
FAULTS = (CONFIRMED_ALREADY, DEVIATES, OF_VENDOR)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a municipality could confirm. `on` is the day of its own confirmation, `again` from when it may renew it.

    `deviates`: it reported a deviation itself that is open.
    """

    declaration: Declaration
    on: date | None
    again: date | None
    deviates: bool

    def open(self, day: date) -> bool:
        """Whether it may be confirmed on `day`."""
        return not self.deviates and (self.again is None or self.again <= day)


def choices(ags: str, release: str, day: date) -> list[Choice]:
    """What a release (`product@version`) that it runs declares, and what the municipality said of it."""
    product, _at, version = release.rpartition("@")
    rows = list(reportable(ags, day).filter(release__product__key=product, release__version=version))
    said = {one.declaration_id: one.on for one in _confirmed(ags, rows)}
    open_cases = _open_cases(ags).filter(declaration__in=[one.pk for one in rows])
    deviating = set(open_cases.values_list("declaration_id", flat=True))
    return [
        Choice(one, said.get(one.pk), _again(said[one.pk]) if one.pk in said else None, one.pk in deviating)
        for one in rows
    ]


def confirm(viewer: Viewer, ags: str, declaration: int, *, named: bool, day: date) -> Confirmed:
    """The municipality confirms; `named`: everybody may see which one it is.

    Raises `SchnittstellenError` (F144, F402, F420 to F422).
    """
    own_place(viewer, ags)
    of = reportable(ags, day).select_related("release__product__vendor").filter(pk=declaration).first()
    if of is None:
        found = Declaration.objects.select_related("release__product").filter(pk=declaration).first()
        raise SchnittstellenError(NOT_RUNNING, release=str(found.release) if found else "–")
    if viewer.vendor == of.release.product.vendor.key:
        raise SchnittstellenError(OF_VENDOR)
    with transaction.atomic():
        ledger.alone()
        _demand_due(ags, of, day)
        made, _new = Confirmed.objects.update_or_create(
            declaration=of, municipality=Municipality.objects.get(key=ags), defaults={"named": named, "on": day}
        )
        recording.confirm(of, Confirmation(made.key, ags if named else "", day))
        audit.note("municipalities", ags, {"confirmed": None}, {"confirmed": f"{of.release}, {of.role}"})
    return made


def _demand_due(ags: str, of: Declaration, day: date) -> None:
    if _open_cases(ags).filter(declaration=of).exists():
        raise SchnittstellenError(DEVIATES)
    before = _confirmed(ags, [of]).first()
    if before is not None and day < _again(before.on):
        parameters = {"day": before.on.isoformat(), "again": _again(before.on).isoformat()}
        raise SchnittstellenError(CONFIRMED_ALREADY, **parameters)


def _confirmed(ags: str, of: list[Declaration]) -> "QuerySet[Confirmed]":
    return Confirmed.objects.filter(municipality__key=ags, declaration__in=[one.pk for one in of])


def _open_cases(ags: str) -> "QuerySet[Case]":
    return Case.objects.filter(municipality__key=ags, closed_on=None)


def _again(on: date) -> date:
    """From when it may be confirmed once more: shortly before it gets too old by the rules of its day."""
    days = terms().of(on).most_days.get(Nachweisstufe.OPERATION)
    return date.max if days is None else on + timedelta(days) - RENEW_WITHIN
