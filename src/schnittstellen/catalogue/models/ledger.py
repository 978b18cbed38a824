"""The chain of records: evidence and every other fact, appended and never changed."""

from typing import Any, Never

from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.evidence import AppendOnly
from schnittstellen.catalogue.models.products import Declaration


class Entry(models.Model):
    """One record of the chain (`domain.chain`). `body` is canonical JSON and public; the other columns find it.

    It is about one `declaration`, or about all that was judged by `suite` (`standard@version/role`).
    """

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", "Nachweis"
        DECISION = "decision", "Entscheidung"
        DUTY_MET = "duty_met", "Auflage erfüllt"
        REVOCATION = "revocation", "Widerruf"
        OBJECTION = "objection", "Widerspruch"
        OBJECTION_DECIDED = "objection_decided", "Widerspruch entschieden"
        ERRATUM = "erratum", "Berichtigung"
        RETIRED = "retired", "Ausgabe zurückgezogen"
        CONFIRMATION = "confirmation", "Bestätigung aus dem Betrieb"
        DEVIATION = "deviation", "Abweichung im Betrieb"
        DEVIATION_CLOSED = "deviation_closed", "Abweichung abgeschlossen"

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    declaration = models.ForeignKey(Declaration, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    suite = models.CharField(max_length=NAME, blank=True)
    on = models.DateField()
    """The day from which it counts."""
    told_at = models.DateTimeField(db_index=True)
    """When news tell it: when it was recorded, or the beginning of `on` where that was an earlier day."""
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("declaration", "kind")),
            models.Index(fields=("kind", "suite")),
            models.Index(
                fields=("declaration", "suite"), condition=~models.Q(kind="evidence"), name="records_beyond_evidence"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; raises `AppendOnly` where the record is there already."""
        kwargs["force_insert"] = True
        if not self._state.adding:
            raise AppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raises `AppendOnly`."""
        raise AppendOnly(str(self))
