"""All errors of ours by their codes. Those of the catalogue need Django, so they are looked for only when asked for."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from schnittstellen.domain.errors import Fault

WITHOUT_DJANGO = (
    "schnittstellen.domain.errors",
    "schnittstellen.artefacts.faults",
    "schnittstellen.attest.faults",
    "schnittstellen.domain.refusals",
    "schnittstellen.domain.recording_refusals",
    "schnittstellen.cli.submitting",
    "schnittstellen.domain.board_rules",
    "schnittstellen.catalogue.exchange_forms.faults",
    "schnittstellen.formats.funding_rules",
)
CATALOGUE = ("schnittstellen.catalogue.services", "schnittstellen.catalogue.registry", "schnittstellen.web")
SERVE = "schnittstellen.cli.serve"


@cache
def faults() -> dict[str, Fault]:
    """The errors that need no catalogue."""
    return {one.code: one for name in WITHOUT_DJANGO for one in _of(name)}


@cache
def catalogue_faults() -> dict[str, Fault]:
    """The errors of the catalogue, its pages and its interface. Sets Django up; the database is not touched."""
    from schnittstellen.catalogue.start import set_up

    set_up()
    return {one.code: one for name in (SERVE, *_modules()) for one in _of(name)}


def defined() -> Iterator[tuple[str, str, Fault]]:
    """Every error with its code and the module that names it; an imported one comes more than once."""
    catalogue_faults()
    for name in (*WITHOUT_DJANGO, SERVE, *_modules()):
        yield from ((one.code, name, one) for one in _of(name))


def _modules() -> Iterator[str]:
    for package in CATALOGUE:
        paths = import_module(package).__path__
        yield from (one.name for one in pkgutil.walk_packages(paths, f"{package}.") if not one.name.endswith("wsgi"))


def _of(module: str) -> Iterator[Fault]:
    yield from (one for one in vars(import_module(module)).values() if isinstance(one, Fault))
