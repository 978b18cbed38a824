"""Settings of accounts: login by password with a second factor, OpenID Connect and SAML; slowing down; mail.

SCHNITTSTELLEN_HTTPS  1 where people reach the catalogue by https: cookies are sent that way only
SCHNITTSTELLEN_MAIL   smtp://user:password@host:port of the mail server; without it mails are files below the home
SCHNITTSTELLEN_FROM   the address that mails come from
SCHNITTSTELLEN_OIDC   JSON: [{"id", "name", "client_id", "secret", "server"}], `server` being the issuer's address
SCHNITTSTELLEN_SAML   JSON: [{"id", "name", "entity_id", "metadata"}], `metadata` the address of the IdP's metadata;
                      may add "attributes" {"uid", "email"} (names of SAML attributes) and "advanced" (django-allauth's:
                      "x509cert", "private_key", "authn_request_signed", "want_assertion_encrypted" …)
                      Both may say "mail_verified": true where the provider vouches for mail addresses; else people
                      confirm theirs by mail
SCHNITTSTELLEN_PROXIES  how many reverse proxies of yours stand before the server (1 with HTTPS, else 0); the address
                      that slows guessing down comes from X-Forwarded-For as the outermost of them wrote it
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

APPS = [
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]
SAML_ATTRIBUTES = {
    "uid": "urn:oasis:names:tc:SAML:attribute:subject-id",
    "email": "urn:oid:0.9.2342.19200300.100.1.3",
}
RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "reset_password": "10/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "signup": "10/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
}


def settings(home: Path) -> dict[str, Any]:
    """All of them, for the module of settings."""
    https = os.environ.get("SCHNITTSTELLEN_HTTPS") == "1"
    return {
        **_login(https),
        **_cookies(https),
        **_mail(os.environ.get("SCHNITTSTELLEN_MAIL", ""), home),
        **_cache(home),
    }


def _login(https: bool) -> dict[str, Any]:
    return {
        "AUTHENTICATION_BACKENDS": [
            "django.contrib.auth.backends.ModelBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "account-start",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[Schnittstellenkatalog] ",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_ADAPTER": "schnittstellen.web.accounts.adapter.Accounts",
        "ACCOUNT_RATE_LIMITS": RATE_LIMITS,
        "ACCOUNT_SESSION_REMEMBER": False,
        "SOCIALACCOUNT_ADAPTER": "schnittstellen.web.accounts.adapter.Elsewhere",
        "SOCIALACCOUNT_PROVIDERS": providers(
            os.environ.get("SCHNITTSTELLEN_OIDC", ""), os.environ.get("SCHNITTSTELLEN_SAML", "")
        ),
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_TOTP_ISSUER": "Schnittstellenkatalog",
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": int(os.environ.get("SCHNITTSTELLEN_PROXIES") or https),
    }


def _cookies(https: bool) -> dict[str, Any]:
    """W005 and W021 ask for HSTS beyond our own name (subdomains, preload), which is for its owner to decide."""
    always = {"SESSION_COOKIE_AGE": 8 * 3600, "CSRF_COOKIE_HTTPONLY": True, "CSRF_COOKIE_SAMESITE": "Lax"}
    if not https:
        return always
    return {
        **always,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        "SECURE_REDIRECT_EXEMPT": [r"^health$"],
        "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
    }


def _mail(url: str, home: Path) -> dict[str, Any]:
    sender = {"DEFAULT_FROM_EMAIL": os.environ.get("SCHNITTSTELLEN_FROM", "schnittstellenkatalog@localhost")}
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**sender, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(home / "post")}
    parts = urlsplit(url)
    return {
        **sender,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": bool(parts.username),
    }


def _cache(home: Path) -> dict[str, Any]:
    """Files, so that all processes of the server count together."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    options = {"MAX_ENTRIES": 10_000}
    return {"CACHES": {"default": {"BACKEND": backend, "LOCATION": str(home / "cache"), "OPTIONS": options}}}


def providers(oidc: str, saml: str) -> dict[str, Any]:
    """The identity providers, from the JSON of SCHNITTSTELLEN_OIDC and SCHNITTSTELLEN_SAML."""
    return {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_oidc(one) for one in json.loads(oidc or "[]")]},
        "saml": {"APPS": [_saml(one) for one in json.loads(saml or "[]")]},
    }


def _oidc(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": one["secret"],
        "settings": {"server_url": one["server"], "verified_email": bool(one.get("mail_verified"))},
    }


def _saml(one: dict[str, Any]) -> dict[str, Any]:
    """Only answers to our own questions count, so that none can be sent twice or slipped in (`reject_idp_…`)."""
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["id"],
        "settings": {
            "idp": {"entity_id": one["entity_id"], "metadata_url": one["metadata"]},
            "attribute_mapping": {**SAML_ATTRIBUTES, **one.get("attributes", {})},
            "verified_email": bool(one.get("mail_verified")),
            "advanced": {**one.get("advanced", {}), "strict": True, "reject_idp_initiated_sso": True},
        },
    }
