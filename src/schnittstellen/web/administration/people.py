"""Accounts, members, invitations and keys: what administrators do with them goes through the services of the pages."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BooleanField, CharField, ChoiceField, EmailField, ModelForm
from django.http import HttpRequest

from schnittstellen.catalogue import models
from schnittstellen.catalogue.services import access, accounts, audit
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current, filled
from schnittstellen.web.accounts.mailing import send_invitation
from schnittstellen.web.administration.reading import ReadOnly, label
from schnittstellen.web.administration.site import site

KEPT = ("is_active", "is_superuser")
LAST = N_("Mindestens ein Konto, das sich anmelden darf, muss den Katalog verwalten.")
OF = N_("Kennung des Herstellers oder AGS der Kommune; beim Beirat und beim Betrieb leer.")


class Rights(ModelForm[User]):
    """Whether somebody may log in, and manages the catalogue."""

    is_active = BooleanField(required=False, label=label("is_active"))
    is_superuser = BooleanField(required=False, label=label("is_superuser"))

    class Meta:
        model = User
        fields = KEPT

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError` where nobody would be left to manage the catalogue."""
        said = dict(super().clean() or {})
        others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=self.instance.pk)
        if not (said.get("is_active") and said.get("is_superuser")) and not others.exists():
            raise ValidationError(_(LAST))
        return said


@admin.register(User, site=site)
class Accounts(ReadOnly):
    title = N_("Konten")
    shown = ("username", "email", "is_active", "is_superuser", "last_login", "date_joined")
    search_fields = ("username", "email")
    form = Rights

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.get_readonly_fields(request, obj), *KEPT)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return tuple(one for name, one in zip(self.shown, self.columns, strict=True) if name not in KEPT)

    def has_change_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: ARG002
        """Noted; whoever may no longer log in is out with the next request."""
        before = User.objects.values(*KEPT).get(pk=obj.pk)
        obj.is_staff = obj.is_superuser
        audit.note("users", obj.get_username(), before, {name: getattr(obj, name) for name in KEPT})
        obj.save(update_fields=[*KEPT, "is_staff"])


@admin.register(models.Member, site=site)
class Members(ReadOnly):
    title = N_("Mitglieder")
    shown = ("user", "role", "vendor", "municipality", "provider", "owner")
    search_fields = ("user__email", "vendor__name", "municipality__name")
    list_select_related = ("user", "vendor", "municipality", "provider")

    def has_delete_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def delete_model(self, request: HttpRequest, obj: models.Member) -> None:  # noqa: ARG002
        accounts.dismiss(obj)


class NewInvitation(ModelForm[models.Invitation]):
    """Whom to invite, and for whom they will act."""

    email = EmailField(label=label("email"))
    role = ChoiceField(label=label("role"))
    of = CharField(required=False, max_length=200, label=label("key"))
    owner = BooleanField(required=False, label=label("owner"))

    class Meta:
        model = models.Invitation
        fields = ("email", "role", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one.value, _(one.label)) for one in accounts.INVITED_AS]  # type: ignore[attr-defined]
        self.fields["of"].help_text = _(OF)

    def clean(self) -> dict[str, Any]:
        """Raises `ValidationError` where nobody has that key."""
        said = dict(super().clean() or {})
        try:
            said["acting"] = accounts.acting_as(said.get("role", ""), said.get("of", ""))
        except SchnittstellenError as error:
            raise ValidationError(filled(error.fault.title, error.parameters, current())) from error
        return said

    def save(self, commit: bool = True) -> models.Invitation:  # noqa: ARG002
        """The invitation is made when it is mailed (`save_model`)."""
        return self.instance

    def save_m2m(self) -> None:
        """There is nothing more."""


@admin.register(models.Invitation, site=site)
class Invitations(ReadOnly):
    title = N_("Einladungen")
    shown = ("email", "role", "vendor", "municipality", "owner", "invited_by", "expires_on")
    search_fields = ("email",)
    list_select_related = ("vendor", "municipality", "invited_by")

    def has_add_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def has_delete_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else NewInvitation

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else ("email", "role", "of", "owner")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj else ()

    def save_model(self, request: HttpRequest, obj: models.Invitation, form: Any, change: bool) -> None:  # noqa: ARG002
        said, by = form.cleaned_data, request.user
        if not isinstance(by, User):
            return
        acting = said["acting"]
        secret = accounts.invite_as(acting, said["email"], by, date.today(), owner=said["owner"])
        send_invitation(request, accounts.title_of(acting), said["email"], secret)
        made = models.Invitation.objects.get(digest=access.digest(secret))
        obj.pk = made.pk
        messages.success(request, _("Die Einladung ist unterwegs."))

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **more: Any) -> None:
        """Where one is sent, `save_model` says so."""
        if request.POST.get("post") == "yes":
            super().message_user(request, message, *args, **more)

    def delete_model(self, request: HttpRequest, obj: models.Invitation) -> None:  # noqa: ARG002
        accounts.call_off(obj)


@admin.register(models.Token, site=site)
class Keys(ReadOnly):
    title = N_("Schlüssel für Programme")
    shown = ("name", "role", "vendor", "municipality", "scopes", "created", "expires_on")
    search_fields = ("name", "vendor__name", "municipality__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("vendor", "municipality")

    def has_delete_permission(self, request: HttpRequest, *_of: Any) -> bool:  # noqa: ARG002
        return True

    def delete_model(self, request: HttpRequest, obj: models.Token) -> None:  # noqa: ARG002
        access.end(obj)
