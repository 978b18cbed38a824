"""Mails of accounts that django-allauth does not know."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

SUBJECT = N_("Einladung in den Schnittstellenkatalog")
BODY = N_(
    "Sie sind eingeladen, für {name} zu handeln. Nehmen Sie die Einladung hier an:\n\n{address}\n\nSie gilt 14 Tage."
)


def send_invitation(request: HttpRequest, title: str, email: str, secret: str) -> None:
    """The only place where the secret of an invitation goes."""
    address = request.build_absolute_uri(reverse("account-invited", args=(secret,)))
    text = _(BODY).format(name=title, address=address)
    send_mail(_(SUBJECT), text, settings.DEFAULT_FROM_EMAIL, [email])
