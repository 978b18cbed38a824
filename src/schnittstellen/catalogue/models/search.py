"""What the search looks through. Derived: can be dropped and filled anew from the other tables."""

from django.db import models

from schnittstellen.catalogue.models.base import KEY, NAME

WORD = 60


class SearchEntry(models.Model):
    """Something that can be found. `detail` tells things of the same name apart."""

    class Kind(models.TextChoices):
        PRODUCT = "product", "Produkt"
        STANDARD = "standard", "Standard"
        LEISTUNG = "leistung", "Leistung"
        MUNICIPALITY = "municipality", "Kommune"
        VENDOR = "vendor", "Hersteller"
        PROVIDER = "provider", "IT-Dienstleister"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=KEY)
    title = models.CharField(max_length=NAME)
    detail = models.CharField(max_length=NAME, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="one_entry_of_a_thing"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SearchWord(models.Model):
    """A stem that leads to an entry; the weightier, the better it describes the entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=WORD)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=("word", "entry", "weight"), name="words_of_the_search"),)

    def __str__(self) -> str:
        return self.word
