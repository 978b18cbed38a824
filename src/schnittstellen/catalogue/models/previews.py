"""Previews that were kept for the board to look at."""

from django.db import models

from schnittstellen.catalogue.models.base import NAME
from schnittstellen.catalogue.models.runs import new_key


class KeptPreview(models.Model):
    """What a draft of a suite would change. `data` is `services.previewing.previewing.Preview.data()`."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    made_at = models.DateTimeField()
    suite = models.CharField(max_length=NAME)
    edition = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    data = models.JSONField()
    retired_from = models.DateField(null=True, blank=True)
    """The first day on which the editions before it count no longer; None while nothing was decided."""

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.suite} {self.edition}"
