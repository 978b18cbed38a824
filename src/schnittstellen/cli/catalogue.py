"""What all commands share that ask the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_, Line

MOST_NEAR = 3
KINDS = {"F120": "product", "F122": "leistung", "F123": "municipality", "F475": "vendor"}
"""By the errors for what is not in the catalogue: what was meant, as the search calls it."""
MEANT = N_("Meinten Sie {key} ({title})?")


@contextmanager
def filled_catalogue() -> Iterator[None]:
    """Django is set up and something is in the catalogue. Raises `SchnittstellenError` (F104) where it is empty.

    An error for a name that is not there gets the names that come near.
    """
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.models import Standard
    from schnittstellen.catalogue.registry.faults import EMPTY_CATALOGUE

    if not Standard.objects.exists():
        raise SchnittstellenError(EMPTY_CATALOGUE)
    try:
        yield
    except SchnittstellenError as error:
        if error.fault.code in KINDS and not error.details:
            error.details = tuple(_near(KINDS[error.fault.code], error.parameters.get("name", "")))
        raise


def _near(kind: str, name: str) -> Iterator[str]:
    from schnittstellen.catalogue.services.search import search

    for hit in search(name, [kind], MOST_NEAR):
        yield Line(MEANT, key=hit.key, title=hit.title)
