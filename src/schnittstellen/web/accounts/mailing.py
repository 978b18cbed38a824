"""Mails of accounts that django-allauth does not know."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse

from schnittstellen.catalogue.services.languages import address, of_address, writing
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

SUBJECT = N_("Einladung in den Schnittstellenkatalog")
BODY = N_(
    "Sie sind eingeladen, für {name} zu handeln. Nehmen Sie die Einladung hier an:\n\n{address}\n\nSie gilt 14 Tage."
)


def send_invitation(request: HttpRequest, title: str, email: str, secret: str) -> None:
    """The only place where the secret of an invitation goes; in the language of the receiver, not of who invites."""
    path = reverse("account-invited", args=(secret,))
    whole = address(path) if settings.ADDRESS else request.build_absolute_uri(path)
    with writing(of_address(email)):
        send_mail(_(SUBJECT), _(BODY).format(name=title, address=whole), settings.DEFAULT_FROM_EMAIL, [email])
