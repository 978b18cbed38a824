"""What municipalities do for people: Leistungen (LeiKa) and OZG services."""

from django.db import models

from schnittstellen.catalogue.models.base import NAME, Record


class OzgService(Record):
    """A bundle of Leistungen by the Onlinezugangsgesetz; `key` is its OZG id."""

    title = models.CharField(max_length=NAME)
    situation = models.CharField(max_length=NAME, blank=True)
    subject = models.CharField(max_length=NAME, blank=True)


class Leistung(Record):
    """An administrative service; `key` is its LeiKa key of 14 digits."""

    title = models.CharField(max_length=NAME)
    subject = models.CharField(max_length=NAME, blank=True)
    """The field of life that it belongs to, as its OZG service does."""
    ozg = models.ForeignKey(OzgService, null=True, blank=True, on_delete=models.PROTECT, related_name="leistungen")
    chain = models.JSONField(default=list, blank=True)
    """Stations that its process chain needs, in order; empty is the usual chain."""
