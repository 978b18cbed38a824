"""Reports that vendors handed in, the inputs that they gave with them, and orders to test."""

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.evidence import Evidence
from schnittstellen.catalogue.models.notices import Outgoing
from schnittstellen.catalogue.models.products import Declaration, Vendor
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


class QueuedHandIn(models.Model):
    """A hand-in that a worker is to judge. It belongs to the worker that holds `lease`, until `lease_ends`.

    See `services.handing_in.queueing`. What was sent is deleted when it is decided; `hand_in` or `reasons` stay.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wartet"
        JUDGING = "judging", "wird bewertet"
        ACCEPTED = "accepted", "angenommen"
        REFUSED = "refused", "abgelehnt"
        FAILED = "failed", "gescheitert"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=NAME)
    at = models.DateTimeField()
    release = models.CharField(max_length=NAME)
    suite = models.CharField(max_length=NAME)
    order = models.CharField(max_length=100, blank=True)
    keep = models.CharField(max_length=10)
    report_sha256 = models.CharField(max_length=64, db_index=True)
    report = models.BinaryField()
    envelope = models.BinaryField()
    partner = models.BinaryField(default=b"")
    """The report about the other product, its envelope and names, as JSON; empty where it was tested alone."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_ends = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    """How many inputs were judged so far in this attempt, of `total`."""
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    """Why it was refused or failed: each a code with its parameters."""
    hand_in = models.ForeignKey(HandIn, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("state", "lease_ends")),)

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class QueuedInput(models.Model):
    """What was sent with a hand-in that waits."""

    queued = models.ForeignKey(QueuedHandIn, on_delete=models.CASCADE, related_name="inputs")
    name = models.CharField(max_length=NAME)
    recording = models.BooleanField(default=False)
    document = models.BinaryField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class OrderLetter(Outgoing):
    """A mail to one person of the vendor about a test order. `key` is there once."""

    class Kind(models.TextChoices):
        ISSUED = "issued", "ausgegeben"
        ENDS = "ends", "läuft ab"

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    order = models.ForeignKey(IssuedOrder, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("state", "next_at")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]}"


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
