"""What accounts may do: nobody signs up without an invitation, and logging in gives no rights by itself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from schnittstellen.catalogue.services import accounts
from schnittstellen.catalogue.services.languages import of_address, writing
from schnittstellen.i18n import _

INVITATION = "invitation"
"""Where the session keeps the secret of an invitation that was followed."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the visitor followed a valid invitation."""
        return accounts.invitation(request.session.get(INVITATION, "")) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whether the address was proven already: here, or by the invitation that was mailed to it."""
        return super().is_email_verified(request, email) or self._invited(request) == email.casefold()

    def clean_email(self, email: str) -> str:
        """Whoever signs up proves the address by the invitation that was mailed to it, and can take no other."""
        cleaned: str = super().clean_email(email)
        match = self.request.resolver_match
        if match and match.url_name == "account_signup" and self._invited(self.request) != cleaned.casefold():
            raise ValidationError(_(accounts.OTHER_MAIL.title))
        return cleaned

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the receiver chose, not in that of whoever asks for the mail."""
        with writing(of_address(email)):
            super().send_mail(template_prefix, email, context)

    def _invited(self, request: HttpRequest) -> str | None:
        found = accounts.invitation(request.session.get(INVITATION, ""))
        return found.email.casefold() if found else None


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of an identity provider (OpenID Connect, SAML)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Whoever is known there may have an account here; what it may do is decided by memberships alone."""
        return True
