"""What `python -m django check --deploy` says of our own settings, besides Django's checks."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from schnittstellen.catalogue.services.operator_texts import missing

LOCAL = {"localhost", "127.0.0.1", "[::1]", ""}


@register(Tags.security, deploy=True)
def operated(app_configs: Any, **_more: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Each thing that a catalogue on the web lacks."""
    return list(_missing())


def _missing() -> Iterator[CheckMessage]:
    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        yield Warning("No public name is set.", hint="Set SCHNITTSTELLEN_HOSTS.", id="schnittstellen.W001")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        hint = "Set SCHNITTSTELLEN_MAIL; without it invitations and resets of passwords are files below the home."
        yield Warning("Mails leave for nobody.", hint=hint, id="schnittstellen.W002")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Warning("Mails come from localhost.", hint="Set SCHNITTSTELLEN_FROM.", id="schnittstellen.W003")
    if not settings.ADDRESS:
        hint = "Set SCHNITTSTELLEN_ADDRESS; without it certificates have no QR code and mails lead to this machine."
        yield Warning("Nobody said how people reach it.", hint=hint, id="schnittstellen.W006")
    limits = settings.RATE_LIMITS
    if not (limits["test"] and (limits["token"] or limits["address"])):
        yield Warning(
            "Programs or visitors may ask without limit.", hint="Set SCHNITTSTELLEN_RATE_…", id="schnittstellen.W004"
        )
    if lacking := missing():
        hint = f"Write {', '.join(lacking)} below {settings.TEXTS} (SCHNITTSTELLEN_TEXTS)."
        yield Warning("Pages that the law demands are not filled in.", hint=hint, id="schnittstellen.W005")
