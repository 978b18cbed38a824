"""What is kept of changes, and invitations of people to organisations."""

from typing import Any, Never

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.access import Acting
from schnittstellen.catalogue.models.base import KEY, NAME
from schnittstellen.catalogue.models.evidence import AppendOnly


class Change(models.Model):
    """One change of one record: who, when, and what it said before and after. Written by `services.audit` only."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=KEY)
    vendor = models.CharField(max_length=KEY, blank=True, db_index=True)
    """Key of the vendor whom it concerns."""
    municipality = models.CharField(max_length=KEY, blank=True, db_index=True)
    """AGS of the municipality that it concerns."""
    places = models.JSONField(default=list)
    """Each place that changed: `{"place", "before", "after"}`; None was or is not there."""

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("kind", "key")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `AppendOnly` for a row that is there."""
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raises `AppendOnly`."""
        raise AppendOnly


class Invitation(Acting):
    """Somebody may join an organisation. `digest` is the SHA-256 of the secret in the mail, good until a day."""

    email = models.EmailField()
    owner = models.BooleanField(default=False)
    """Whether whoever joins may invite and remove others."""
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_on = models.DateField()
    """First day on which it is refused."""

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class Preference(models.Model):
    """In which language somebody wants to be written to, as chosen last on the pages."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)

    def __str__(self) -> str:
        return f"{self.user_id} {self.language}"
