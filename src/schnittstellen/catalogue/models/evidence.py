"""What was proven by machine. Rows are appended; the present is computed."""

from typing import Any, Never

from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.products import Declaration, Release


class AppendOnly(Exception):
    """Somebody tried to change or remove evidence."""


class Evidence(models.Model):
    """One suite of one report, attached to one declaration."""

    class Reach(models.IntegerChoices):
        """What was tested; the number is the Nachweisstufe that a green verdict gives."""

        MESSAGES = 1, "Nachrichten"
        ENDPOINT = 2, "Endpunkt"
        PAIR = 3, "Zusammenspiel"

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="evidence")
    reach = models.PositiveSmallIntegerField(choices=Reach.choices)
    counterpart = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="tested_against", db_index=False
    )
    verdict = models.CharField(max_length=30)
    cause = models.CharField(max_length=30, blank=True)
    suite = models.CharField(max_length=NAME)
    edition = models.CharField(max_length=30)
    suite_sha256 = models.CharField(max_length=64)
    report_sha256 = models.CharField(max_length=64, db_index=True)
    messages = models.JSONField(default=list)
    """Ids of the messages or operations that the run saw conform."""
    failing = models.JSONField(default=list)
    """Findings that make it fail, as "CODE" or "CODE rule"."""
    judged = models.JSONField(null=True, default=None)
    """Of a report that was handed in: positions of the results that we judged again. None: we made or vouch for it."""
    order = models.CharField(max_length=60, blank=True)
    """The id of the test order by which the run was made; of a report that was handed in."""
    run_at = models.DateTimeField()
    attached_at = models.DateTimeField()
    lapses_on = models.DateField(null=True, blank=True)
    """First day on which it holds no longer."""

    class Meta:
        ordering = ("declaration_id", "run_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("declaration", "report_sha256", "suite"), name="one_report_counts_once"),
        )
        indexes = (
            models.Index(fields=("declaration", "reach", "-run_at")),
            models.Index(fields=("lapses_on",)),
            models.Index(
                fields=("counterpart",), condition=models.Q(counterpart__isnull=False), name="evidence_of_pairs"
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; raises `AppendOnly` where the row exists already."""
        if self.pk is not None:
            raise AppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raises `AppendOnly`."""
        raise AppendOnly(str(self))


class StoredReport(models.Model):
    """The report itself, byte for byte, under its digest."""

    sha256 = models.CharField(max_length=64, unique=True)
    document = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class Current(models.Model):
    """The evidence that the present follows from, as `domain.exchange.telling` picks it.

    For each declaration, reach and counterpart the newest, and older green ones since the last failure that show
    further messages.

    Derived: can be dropped and computed anew (`services.evidence.recompute_current`), and is written by nothing else.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="current")
    reach = models.PositiveSmallIntegerField(choices=Evidence.Reach.choices)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("declaration", "evidence"), name="current_evidence_once"),)

    def __str__(self) -> str:
        return str(self.evidence)


class Standing(models.Model):
    """What the evidence of a declaration comes to, from `since` until before `until` (None: for good).

    `look` is that as text (`services.outlines.look`), `left` the level that is left from `until` on, where that is
    less. Derived like `Current`, by the same function.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="standings")
    since = models.DateField()
    until = models.DateField(null=True)
    look = models.TextField()
    left = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("declaration", "since"), name="standing_once_a_day"),)
        indexes = (
            models.Index(fields=("until",)),
            models.Index(fields=("until",), condition=models.Q(left__isnull=False), name="standings_that_fall"),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.since}"
