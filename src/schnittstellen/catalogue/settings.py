"""Settings of Django, all from the environment; without any, one SQLite file below $SCHNITTSTELLEN_HOME.

SCHNITTSTELLEN_HOME      folder of the database, the secret and stored files
DATABASE_URL             postgresql://user:password@host:port/name (also PGHOST and the rest for what it omits)
SCHNITTSTELLEN_HOSTS     names that `serve` answers to, separated by commas
SCHNITTSTELLEN_SECRET    the secret of sessions; made and kept below the home where it is missing
SCHNITTSTELLEN_PUBLISHER who runs the catalogue, as open data portals shall name them
SCHNITTSTELLEN_TEXTS     folder of impressum.md, datenschutz.md, barrierefreiheit.md ("texte" below the home)
SCHNITTSTELLEN_ADDRESS   how people reach the catalogue, such as https://katalog.stadt.example; stands in certificates
SCHNITTSTELLEN_BOARD     who issues certificates (IT-Digitalbeirat)
SCHNITTSTELLEN_BOARD_KEYS  file of the board's public keys, as `schnittstellen key create --board` writes it
SCHNITTSTELLEN_BOARD_KEY   file of the board's private key; with it the server signs certificates and test orders
SCHNITTSTELLEN_BOARD_PASSPHRASE  the passphrase of that file, where it has one
SCHNITTSTELLEN_RUN_LEASE seconds after which a worker that says nothing counts as dead (30)
SCHNITTSTELLEN_PRIVATE_ENDPOINTS  1 lets runs reach addresses of internal networks; for a catalogue inside one
SCHNITTSTELLEN_HAND_IN_DAYS  days for which the inputs of a hand-in are kept privately (30)
SCHNITTSTELLEN_RATE_TOKEN    requests a minute that a token has for /api/ (1200); 0 is no limit
SCHNITTSTELLEN_RATE_ADDRESS  requests a minute that an address without a token has for /api/ (600); 0 is no limit
SCHNITTSTELLEN_RATE_TEST     tests a minute that an address may ask for on the page (12); 0 is no limit
SCHNITTSTELLEN_TESTS     tests on the page that this machine carries out at once (2)
SCHNITTSTELLEN_DEBUG     1 shows traces in the browser; for developers only
"""

import os
from pathlib import Path

from schnittstellen.artefacts.library import home
from schnittstellen.catalogue import accounts_settings, queue_settings
from schnittstellen.catalogue.environment import database, secret

HOME = home()
DEBUG = os.environ.get("SCHNITTSTELLEN_DEBUG") == "1"
SECRET_KEY = os.environ.get("SCHNITTSTELLEN_SECRET") or secret(HOME)
ALLOWED_HOSTS = os.environ.get("SCHNITTSTELLEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

PUBLISHER = os.environ.get("SCHNITTSTELLEN_PUBLISHER", "Schnittstellenkatalog")

TEXTS = Path(os.environ.get("SCHNITTSTELLEN_TEXTS") or HOME / "texte")
BOARD = os.environ.get("SCHNITTSTELLEN_BOARD", "IT-Digitalbeirat")
BOARD_KEYS = os.environ.get("SCHNITTSTELLEN_BOARD_KEYS", "")
BOARD_KEY = os.environ.get("SCHNITTSTELLEN_BOARD_KEY", "")
BOARD_PASSPHRASE = os.environ.get("SCHNITTSTELLEN_BOARD_PASSPHRASE", "")
ADDRESS = os.environ.get("SCHNITTSTELLEN_ADDRESS", "").rstrip("/")
SERVED_AT = ADDRESS or os.environ.get("SCHNITTSTELLEN_SERVED_AT", "")
"""Where mails lead to: `serve` names itself where nobody said how people reach it. Nothing that is signed names it."""

RUN_LEASE_SECONDS = float(os.environ.get("SCHNITTSTELLEN_RUN_LEASE", "30"))
PRIVATE_ENDPOINTS = os.environ.get("SCHNITTSTELLEN_PRIVATE_ENDPOINTS") == "1"

HAND_IN_DAYS = int(os.environ.get("SCHNITTSTELLEN_HAND_IN_DAYS", "30"))

RATE_LIMITS = {
    "token": int(os.environ.get("SCHNITTSTELLEN_RATE_TOKEN", "1200")),
    "address": int(os.environ.get("SCHNITTSTELLEN_RATE_ADDRESS", "600")),
    "test": int(os.environ.get("SCHNITTSTELLEN_RATE_TEST", "12")),
}
RATE_LIMIT_FOLDER = HOME / "limits"
TESTS_AT_ONCE = int(os.environ.get("SCHNITTSTELLEN_TESTS", "2"))
TESTS_FOLDER = HOME / "tests"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "schnittstellen.catalogue",
    "schnittstellen.web",
    *accounts_settings.APPS,
    *queue_settings.apps(DATABASES["default"]["ENGINE"]),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "schnittstellen.web.middleware.policy",
    "schnittstellen.web.api.edge.edge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "schnittstellen.web.kept.kept",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schnittstellen.web.accounts.middleware.author",
    "schnittstellen.web.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schnittstellen.web.accounts.leaving.leaving",
    "schnittstellen.web.middleware.Faults",
    "schnittstellen.web.sent.PlainForms",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "web" / "pages" / "templates"],
        "OPTIONS": {
            "environment": "schnittstellen.web.pages.jinja.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schnittstellen.web.pages.context.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CSRF_FAILURE_VIEW = "schnittstellen.web.pages.views.errors.not_from_here"
ROOT_URLCONF = "schnittstellen.web.urls"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("SCHNITTSTELLEN_STATIC", HOME / "static"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 30 * 24 * 3600
STATICFILES_DIRS = [("report", str(Path(__file__).parent.parent / "reports" / "templates" / "styles"))]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000
"""More than anybody may hand in, so that the page can say how many it takes."""
globals().update(accounts_settings.settings(HOME))
globals().update(queue_settings.settings(DATABASES["default"]["ENGINE"]))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django": {"handlers": ["errors"]}},
}
