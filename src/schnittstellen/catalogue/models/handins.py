"""Reports that vendors handed in, the inputs that they gave with them, and orders to test."""

from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.evidence import Evidence
from schnittstellen.catalogue.models.products import Declaration
from schnittstellen.catalogue.models.runs import new_key


class IssuedOrder(models.Model):
    """A Prüfauftrag: the board names the seed of a run. `document` is the envelope that the vendor gets."""

    key = models.CharField(max_length=60, unique=True)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="orders")
    seed = models.CharField(max_length=20)
    issued = models.DateField()
    issued_by = models.CharField(max_length=NAME)
    lapses_on = models.DateField()
    """First day on which a run by it is refused."""
    sha256 = models.CharField(max_length=64)
    """Digest of the content of the envelope."""
    document = models.BinaryField()

    class Meta:
        ordering = ("-issued", "-id")

    def __str__(self) -> str:
        return self.key


class HandIn(models.Model):
    """The receipt for one report. It is written once; the same report again is the same receipt."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="hand_in")
    envelope = models.BinaryField()
    key_id = models.CharField(max_length=64)
    """The key that signed it."""
    by = models.CharField(max_length=NAME)
    at = models.DateTimeField()
    claimed = models.CharField(max_length=30)
    """The verdict in the report; the one that counts is that of the evidence."""
    judged = models.PositiveIntegerField()
    """How many results we judged again, of `total`."""
    total = models.PositiveIntegerField()
    order = models.OneToOneField(IssuedOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="hand_in")

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.key


class HandedInput(models.Model):
    """A payload or a recording, kept for nobody but our own engine unless the vendor wanted it published."""

    hand_in = models.ForeignKey(HandIn, on_delete=models.CASCADE, related_name="inputs")
    name = models.CharField(max_length=NAME)
    sha256 = models.CharField(max_length=64)
    recording = models.BooleanField(default=False)
    document = models.BinaryField()
    deleted_on = models.DateField(null=True, blank=True)
    """The day on which it is deleted; None: published, and kept."""

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("deleted_on",)),)

    def __str__(self) -> str:
        return self.name
