"""The Django app of the catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Named by package; its tables start with `catalogue_`."""

    name = "schnittstellen.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Referenzkatalog"

    def ready(self) -> None:
        """Register what is checked before operating."""
        from schnittstellen.catalogue import deploy_checks  # noqa: F401
