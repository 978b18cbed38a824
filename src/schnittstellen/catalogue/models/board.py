"""Applications for certification, and what the board and the vendor say about them: for those two only.

What follows is a fact of the chain (`models.ledger`); nothing of these tables is exported.
"""

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.base import KEY, NAME
from schnittstellen.catalogue.models.evidence import Evidence
from schnittstellen.catalogue.models.products import Declaration
from schnittstellen.catalogue.models.runs import new_key


class Application(models.Model):
    """A vendor asks the board to certify a declaration, resting on `evidence`.

    `basis` counts how often the evidence or the proposal changed: a vote is about one of them.
    """

    class State(models.TextChoices):
        OPEN = "open", "offen"
        WITHDRAWN = "withdrawn", "zurückgezogen"
        GRANTED = "granted", "zertifiziert"
        REFUSED = "refused", "abgelehnt"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="applications")
    evidence = models.ManyToManyField(Evidence, related_name="+")
    level = models.PositiveSmallIntegerField()
    """What runs shall prove at least (1 to 3) under the board's word."""
    statement = models.TextField(blank=True)
    made_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    basis = models.PositiveIntegerField(default=1)
    proposed = models.BooleanField(null=True, blank=True)
    """What the board is to vote about: to certify or to refuse; None while nothing is proposed."""
    lapses_on = models.DateField(null=True, blank=True)
    """First day on which the certificate holds no longer."""
    waived = models.JSONField(default=dict, blank=True)
    """Findings that are accepted, each with the reason."""
    duties = models.JSONField(default=list, blank=True)
    """As proposed: each `{"text", "due"}`."""
    reason = models.TextField(blank=True)
    """The board's reason, for the vendor and the board."""
    against = models.JSONField(default=list, blank=True)
    """What spoke against certifying when it was refused: each `{"code", "parameters"}`."""
    decision = models.CharField(max_length=KEY, blank=True)
    """Id of the decision in the chain."""

    class Meta:
        ordering = ("-made_on", "-id")
        indexes = (models.Index(fields=("state", "made_on")),)
        constraints = (
            models.UniqueConstraint(
                fields=("declaration",), condition=models.Q(state="open"), name="one_open_application"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Question(models.Model):
    """A Rückfrage of the board about one finding (empty: about the application)."""

    class State(models.TextChoices):
        ASKED = "asked", "wartet auf den Hersteller"
        ANSWERED = "answered", "wartet auf den Beirat"
        SETTLED = "settled", "erledigt"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="questions")
    finding = models.CharField(max_length=NAME, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.key


class QuestionPost(models.Model):
    """What one side said, with at most one file."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="posts")
    of_board = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    attachment = models.BinaryField(null=True, blank=True)
    attachment_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.question_id} {self.pk}"


class ApplicationVote(models.Model):
    """One member's word about the proposal that `basis` names; it may be changed until it is decided."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=NAME)
    agrees = models.BooleanField(null=True)
    """For, against, or (None) neither."""
    remark = models.TextField(blank=True)
    """For the board only."""
    basis = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("application", "user"), name="one_vote_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.agrees}"


class ApplicationDuty(models.Model):
    """An Auflage of a decision: the vendor says that it is met, the board confirms it as a fact of the chain."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decided_duties")
    number = models.PositiveSmallIntegerField()
    """From 0, as the chain counts them."""
    text = models.TextField()
    due = models.DateField()
    """The last day on which it may be met."""
    said = models.TextField(blank=True)
    said_on = models.DateField(null=True, blank=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    """How often the vendor said that it is met."""
    answer = models.TextField(blank=True)
    """Why the board does not see it as met."""
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "id")
        constraints = (models.UniqueConstraint(fields=("application", "number"), name="a_duty_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"
