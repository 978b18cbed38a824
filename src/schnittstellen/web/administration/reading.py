"""How records are shown in the admin: none can be added, changed or removed unless a subclass says so."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timezone import localtime

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.administration.called import SPECIAL, named

LABELS: Mapping[str, str] = {
    "key": N_("Kennung"),
    "name": N_("Name"),
    "title": N_("Titel"),
    "vendor": N_("Hersteller"),
    "municipality": N_("Kommune"),
    "provider": N_("IT-Dienstleister"),
    "product": N_("Programm"),
    "release": N_("Version"),
    "version": N_("Version"),
    "declaration": N_("Erklärung"),
    "role": N_("Rolle"),
    "user": N_("Konto"),
    "username": N_("Anmeldename"),
    "email": N_("Mailadresse"),
    "owner": N_("verwaltet Mitglieder"),
    "is_active": N_("darf sich anmelden"),
    "is_superuser": N_("verwaltet den Katalog"),
    "last_login": N_("zuletzt angemeldet"),
    "date_joined": N_("Konto seit"),
    "invited_by": N_("eingeladen von"),
    "expires_on": N_("gilt nicht mehr ab"),
    "scopes": N_("Umfang"),
    "created": N_("erzeugt"),
    "revision": N_("Stand"),
    "changed": N_("geändert"),
    "verdict": N_("Urteil"),
    "suite": N_("Suite"),
    "edition": N_("Ausgabe"),
    "reach": N_("was geprüft wurde"),
    "run_at": N_("geprüft am"),
    "attached_at": N_("angefügt am"),
    "lapses_on": N_("gilt nicht mehr ab"),
    "report_sha256": N_("Bericht (SHA-256)"),
    "sha256": N_("SHA-256"),
    "since": N_("ab"),
    "until": N_("bis"),
    "look": N_("Ergebnis"),
    "evidence": N_("Nachweis"),
    "at": N_("wann"),
    "by": N_("wer"),
    "kind": N_("Art"),
    "places": N_("Stellen"),
    "confirmed": N_("bestätigt"),
    "kreis": N_("Kreis"),
    "open": N_("Landschaft offen"),
    "number": N_("Nummer"),
}
_in_language: Any = lazy(lambda name: _(LABELS[name]), str)


def label(name: str) -> Any:
    """Our name of a field, in the language of whoever reads it."""
    return _in_language(name)


def column(name: str) -> Callable[[Model], Any]:
    """A column or line that shows a field under our name."""
    show = partial(_value, name)
    show.__name__ = name  # type: ignore[attr-defined]
    show.short_description = label(name)  # type: ignore[attr-defined]
    return show


def _value(name: str, record: Any) -> Any:
    if special := SPECIAL.get((type(record), name)):
        return special(record)
    told = getattr(record, f"get_{name}_display", None)
    value: Any = _(told()) if told else getattr(record, name)
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, bool):
        return _(N_("ja")) if value else _(N_("nein"))
    if isinstance(value, Model):
        return named(value)
    return "–" if value is None else value


class ReadOnly(ModelAdmin[Any]):
    """To look at, `shown` being the fields; secrets are not among them."""

    title: ClassVar[str] = ""
    shown: ClassVar[tuple[str, ...]] = ()
    actions = None
    list_per_page = 50
    show_full_result_count = False
    list_display_links = None

    def __init__(self, model: type[Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.columns = tuple(column(name) for name in self.shown)

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002
        return (self.leading, *self.columns)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return self.columns

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return self.columns

    def titled(self) -> str:
        """What these records are called, in the language of the page."""
        return _(self.title)

    def leading(self, record: Model) -> Any:
        """A link to all of the record."""
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=(record.pk,))
        return format_html(
            '<a class="kern-link" href="{}" aria-label="{}">{}</a>', address, named(record), _("ansehen")
        )

    leading.short_description = lazy(lambda: _("ansehen"), str)()  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """All of them."""
        return super().changelist_view(request, {**(extra_context or {}), "title": self.titled()})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """One of them."""
        more = {**(extra_context or {}), "title": self.titled(), "edit_at": self.edit_at(object_id)}
        return super().changeform_view(request, object_id, form_url, more)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Our own log, which knows of changes made anywhere."""
        record = self.get_object(request, object_id)
        key = str(getattr(record, "key", None) or getattr(record, "username", ""))
        return redirect(f"{reverse('admin:catalogue_change_changelist')}?{urlencode({'q': key})}")

    def message_user(self, request: HttpRequest, message: Any, *_args: Any, **_more: Any) -> None:  # noqa: ARG002
        """In our words: Django's name models in English and records by their keys."""
        messages.success(request, _(N_("Gespeichert.")) if request.POST.get("post") != "yes" else _(N_("Entfernt.")))

    def edit_at(self, object_id: str | None) -> str:  # noqa: ARG002
        """The page on which the record is edited; nothing where there is none."""
        return ""
