"""What belongs to certificates beside the chain of records: what was signed, who confirmed."""

from secrets import token_hex
from typing import Any, Never

from django.db import models

from schnittstellen.catalogue.models.evidence import AppendOnly
from schnittstellen.catalogue.models.ledger import Entry
from schnittstellen.catalogue.models.places import Municipality
from schnittstellen.catalogue.models.products import Declaration


class Signed(models.Model):
    """A document that the board signed, byte for byte as it is handed out. Rows are appended; the newest counts."""

    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    """Digest of what was signed, without the envelope."""
    issued = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.sha256

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; raises `AppendOnly` where the row exists already."""
        if self.pk is not None:
            raise AppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raises `AppendOnly`."""
        raise AppendOnly(str(self))


class SignedCertificate(Signed):
    """The certificate of a decision. `lapses_on` is its first day without effect."""

    decision = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="signed")
    lapses_on = models.DateField()

    class Meta(Signed.Meta):
        ordering = ("id",)


class SignedWithdrawals(Signed):
    """A list of all that was withdrawn until then."""

    number = models.PositiveBigIntegerField(unique=True)
    next_by = models.DateField()

    class Meta(Signed.Meta):
        ordering = ("number",)


def new_confirmation() -> str:
    """An id as certificates name confirmations; nothing about the municipality follows from it."""
    return token_hex(32)


class Confirmed(models.Model):
    """A municipality confirmed, last on day `on`, that a declaration holds in operation.

    The chain knows it by `key`, and the municipality only where it is `named`; confirmed again, it keeps its key.
    """

    key = models.CharField(max_length=64, unique=True, default=new_confirmation)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    on = models.DateField()

    class Meta:
        ordering = ("-on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("municipality", "declaration"), name="a_municipality_confirms_once"),
        )

    def __str__(self) -> str:
        return self.key
