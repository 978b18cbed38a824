"""Coming back from an identity provider by OpenID Connect: what it says counts only where its signature holds.

django-allauth does not verify the signature of an ID token that it fetched itself, and does not compare it with the
userinfo (OpenID Connect Core 1.0, 3.1.3.7 allows the first over TLS, 5.3.2 demands the second).
"""

from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair only: a shared secret would let everybody who knows it speak for the provider."""
NEEDED = ["iss", "sub", "aud", "exp", "iat"]


class Checked(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Believes nothing unsigned."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        """Who logs in. Raises `OAuth2Error` where the ID token is missing, wrong, used up or about somebody else."""
        told = {"id_token": self._decode_id_token(app, more["response"].get("id_token") or "")}
        if "userinfo_endpoint" in self.openid_config:
            told["userinfo"] = self._fetch_user_info(token.token)
            if told["userinfo"].get("sub") != told["id_token"]["sub"]:
                raise OAuth2Error("userinfo is about somebody else")
        return self.get_provider().sociallogin_from_response(request, told)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            told: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(id_token),
                algorithms=SIGNED_BY,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, KeyError) as error:
            raise OAuth2Error("Invalid id_token") from error
        jwtkit.verify_jti(told)
        return told

    def _key(self, id_token: str) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        return jwt.PyJWKSet.from_dict(answer.json())[jwt.get_unverified_header(id_token)["kid"]]


@login_not_required  # type: ignore[untyped-decorator]
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The address that the identity provider sends people back to."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Checked(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
