"""How declarations look to others, in narrow rows that can be read by the thousand."""

from django.db import models

from schnittstellen.catalogue.models.base import KEY
from schnittstellen.catalogue.models.products import Declaration, Product
from schnittstellen.catalogue.models.standards import Role


class Look(models.Model):
    """What a declaration says and what its evidence comes to, as text; thousands of declarations look alike.

    Never changed, as outlines refer to it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class Outline(models.Model):
    """How a declaration looks from `since` until before `until` (`date.max`: for good).

    Derived from the declaration, its product and its `Standing`: can be dropped and computed anew, and is written by
    `services.outlining` only. `key` is that of the product, which never changes.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="outlines")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="outlines")
    key = models.CharField(max_length=KEY)
    since = models.DateField()
    until = models.DateField()
    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("declaration", "since"), name="outline_once_a_day"),)
        indexes = (models.Index(fields=("role", "until", "since", "look", "key"), name="outlines_of_a_role"),)

    def __str__(self) -> str:
        return f"{self.key} {self.since}"
