"""What a new version has still to do once with what an older one left."""

from django.db import models


class Upkeep(models.Model):
    """One thing that is to be done (`services.upkeep`). The row goes when it is done; a new catalogue has none."""

    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
