"""The one settings file: typed, and with every secret from the environment or the data folder."""

import json
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("KANTOOR_DATA", "kantoor-data")).resolve()
"""The data folder: database, keys, stored files. `kantoor --data` sets it."""

DEBUG = os.environ.get("KANTOOR_DEBUG", "") == "1"


def _secret_key() -> str:
    """The key that signs sessions: from the environment, else a file in the data folder."""
    if from_environment := os.environ.get("KANTOOR_SECRET_KEY"):
        return from_environment
    file = DATA / "keys" / "session.key"
    kept = file.read_text(errors="replace").strip() if file.exists() else ""
    # A process that has no data folder yet (`--help`, checks, tests) signs nothing that lasts; nor
    # does one whose key was damaged, until `run` has made a new one.
    return kept if len(kept) >= 32 else os.urandom(32).hex()


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue at BEGIN instead of failing at their first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            # FULL: a commit is on the disk before it is acknowledged, in WAL mode too.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY"
            ),
        },
    }


def _postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Without it Django lets no plan be kept (kernel/store/plans.py).
        "OPTIONS": {"prepare_threshold": 5, **query},
    }


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(DATA / "kantoor.sqlite3")
    try:
        scheme = urlsplit(url).scheme
        if scheme in ("postgres", "postgresql"):
            return _postgres(url)
        if scheme == "sqlite":
            return _sqlite(Path(urlsplit(url).path))
    except ValueError as reason:
        raise ImproperlyConfigured("DATABASE_URL is no address") from reason
    raise ImproperlyConfigured("DATABASE_URL begins with neither postgres:// nor sqlite:///")


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = {
    **{name: f"departments.{name}" for name in ("finance", "sales", "hr", "ict", "communication")},
    "procedures": "procedures",
    "management": "management",
}
"""Where each department lies in the package; the last two stand above departments."""

DEPARTMENTS = [
    name
    for name, room in ROOMS.items()
    if (PACKAGE / room.replace(".", "/") / "department.py").exists()
    and name not in os.environ.get("KANTOOR_WITHOUT", "").split(",")
]
"""The departments of this installation; all but finance may be left out (KANTOOR_WITHOUT)."""

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "kantoor.kernel",
    "kantoor.kernel.ui",
    "kantoor.kernel.pages",
    *[f"kantoor.{ROOMS[name]}" for name in DEPARTMENTS],
    "kantoor.shell",
]

MIDDLEWARE = [
    "kantoor.shell.middleware.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before all that may read a body: who is not signed in uploads nothing.
    "kantoor.shell.middleware.SignedInMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kantoor.config.urls"
WSGI_APPLICATION = "kantoor.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "kantoor.shell.frame.frame",
            ],
        },
    }
]

PASSWORD_HASHERS = ["kantoor.kernel.actors.passwords.Argon2"]

SESSION_ENGINE = "kantoor.shell.signing_in.store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = os.environ.get("KANTOOR_HTTPS", "") == "1"
"""Whether people reach Kantoor by https only (KANTOOR_HTTPS=1), mostly through a proxy."""
WORKER_MB = int(os.environ.get("KANTOOR_WORKER_MB", "64"))
"""Memory of its own at which the process that works on jobs makes place for a new one."""
PROXIES = int(os.environ.get("KANTOOR_PROXIES", "0"))
"""How many proxies of our own stand before Kantoor, which say in headers who calls."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SESSION_SAVE_EVERY_REQUEST = False
SIGN_IN_URL = "/sign-in"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
ALLOWED_HOSTS = os.environ.get("KANTOOR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("KANTOOR_ORIGINS", "").split(",") if o]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SMTP = os.environ.get("KANTOOR_SMTP", "")
"""Where mail is handed in: smtp://user:password@host:587 (STARTTLS) or smtps://… (TLS)."""

MAIL_BACKEND = os.environ.get("KANTOOR_MAIL_BACKEND", "")
"""A provider that mailings go out by in place of SMTP (anymail.backends.postmark.EmailBackend)."""
ANYMAIL = {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    **json.loads(os.environ.get("KANTOOR_ANYMAIL", "{}")),
}
"""What that provider asks, its key above all, as JSON: {"POSTMARK_SERVER_TOKEN": "…"}."""

ADDRESS = os.environ.get("KANTOOR_ADDRESS", "").rstrip("/")
"""Where people open Kantoor (https://kantoor.example.org); mail has links only where it is said."""

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS: list[str] = []
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None
# The server itself serves a compressed copy that never changes (kantoor/shell/static_files.py).
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}

SILENCED_SYSTEM_CHECKS: list[str] = []
