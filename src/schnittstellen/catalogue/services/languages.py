"""In which language people are written to: German, or what they chose last on the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation

from schnittstellen.catalogue.models import Preference
from schnittstellen.i18n import DEFAULT, LANGUAGES, using


def keep(user: Any, language: str) -> None:
    """The language that somebody chose; of nobody who is not logged in, and no language that we do not have."""
    if user.is_authenticated and language in LANGUAGES:
        Preference.objects.update_or_create(user=user, defaults={"language": language})


def of_user(user: int | None) -> str:
    """The language of the account with that primary key; German for everybody else."""
    found = Preference.objects.filter(user=user).values_list("language", flat=True).first() if user else None
    return found if found in LANGUAGES else DEFAULT


def of_address(email: str) -> str:
    """The language of whoever has that mail address here; German for everybody else."""
    found = get_user_model().objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    return of_user(found)


@contextmanager
def writing(language: str) -> Iterator[None]:
    """Texts of ours and of Django are in that language, whatever that of the request is."""
    with using(language), translation.override(language):
        yield


def address(path: str) -> str:
    """The whole address of a page: as people reach the catalogue, else where `serve` serves it, else its path."""
    return f"{settings.ADDRESS or settings.SERVED_AT}{path}"
