"""What accounts may do: nobody signs up without an invitation, and logging in gives no rights by itself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from schnittstellen.catalogue.services import accounts

INVITATION = "invitation"
"""Where the session keeps the secret of an invitation that was followed."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the visitor followed a valid invitation."""
        return accounts.invitation(request.session.get(INVITATION, "")) is not None


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of an identity provider (OpenID Connect, SAML)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Whoever is known there may have an account here; what it may do is decided by memberships alone."""
        return True
