"""How many municipalities run a product, kept so that nobody has to count them for each reader."""

from django.db import models

from schnittstellen.catalogue.models.products import Product


class Usage(models.Model):
    """So many municipalities of one class of size run a product from `since` until before `until`.

    `open` ones show what they run and are counted by the day, the others as of the first day of each quarter. `size` is
    the number of the class in `domain.counting.SIZES`, or `services.usage.UNKNOWN_SIZE`. `first` are the primary keys
    of those open ones that come first by name, as text. The first span begins at `date.min` but tells nothing of days
    before it was derived; where nobody runs the product there is no row.

    Derived from deployments, municipalities and products: can be dropped and computed anew, and is written by
    `services.usage` only.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="usages", db_index=False)
    size = models.SmallIntegerField()
    open = models.BooleanField()
    since = models.DateField()
    until = models.DateField()
    places = models.PositiveIntegerField()
    first = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("product", "size", "open", "since"), name="usage_once_a_day"),)
        indexes = (
            models.Index(fields=("size", "open", "until", "since", "places", "product"), name="usages_of_a_size"),
        )

    def __str__(self) -> str:
        return f"{self.product_id} {self.since}"
