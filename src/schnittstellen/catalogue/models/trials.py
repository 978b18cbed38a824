"""Reports of tests on the page that a visitor asked to keep."""

from django.db import models


class KeptReport(models.Model):
    """A report, never what was tested. Whoever has the address reads it; we know only the digest of its key."""

    key_sha256 = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField(db_index=True)
    document = models.BinaryField()

    def __str__(self) -> str:
        return self.key_sha256
