"""Who wants to hear of ends, and what was told: each end once."""

import base64
import secrets

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.access import Acting
from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.board import Application
from schnittstellen.catalogue.models.disputes import Case
from schnittstellen.catalogue.models.products import Declaration
from schnittstellen.catalogue.models.runs import new_key


class Subscription(Acting):
    """An organisation hears of ends that concern it: by mail, or by a webhook that is signed with `secret`."""

    class Way(models.TextChoices):
        MAIL = "mail", "Mail"
        WEBHOOK = "webhook", "Webhook"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    address = models.CharField(max_length=NAME)
    secret = models.CharField(max_length=80, blank=True)
    ahead = models.JSONField(default=list)
    """Days before an end on which it is told; on the day itself it always is."""
    since = models.DateField()
    """Ends before this day are not told."""
    told_until = models.DateField(null=True, blank=True)
    """The last day on which it was asked what is due."""

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.way} {self.address}"


class Outgoing(models.Model):
    """Something that a worker sends, at least once."""

    class State(models.TextChoices):
        WAITING = "waiting", "wartet"
        SENT = "sent", "gesendet"
        GIVEN_UP = "given_up", "nicht zustellbar"

    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    """When it may be tried (again); while a worker sends it, when that worker is taken for dead."""
    lease = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True


class Notice(Outgoing):
    """One notice to one subscription. `key` is the same whenever it is computed, so that it is there once."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=64)
    declaration = models.ForeignKey(Declaration, null=True, on_delete=models.CASCADE, related_name="+")
    """None: the list of withdrawals is to be signed anew."""
    ends_on = models.DateField()
    before = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    causes = models.JSONField(default=list)
    """Each `{"why", "day", "about"}`."""

    class Meta:
        ordering = ("-ends_on", "-id")
        constraints = (models.UniqueConstraint(fields=("subscription", "key"), name="each_notice_once"),)
        indexes = (models.Index(fields=("state", "next_at")),)

    def __str__(self) -> str:
        return f"{self.ends_on} {self.key[:12]}"


class Letter(Outgoing):
    """A mail to one person about an application: that something happened, not what. `key` is there once."""

    class Kind(models.TextChoices):
        APPLIED = "applied", "neuer Antrag"
        ASKED = "asked", "Rückfrage"
        ANSWERED = "answered", "Antwort"
        DECIDED = "decided", "Entscheidung"
        DUTY_SAID = "duty_said", "Auflage gemeldet"
        DUTY_ANSWERED = "duty_answered", "Auflage geprüft"

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("state", "next_at")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]}"


class CaseLetter(Outgoing):
    """A mail to one person about a deviation in operation: that something happened, not what. `key` is there once."""

    class Kind(models.TextChoices):
        OPENED = "opened", "gemeldet"
        PLANNED = "planned", "Plan"
        OVERDUE = "overdue", "überfällig"
        CLOSED = "closed", "abgeschlossen"

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("state", "next_at")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]}"


def new_secret() -> str:
    """A secret for signing, as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
