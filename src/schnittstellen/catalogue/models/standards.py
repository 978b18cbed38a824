"""Standards, their versions and roles, and which roles meet."""

from django.db import models

from schnittstellen.catalogue.models.base import KEY, NAME, Record


class Standard(Record):
    """A standard over all its versions; `obligation` says who must use it since when, in words with a source."""

    title = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=20, blank=True)
    publisher = models.CharField(max_length=NAME, blank=True)
    url = models.URLField(max_length=NAME, blank=True)
    obligation = models.TextField(blank=True)
    obligation_source = models.URLField(max_length=NAME, blank=True)


class StandardVersion(models.Model):
    """One version, in force from a day until a day (both inclusive, None is open)."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=60)
    title = models.CharField(max_length=NAME, blank=True)
    state = models.CharField(max_length=20, default="in_force")
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    added = models.DateTimeField(auto_now_add=True, null=True)
    """When it came into this catalogue; None for what was there from the first filling on."""

    class Meta:
        ordering = ("standard_id", "version")
        constraints = (models.UniqueConstraint(fields=("standard", "version"), name="one_version_of_a_name"),)
        indexes = (models.Index(fields=("in_force_until",)),)

    def __str__(self) -> str:
        return f"{self.standard.key}@{self.version}"


class Role(models.Model):
    """Who takes part; `sends` and `receives` hold ids of messages or operations, "*" stands for all."""

    version = models.ForeignKey(StandardVersion, on_delete=models.CASCADE, related_name="roles")
    key = models.CharField(max_length=KEY)
    title = models.CharField(max_length=NAME, blank=True)
    sends = models.JSONField(default=list)
    receives = models.JSONField(default=list)

    class Meta:
        ordering = ("version_id", "key")
        constraints = (models.UniqueConstraint(fields=("version", "key"), name="one_role_of_a_name"),)

    def __str__(self) -> str:
        return f"{self.version}/{self.key}"


class Meeting(models.Model):
    """Two roles of one version that exchange messages, computed from what they send and receive.

    `messages` are the ids that `sender` sends and `receiver` receives; "*" stands for all. Derived: filled anew
    whenever the roles of a version change, and written by nothing else.
    """

    sender = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="met_as_sender")
    receiver = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="met_as_receiver")
    messages = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sender", "receiver"), name="two_roles_meet_once"),)

    def __str__(self) -> str:
        return f"{self.sender} > {self.receiver}"
