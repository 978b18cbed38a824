"""Public keys of vendors. A key is never removed: what it signed in its time must stay verifiable."""

from django.db import models

from schnittstellen.catalogue.models.products import Vendor


class SigningKey(models.Model):
    """A public key that a vendor signs its reports with, and since when and why it counts no longer."""

    key_id = models.CharField(max_length=64, unique=True)
    """SHA-256 of its SubjectPublicKeyInfo (DER)."""
    pem = models.TextField()
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="signing_keys")
    valid_from = models.DateField()
    lapses_on = models.DateField(null=True, blank=True)
    """First day on which it may sign no longer."""
    registered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_since = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=20, blank=True)
    """A value of `domain.trust.Why`."""
    withdrawn_text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.key_id
