"""The site: who may enter, and German names. It keeps nothing itself: changes go through services or pages."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.administration.reading import ReadOnly
from schnittstellen.web.viewer import administrates

TITLE = N_("Verwaltung")
SECOND_FACTOR = N_("Die Verwaltung verlangt einen zweiten Faktor. Richten Sie ihn hier ein.")


class Site(AdminSite):
    """Without scripts and styles of Django's own."""

    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the visitor is an administrator who logs in with a second factor."""
        return administrates(request.user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """In the language of the page."""
        return {**super().each_context(request), "site_title": _(TITLE), "site_header": _(TITLE)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """All that is administrated here."""
        return super().index(request, {**(extra_context or {}), "title": _(TITLE)})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:  # noqa: ARG002
        """There is one list."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:  # noqa: ARG002
        """Where everybody changes it."""
        return redirect("account_change_password")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Through the login of all, and to the second factor where it is missing. Raises `PermissionDenied`."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", "/verwaltung/"))
        if not getattr(request.user, "is_superuser", False):
            raise PermissionDenied
        messages.info(request, _(SECOND_FACTOR))
        return redirect("mfa_index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """One list, with our names."""
        shown: Any = super().get_app_list(request, app_label)
        for app in shown:
            app["name"] = _(TITLE)
            for one in app["models"]:
                of = self._registry[one["model"]]
                one["name"] = of.titled() if isinstance(of, ReadOnly) else one["name"]
            app["models"].sort(key=lambda one: one["name"])
        return shown


site = Site()
