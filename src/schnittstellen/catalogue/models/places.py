"""Municipalities, those who run software for them, and what they run."""

from django.db import models

from schnittstellen.catalogue.models.base import NAME, Record
from schnittstellen.catalogue.models.products import Release
from schnittstellen.catalogue.models.services import Leistung
from schnittstellen.catalogue.models.standards import StandardVersion


class Municipality(Record):
    """A Kommune; `key` is its AGS of 8 digits. `open` says that it shows its landscape to everybody."""

    ars = models.CharField(max_length=12, blank=True, db_index=True)
    name = models.CharField(max_length=NAME)
    form = models.CharField(max_length=60, blank=True)
    kreis = models.CharField(max_length=NAME, blank=True, db_index=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    area = models.PositiveIntegerField(null=True, blank=True)
    """Hectares."""
    postcode = models.CharField(max_length=5, blank=True)
    open = models.BooleanField(default=False)
    example = models.BooleanField(default=False)

    class Meta(Record.Meta):
        verbose_name_plural = "municipalities"
        indexes = (
            models.Index(fields=("open", "population"), name="municipalities_of_a_size"),
            models.Index(fields=("name", "key"), name="municipalities_by_name"),
        )


class Provider(Record):
    """An IT service provider or data centre and the municipalities that it serves."""

    name = models.CharField(max_length=NAME)
    url = models.URLField(max_length=NAME, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="providers", blank=True)
    example = models.BooleanField(default=False)


class Deployment(Record):
    """A municipality runs a release. Claimed by a vendor, it counts only once the municipality confirmed it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="deployments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="deployments")
    leistungen = models.ManyToManyField(Leistung, related_name="deployments", blank=True)
    operator = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="deployments")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    experience = models.TextField(blank=True)
    replacement = models.CharField(max_length=NAME, blank=True)
    replacement_on = models.DateField(null=True, blank=True)
    in_charge = models.CharField(max_length=NAME, blank=True)
    """Function of the person in charge of the software there; shown to the municipality and the vendor only."""
    confirmed = models.BooleanField(default=False)

    class Meta(Record.Meta):
        indexes = (
            models.Index(fields=("release", "confirmed", "municipality", "since", "until"), name="users_of_a_release"),
            models.Index(fields=("municipality", "until")),
        )


class Coupling(Record):
    """Two deployed products that exchange messages today."""

    first = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="couplings_as_first")
    second = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="couplings_as_second")
    version = models.ForeignKey(
        StandardVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="couplings"
    )
    messages = models.JSONField(default=list, blank=True)
    since = models.DateField(null=True, blank=True)
