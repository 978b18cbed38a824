"""Vendors, products, releases and what vendors declare of them."""

from django.db import models

from schnittstellen.catalogue.models.base import KEY, NAME, Record, undated_first
from schnittstellen.catalogue.models.services import Leistung
from schnittstellen.catalogue.models.standards import Role


class Vendor(Record):
    """Who makes and offers products; `example` marks an invented one. A duplicate has `merged_into` set."""

    name = models.CharField(max_length=NAME)
    url = models.URLField(max_length=NAME, blank=True)
    contact = models.CharField(max_length=NAME, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    distinct_from = models.JSONField(default=list, blank=True)
    """Keys of others that look the same, of which people decided that they are not."""
    example = models.BooleanField(default=False)

    class Meta(Record.Meta):
        indexes = (
            models.Index(fields=("merged_into",), condition=models.Q(merged_into__isnull=False), name="merged_vendors"),
        )


class Product(Record):
    """A product over all its releases. A duplicate has `merged_into` set and leads there for ever."""

    class Kind(models.TextChoices):
        FACHVERFAHREN = "fachverfahren", "Fachverfahren"
        ONLINE_DIENST = "online-dienst", "Online-Dienst"
        BASISKOMPONENTE = "basiskomponente", "Basiskomponente"
        TRANSPORT = "transport", "Transport"
        E_AKTE = "e-akte", "E-Akte"
        BEZAHLUNG = "bezahlung", "Bezahlung"
        BESCHEID = "bescheid", "Bescheid und Zustellung"

    class Seen(models.TextChoices):
        PUBLIC = "public", "alle"
        MUNICIPALITIES = "municipalities", "Kommunen"
        NOBODY = "nobody", "niemand"

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    purpose = models.TextField(blank=True)
    leistungen = models.ManyToManyField(Leistung, related_name="products", blank=True)
    prerequisites = models.TextField(blank=True)
    operation = models.JSONField(default=list, blank=True)
    """Forms of operation: any of "eigenbetrieb", "rechenzentrum", "cloud"."""
    cost_licence = models.CharField(max_length=NAME, blank=True)
    cost_introduction = models.CharField(max_length=NAME, blank=True)
    cost_running = models.CharField(max_length=NAME, blank=True)
    costs_seen_by = models.CharField(max_length=20, choices=Seen.choices, default=Seen.NOBODY)
    licence = models.CharField(max_length=NAME, blank=True)
    """SPDX licence expression; empty is unknown, "LicenseRef-proprietaer" is closed."""
    source_code = models.URLField(max_length=NAME, blank=True)
    documentation = models.URLField(max_length=NAME, blank=True)
    end_of_support = models.DateField(null=True, blank=True)
    accessibility = models.URLField(max_length=NAME, blank=True)
    contact = models.CharField(max_length=NAME, blank=True)
    publicly_funded = models.BooleanField(null=True, blank=True)
    """None is unknown."""
    funding = models.CharField(max_length=NAME, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    distinct_from = models.JSONField(default=list, blank=True)
    """As of a vendor."""
    example = models.BooleanField(default=False)
    added = models.DateTimeField(auto_now_add=True, null=True)
    """When it came into this catalogue; None for what was there from the first filling on."""

    class Meta(Record.Meta):
        indexes = (
            models.Index(fields=("kind",)),
            models.Index(fields=("end_of_support",)),
            models.Index(fields=("added", "id"), name="newest_products"),
            models.Index(
                fields=("merged_into",), condition=models.Q(merged_into__isnull=False), name="merged_products"
            ),
            models.Index(fields=("name", "key"), condition=models.Q(merged_into__isnull=True), name="products_by_name"),
        )


class Training(models.Model):
    """A Schulung that is offered for one task of a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="trainings")
    task = models.CharField(max_length=NAME)
    form = models.CharField(max_length=NAME, blank=True)
    url = models.URLField(max_length=NAME, blank=True)

    class Meta:
        ordering = ("product_id", "task", "id")

    def __str__(self) -> str:
        return self.task


class Offered(models.Manager["Release"]):
    """Releases that their vendor has not withdrawn."""

    def get_queryset(self) -> "models.QuerySet[Release]":
        """Without those."""
        return super().get_queryset().filter(withdrawn=False)


class Release(models.Model):
    """One released version of a product, named `product@version` outside.

    A withdrawn one is hidden from everybody but those who run it: `objects`, and so `product.releases`, leave it out.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=60)
    released = models.DateField(null=True, blank=True)
    end_of_support = models.DateField(null=True, blank=True)
    added = models.DateTimeField(auto_now_add=True, null=True)
    """As of a product."""
    withdrawn = models.BooleanField(default=False)
    """Its vendor took it away. It stays whether somebody runs it or not, so that nobody can tell."""

    objects = Offered()
    with_withdrawn: models.Manager["Release"] = models.Manager()

    class Meta:
        ordering = ("product_id", undated_first("released"), "version")
        constraints = (models.UniqueConstraint(fields=("product", "version"), name="one_release_of_a_name"),)
        indexes = (
            models.Index(fields=("end_of_support",)),
            models.Index(fields=("added", "id"), name="newest_releases"),
        )

    def __str__(self) -> str:
        return f"{self.product.key}@{self.version}"


class Declaration(models.Model):
    """A vendor's word: this release takes this role. Empty `messages` are all that the role has."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="declarations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="declarations")
    messages = models.JSONField(default=list, blank=True)
    options = models.JSONField(default=list, blank=True)
    """Names of optional parts that are supported."""
    documentation = models.URLField(max_length=NAME, blank=True)

    class Meta:
        ordering = ("release_id", "role_id")
        constraints = (models.UniqueConstraint(fields=("release", "role"), name="one_declaration_per_role"),)

    def __str__(self) -> str:
        return f"{self.release} {self.role}"


class OldKey(models.Model):
    """An address that a product once had; it leads to the product for ever."""

    key = models.CharField(max_length=KEY, unique=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="old_keys")

    def __str__(self) -> str:
        return self.key
