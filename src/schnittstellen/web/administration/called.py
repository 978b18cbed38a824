"""What records are called in the admin: by the names that people know, and not by keys."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime

from schnittstellen.catalogue import models
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.called import role_called
from schnittstellen.catalogue.wording import changes
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.views.own.changed import KINDS


def named(record: Any) -> str:
    """A record as people call it."""
    name = _NAMES.get(type(record))
    return name(record) if name else str(record)


def _evidence_named(record: models.Evidence) -> str:
    return f"{named(record.declaration)}, {date_format(localtime(record.run_at))}"


_NAMES: Mapping[type[Model], Callable[[Any], str]] = {
    models.Release: lambda one: f"{one.product.name} {one.version}",
    models.Role: role_called,
    models.Declaration: lambda one: f"{named(one.release)}: {named(one.role)}",
    models.Evidence: _evidence_named,
    models.Standing: lambda one: named(one.declaration),
    models.Change: lambda one: f"{_words_of_kind(one)} {called(one)}".strip(),
    models.Vendor: lambda one: one.name,
    models.Product: lambda one: one.name,
    models.Municipality: lambda one: one.name,
}


def _words_of_kind(change: models.Change) -> str:
    return _(KINDS[change.kind]) if change.kind in KINDS else change.kind


def called(change: models.Change) -> str:
    """The name and the key of what was changed; `called` of the record where somebody looked it up before."""
    names = getattr(change, "called", None)
    name = (audit.names([change]) if names is None else names).get((change.kind, change.key))
    return f"{name} ({change.key})" if name else change.key


def _suite_of(evidence: models.Evidence) -> str:
    """The role that the suite tests, which is the declared one."""
    role = evidence.declaration.role
    return role_called(role) if evidence.suite == str(role) else evidence.suite


def _places_of(change: models.Change) -> str:
    return "; ".join(changes.place(one["place"]) for one in change.places)


SPECIAL: Mapping[tuple[type[Model], str], Callable[[Any], str]] = {
    (models.Evidence, "suite"): _suite_of,
    (models.Evidence, "verdict"): lambda one: _(VERDICTS[one.verdict]),
    (models.Change, "kind"): _words_of_kind,
    (models.Change, "key"): called,
    (models.Change, "places"): _places_of,
}
"""Fields that are told in other words than they are written, by record and name."""
