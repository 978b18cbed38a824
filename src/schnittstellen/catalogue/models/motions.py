"""What a member proposes that the board does beside deciding on applications, and how the members voted on it."""

from django.conf import settings
from django.db import models

from schnittstellen.catalogue.models.base import KEY, NAME
from schnittstellen.catalogue.models.runs import new_key


class Motion(models.Model):
    """A proposal about one objection, revocation or deviation: `about` is its key, or the number of a certificate."""

    class State(models.TextChoices):
        OPEN = "open", "offen"
        DONE = "done", "beschlossen"
        DROPPED = "dropped", "verworfen"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    subject = models.CharField(max_length=20)
    """A value of `domain.voting.Subject`."""
    about = models.CharField(max_length=KEY)
    said = models.JSONField(default=dict)
    """What is to happen, in plain values; its texts become public when it is decided."""
    opened_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    dropped_by = models.CharField(max_length=NAME, blank=True)
    dropped_why = models.TextField(blank=True)
    """For the board."""

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "about"), condition=models.Q(state="open"), name="one_open_motion_about_a_thing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.about} {self.state}"


class MotionVote(models.Model):
    """One member's word about a motion: for, against, or (None) neither; it may be changed until it is decided."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=NAME)
    agrees = models.BooleanField(null=True)
    remark = models.TextField(blank=True)
    """For the board."""
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("motion", "user"), name="one_vote_of_a_member_on_a_motion"),)

    def __str__(self) -> str:
        return f"{self.motion_id} {self.agrees}"
