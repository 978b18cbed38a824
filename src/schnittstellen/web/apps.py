"""The Django app of pages and REST API; it has no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Named by package; brings the static files."""

    name = "schnittstellen.web"
    label = "web"
