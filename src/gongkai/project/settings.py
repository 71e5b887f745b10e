"""Django settings, derived from ``Config``. Change the configuration, not this file."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gongkai.project import installed
from gongkai.project.config import read_config
from gongkai.project.database import databases
from gongkai.project.logs import logging_config
from gongkai.project.mail import mail_settings
from gongkai.project.secrets import (
    kept_secret,
    new_journal_key,
    new_personal_key,
    new_secret_key,
)

CONFIG = read_config()
HERE = Path(__file__).resolve().parent
PRODUCTION = CONFIG.production
DEBUG = CONFIG.debug
SECRET_KEY = CONFIG.secret_key or kept_secret(CONFIG.secrets, "secret_key", new_secret_key)
SECRET_KEY_FALLBACKS = list(CONFIG.secret_key_fallbacks)

# What other parts read from here.
GONGKAI_JOURNAL_KEY = CONFIG.journal_key or kept_secret(
    CONFIG.secrets, "journal_key", new_journal_key
)
GONGKAI_PERSONAL_KEY = CONFIG.personal_key or kept_secret(
    CONFIG.secrets, "personal_key", new_personal_key
)
GONGKAI_DATA = CONFIG.data
GONGKAI_FILES = CONFIG.files
GONGKAI_INDEX = CONFIG.index
GONGKAI_SECRETS = CONFIG.secrets
GONGKAI_SEARCH_BACKEND = CONFIG.search_backend
GONGKAI_SCANNERS = list(CONFIG.scanners)
GONGKAI_EXTRACTORS = list(CONFIG.extractors)
GONGKAI_REDACTORS = list(CONFIG.redactors)
GONGKAI_COMPARE_LEAST = CONFIG.compare_least
GONGKAI_OPEN_DATA_LEAST = CONFIG.open_data_least
GONGKAI_BULK_ENGINE = CONFIG.bulk_engine
GONGKAI_ARCHIVE_FILES = CONFIG.archive_files
GONGKAI_ARCHIVE_MB = CONFIG.archive_mb
GONGKAI_ARCHIVE_RATIO = CONFIG.archive_ratio
GONGKAI_ARCHIVE_DEPTH = CONFIG.archive_depth
GONGKAI_FONT_DIRS = list(CONFIG.font_dirs)
GONGKAI_PORTAL_HOSTS = list(CONFIG.portal_hosts)
GONGKAI_DESK_HOSTS = list(CONFIG.desk_hosts)

# --- parts -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    *installed.apps(),
    "gongkai.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.project.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "gongkai.project.middleware.two_addresses",
    *(["gongkai.portal.keeping.kept_pages"] if installed.has_part("portal") else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    *(["gongkai.journal.middleware.act_middleware"] if installed.has_part("journal") else []),
    "gongkai.orgs.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gongkai.project.urls"
WSGI_APPLICATION = "gongkai.project.wsgi.application"
ASGI_APPLICATION = "gongkai.project.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- kept data -------------------------------------------------------------------------------
DATABASES = databases(CONFIG)
MEDIA_ROOT = CONFIG.files
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "gongkai",
        "OPTIONS": {"MAX_ENTRIES": 3000},  # kept public pages and counts, some 20 KB each
    }
}
STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
GONGKAI_MAX_UPLOAD_BYTES = CONFIG.max_upload_mb * 1024 * 1024

_queue = installed.has_module("queue/backend.py") and installed.has_part("queue")
TASKS = {
    "default": {
        "BACKEND": (
            "gongkai.queue.backend.OrmBackend"
            if _queue
            else "django_tasks.backends.immediate.ImmediateBackend"
        )
    }
}

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "orgs.Person" if installed.has_part("orgs") else "auth.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "gongkai.project.accounts.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "gongkai.project.accounts.SignInForm",
    "change_password": "gongkai.orgs.forms.NewPassword",
    "reauthenticate": "gongkai.orgs.forms.PasswordAgain",
}
MFA_FORMS = {
    "authenticate": "gongkai.orgs.forms.Code",
    "reauthenticate": "gongkai.orgs.forms.CodeAgain",
    "activate_totp": "gongkai.orgs.forms.FirstCode",
}
# The lock-out of a name is axes' affair; this bounds guessing of one-time codes.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,10/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Addresses are entered by the administrator and never confirmed by mail (closed networks).
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "gongkai"
MFA_ADAPTER = "gongkai.orgs.second_factor.SecondFactor"
AXES_FAILURE_LIMIT = CONFIG.lockout_attempts
AXES_COOLOFF_TIME = timedelta(minutes=CONFIG.lockout_minutes)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongkai.orgs.lockout.locked_out"
AXES_USERNAME_CALLABLE = "gongkai.orgs.lockout.login_name"
# A try while locked neither lengthens the lock nor makes its announced end untrue.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False  # its log lines hold names and addresses
AXES_DISABLE_ACCESS_LOG = True  # signing in is an event of the journal
AXES_IPWARE_PROXY_COUNT = CONFIG.proxies or None
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if CONFIG.proxies else ["REMOTE_ADDR"]
)
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.proxies

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone

# --- safety ----------------------------------------------------------------------------------
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [
    *dict.fromkeys(
        [
            *CONFIG.hosts,
            *CONFIG.portal_hosts,
            *CONFIG.desk_hosts,
            *([] if PRODUCTION else _LOOPBACK),
        ]
    )
]
CSRF_TRUSTED_ORIGINS = [f"https://{h.removeprefix('.')}" for h in ALLOWED_HOSTS if PRODUCTION]
if CONFIG.https_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = CONFIG.hsts_seconds if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-gongkai-session" if PRODUCTION else "gongkai_session"
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-gongkai-csrf" if PRODUCTION else "gongkai_csrf"
if installed.has_module("desk/access.py"):
    CSRF_FAILURE_VIEW = "gongkai.desk.access.stale_token"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if PRODUCTION else {}),
    }
}

# --- mail and logs ---------------------------------------------------------------------------
_mail = mail_settings(CONFIG)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = CONFIG.email_from
SERVER_EMAIL = CONFIG.email_from
LOGGING = logging_config(CONFIG.log_level)
SILENCED_SYSTEM_CHECKS = [
    # A name is locked whatever the address: changing it gains nothing. Locking an address would
    # lock a whole bureau, which has one; ACCOUNT_RATE_LIMITS bounds tries by address.
    "axes.W006",
]
