"""What the admin shows of the catalogue itself. Vendors, products and municipalities are edited on their own pages."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField, ModelForm, RegexField
from django.http import HttpRequest
from django.urls import reverse

from schnittstellen.catalogue import models
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import audit, editing
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.administration.reading import ReadOnly, label
from schnittstellen.web.administration.site import site

KEY = r"^[a-z0-9][a-z0-9-]{1,60}$"


class NewVendor(ModelForm[models.Vendor]):
    """A vendor begins with its key and name; all else is kept on its pages."""

    key = RegexField(KEY, label=label("key"), help_text=N_("a-z, 0-9, -"))
    name = CharField(max_length=300, label=label("name"))

    class Meta:
        model = models.Vendor
        fields = ("key", "name")

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError` where the key is taken."""
        said = dict(super().clean() or {})
        if models.Vendor.objects.filter(key=said.get("key")).exists():
            raise ValidationError(_("Diese Kennung gibt es schon."))
        return said

    def save(self, commit: bool = True) -> models.Vendor:  # noqa: ARG002
        """By the rules of the registry, and into the audit log."""
        said = self.cleaned_data
        editing.keep(forms.VENDOR, said["key"], {"id": said["key"], "name": said["name"]}, 0)
        return models.Vendor.objects.get(key=said["key"])

    def save_m2m(self) -> None:
        """There is nothing more."""


@admin.register(models.Vendor, site=site)
class Vendors(ReadOnly):
    title = N_("Hersteller")
    shown = ("key", "name", "revision", "changed")
    search_fields = ("key", "name")

    def has_add_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else NewVendor

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else ("key", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form did it."""

    def edit_at(self, object_id: str | None) -> str:
        key = models.Vendor.objects.filter(pk=object_id).values_list("key", flat=True).first() if object_id else None
        return reverse("own-vendor", args=(key,)) if key else ""


@admin.register(models.Product, site=site)
class Products(ReadOnly):
    title = N_("Programme")
    shown = ("key", "name", "vendor", "revision", "changed")
    search_fields = ("key", "name", "vendor__name")
    list_select_related = ("vendor",)

    def edit_at(self, object_id: str | None) -> str:
        key = models.Product.objects.filter(pk=object_id).values_list("key", flat=True).first() if object_id else None
        return reverse("own-product", args=(key,)) if key else ""


@admin.register(models.Municipality, site=site)
class Municipalities(ReadOnly):
    title = N_("Kommunen")
    shown = ("key", "name", "kreis", "open", "revision", "changed")
    search_fields = ("key", "name")

    def edit_at(self, object_id: str | None) -> str:
        rows = models.Municipality.objects.filter(pk=object_id) if object_id else models.Municipality.objects.none()
        key = rows.values_list("key", flat=True).first()
        return reverse("own-place", args=(key,)) if key else ""


@admin.register(models.Declaration, site=site)
class Declarations(ReadOnly):
    title = N_("Erklärungen der Hersteller")
    shown = ("release", "role")
    search_fields = ("release__product__key", "role__version__standard__key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("release__product", "role__version__standard")


@admin.register(models.Evidence, site=site)
class Proofs(ReadOnly):
    title = N_("Nachweise")
    shown = (
        "declaration",
        "reach",
        "verdict",
        "suite",
        "edition",
        "run_at",
        "attached_at",
        "lapses_on",
        "report_sha256",
    )
    search_fields = ("report_sha256", "suite", "declaration__release__product__key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        of = "declaration__release__product", "declaration__role__version__standard"
        return super().get_queryset(request).select_related(*of)


@admin.register(models.StoredReport, site=site)
class Reports(ReadOnly):
    title = N_("Prüfberichte")
    shown = ("sha256",)
    search_fields = ("sha256",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("document")


@admin.register(models.Standing, site=site)
class Standings(ReadOnly):
    title = N_("Was gilt (berechnet)")
    shown = ("declaration", "since", "until", "look")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        of = "declaration__release__product", "declaration__role__version__standard"
        return super().get_queryset(request).select_related(*of)


class _NamedChanges(ChangeList):
    """The names of all records of a page, looked up together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        names = audit.names(self.result_list)
        for one in self.result_list:
            one.called = names


@admin.register(models.Change, site=site)
class Changes(ReadOnly):
    title = N_("Änderungen")
    shown = ("at", "by", "kind", "key", "places")
    search_fields = ("by", "key")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        return _NamedChanges
