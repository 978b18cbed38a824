"""Loading a checked registry into the catalogue: all of it or nothing, as often as one likes with the same outcome."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry import forms, reading
from schnittstellen.catalogue.registry.checking import check
from schnittstellen.catalogue.registry.faults import BROKEN_REGISTRY, refused
from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.catalogue.registry.names import of_library, with_database
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.sync import Tally
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

FILES = 200
"""Files that are loaded together; so many are in memory at a time."""
DERIVED = N_("Suche und Übersichten werden neu aufgebaut.")

Say = Callable[[str], None]


@dataclass(slots=True)
class Loading:
    """One import: primary keys by name of what is there, the tally of each table, rows that were in the files."""

    keys: dict[str, dict[Any, int]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    seen: dict[type[models.Model], set[int]] = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)

    def tally(self, model: type[models.Model]) -> Tally:
        """The tally of a table, by its name."""
        return self.tallies.setdefault(model._meta.model_name or "", Tally())

    def saw(self, model: type[models.Model], keys: dict[Any, int]) -> None:
        """Remember the rows that the files name."""
        self.seen.setdefault(model, set()).update(keys.values())


Load = Callable[[list[Filed], Loading], None]


def load(folder: Path, library: Library, *, prune: bool = False, say: Say = lambda _line: None) -> Loading:
    """Load everything below `folder` and the standards of `library`.

    Raises `SchnittstellenError` (F100) with every fault where something is wrong; then nothing is changed. What the
    files no longer name is reported in `gone`, and removed with `prune` where nothing proves or uses it.
    """
    from schnittstellen.catalogue.registry import (
        derived,
        load_landscapes,
        load_ledger,
        load_products,
        load_standards,
        loaders,
    )
    from schnittstellen.catalogue.registry.evidence_files import load_evidence
    from schnittstellen.catalogue.services import usage
    from schnittstellen.catalogue.services.recording import renew_all
    from schnittstellen.catalogue.services.search import reindex_all

    checked = check(folder, with_database(of_library(library)), say)
    if checked.problems:
        raise refused(BROKEN_REGISTRY, checked.problems, folder=str(folder))
    loading = Loading()
    with transaction.atomic():
        empty = not tables.Standard.objects.exists()
        load_standards.load_standards(library, list(_all(folder, forms.STANDARD)), loading)
        derived.meetings()
        for form in loaders.LOADERS:
            for batch in _batches(folder, form):
                say(batch[-1].name)
                loaders.LOADERS[form](batch, loading)
        load_products.finish(loading)
        releases = load_landscapes.all_releases(loading)
        load_ledger.load_records(folder, loading.tally(tables.Entry))
        for batch in _batches(folder, forms.EVIDENCE):
            say(batch[-1].name)
            load_evidence(batch, folder, releases, loading.tally(tables.Evidence))
        load_ledger.load_rest(folder, loading.tally(tables.SignedCertificate))
        say(_(DERIVED))
        renew_all()
        reindex_all()
        _missing(loading, prune)
        usage.renew_all()
        if empty:
            _nothing_new()
    return loading


def _nothing_new() -> None:
    """What a catalogue begins with came to nobody as news on that day."""
    for model in (tables.StandardVersion, tables.Product, tables.Release):
        model._base_manager.update(added=None)


def _all(folder: Path, form: Form) -> Iterator[Filed]:
    for batch in _batches(folder, form):
        yield from batch


def _batches(folder: Path, form: Form) -> Iterator[list[Filed]]:
    files = reading.files(folder, form)
    while batch := list(islice(files, FILES)):
        yield [filed for path in batch if isinstance(filed := reading.read(path, form, folder), Filed)]


def _missing(loading: Loading, prune: bool) -> None:
    for model in _REMOVABLE:
        known = set(model._base_manager.values_list("pk", flat=True))
        rows = model._base_manager.in_bulk(sorted(known - loading.seen.get(model, set())))
        if not rows:
            continue
        loading.gone[model._meta.model_name or ""] = sorted(map(str, rows.values()))
        loading.tally(model)["missing"] += len(rows)
        if prune:
            loading.tally(model)["removed"] += sum(_removed(row) for row in rows.values())


def _removed(row: models.Model) -> int:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return 0
    return 1


_REMOVABLE: tuple[type[models.Model], ...] = (
    tables.Coupling,
    tables.Deployment,
    tables.Declaration,
    tables.Release,
    tables.Product,
    tables.Vendor,
    tables.Provider,
    tables.Municipality,
    tables.Leistung,
    tables.OzgService,
    tables.Role,
    tables.StandardVersion,
    tables.Standard,
)


def day(written: str | None) -> date | None:
    """A date of the files."""
    return date.fromisoformat(written) if written else None
