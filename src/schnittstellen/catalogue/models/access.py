"""Who may read and write what: people, and programmes that act for them."""

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.places import Municipality, Provider
from schnittstellen.catalogue.models.products import Vendor


class Acting(models.Model):
    """For whom somebody acts. Without vendor, municipality and provider it is the board or the operator."""

    class Role(models.TextChoices):
        VENDOR = "vendor", "Hersteller"
        MUNICIPALITY = "municipality", "Kommune"
        PROVIDER = "provider", "IT-Dienstleister"
        BOARD = "board", "IT-Digitalbeirat"
        OPERATOR = "operator", "Betrieb des Katalogs"

    role = models.CharField(max_length=20, choices=Role.choices)
    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Member(Acting):
    """A person who acts for an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acts_as")
    owner = models.BooleanField(default=False)
    """Invites and removes others. Where nobody is marked, it is whoever joined first."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "vendor", "municipality", "provider"), name="one_membership_of_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Token(Acting):
    """A key for programmes. `digest` is the SHA-256 of the secret, which is shown once and kept nowhere."""

    name = models.CharField(max_length=NAME)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    """Any of those in `services.access.SCOPES`."""
    created = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)
    """First day on which it is refused."""

    def __str__(self) -> str:
        return self.name
