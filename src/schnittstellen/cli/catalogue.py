"""What all commands share that ask the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

from schnittstellen.domain.errors import SchnittstellenError


@contextmanager
def filled_catalogue() -> Iterator[None]:
    """Django is set up and something is in the catalogue. Raises `SchnittstellenError` (F104) where it is empty."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.models import Standard
    from schnittstellen.catalogue.registry.faults import EMPTY_CATALOGUE

    if not Standard.objects.exists():
        raise SchnittstellenError(EMPTY_CATALOGUE)
    yield
