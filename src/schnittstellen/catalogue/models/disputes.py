"""What is said about evidence and products afterwards: objections, and deviations in operation.

The facts themselves are records of the chain (`models.ledger`); here is what belongs to them and is not for everybody.
"""

from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.evidence import Evidence
from schnittstellen.catalogue.models.places import Municipality
from schnittstellen.catalogue.models.products import Declaration
from schnittstellen.catalogue.models.runs import new_key


class Contest(models.Model):
    """A Widerspruch: a vendor contests a finding of a piece of evidence. `reason` is for the vendor and the board."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="contests")
    finding = models.CharField(max_length=NAME)
    """"CODE" or "CODE rule"."""
    reason = models.TextField()
    raised_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    """The board's reason, for everybody."""

    class Meta:
        ordering = ("-raised_on", "-id")
        constraints = (models.UniqueConstraint(fields=("evidence", "finding"), name="a_finding_is_contested_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.finding}"


class Case(models.Model):
    """A municipality reports a deviation in operation. `detail` and `attachment` are for board, vendor and itself."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="cases")
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the case came with a registry, which does not tell who does not want to be named."""
    named = models.BooleanField(default=False)
    """Whether everybody may see which municipality it is."""
    summary = models.TextField()
    detail = models.TextField(blank=True)
    attachment = models.BinaryField(null=True, blank=True)
    attachment_name = models.CharField(max_length=NAME, blank=True)
    attachment_type = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField()
    plan = models.TextField(blank=True)
    """What the vendor does about it, for everybody; `due` until when."""
    due = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing = models.TextField(blank=True)

    class Meta:
        ordering = ("-opened_on", "-id")
        indexes = (models.Index(fields=("closed_on",)),)

    def __str__(self) -> str:
        return self.key
