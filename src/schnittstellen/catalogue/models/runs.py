"""Endpoints that the server may test, and the runs against them."""

import secrets

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.products import Declaration


def new_key() -> str:
    """A name that nobody can guess, for addresses."""
    return secrets.token_hex(12)


def new_token() -> str:
    """What the owner of an endpoint puts where only the owner can."""
    return secrets.token_urlsafe(32)


class Endpoint(models.Model):
    """Where a release answers in a role. It is tested only while control of it is proven."""

    class Way(models.TextChoices):
        FILE = "file", "Datei"
        DNS = "dns", "DNS"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="endpoints")
    url = models.CharField(max_length=NAME)
    token = models.CharField(max_length=64, default=new_token)
    proven_at = models.DateTimeField(null=True, blank=True)
    proven_by = models.CharField(max_length=10, choices=Way.choices, blank=True)
    proof_lapses_on = models.DateField(null=True, blank=True)
    """First day on which the proof holds no longer."""
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("declaration", "url"), name="one_endpoint_of_an_address"),)

    def __str__(self) -> str:
        return self.url


class Run(models.Model):
    """One run by the server. It belongs to the worker that holds `lease`, until `lease_ends`; see `services.leases`."""

    class State(models.TextChoices):
        QUEUED = "queued", "wartet"
        RUNNING = "running", "läuft"
        DONE = "done", "fertig"
        FAILED = "failed", "gescheitert"
        CANCELLED = "cancelled", "abgebrochen"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="runs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often a worker took it and did not give it back of its own accord."""
    lease = models.CharField(max_length=32, blank=True)
    lease_ends = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    requests = models.PositiveIntegerField(default=0)
    """How many requests were sent so far in this attempt."""
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=30, blank=True)
    """Why it failed: a key of `services.leases.PROBLEMS`, or the code of an error with `parameters`."""
    parameters = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(max_length=30, blank=True)
    report_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=("state", "lease_ends")),)
        constraints = (
            models.UniqueConstraint(
                fields=("endpoint",),
                condition=models.Q(state__in=("queued", "running")),
                name="one_open_run_of_an_endpoint",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class RunEvent(models.Model):
    """What happened in a run, in order."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    """A key of `services.leases.HAPPENED`."""
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.kind
