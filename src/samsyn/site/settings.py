"""Django's settings. What an installation may choose stands in config.py; the rest is the product's own decision."""

from __future__ import annotations

from samsyn.site.config import read_config, secret_key
from samsyn.site.sqlite import PRAGMAS, use_safe_sqlite

use_safe_sqlite()

CONFIG = read_config()

SECRET_KEY = secret_key(CONFIG.folder)
DEBUG = CONFIG.SAMSYN_DEBUG
ALLOWED_HOSTS = [name.strip() for name in CONFIG.SAMSYN_HOSTS.split(",") if name.strip()]

INSTALLED_APPS = [
    "samsyn.records.access",
    "samsyn.records.outbox",
    "samsyn.records.partnership",
    "samsyn.records.source",
    "samsyn.records.situation",
    "samsyn.records.plan",
    "samsyn.records.follow_up",
    "samsyn.records.meeting",
    "samsyn.web.components.apps.ComponentsConfig",
    "samsyn.web.apps.WebConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samsyn.web.gate.HeadAsGet",
    "django.middleware.gzip.GZipMiddleware",  # hides the length against BREACH; our tokens are masked anew on every page as well
    "samsyn.web.gate.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "samsyn.web.gate.SizeLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samsyn.web.gate.Gate",
]

ROOT_URLCONF = "samsyn.site.urls"
WSGI_APPLICATION = "samsyn.site.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samsyn.web.frame.frame",
            ],
            "builtins": ["samsyn.web.components.templatetags.samsyn"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CONFIG.database,
        # IMMEDIATE makes every atomic block take the write lock at once: so never ATOMIC_REQUESTS
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}

# signing in
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "samsyn.web.pages.sign_in.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": CONFIG.SAMSYN_SIGN_IN_RATE, "login_link": "20/m/ip,3/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.SAMSYN_HTTPS else 0  # behind a proxy the visitor's address is the last it wrote; else nobody's word is taken
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/logga-in/"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.SAMSYN_HTTPS
SESSION_COOKIE_NAME = "__Host-samsyn" if CONFIG.SAMSYN_HTTPS else "samsyn"
CSRF_COOKIE_SECURE = CONFIG.SAMSYN_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samsyn.web.faults.csrf"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if CONFIG.SAMSYN_HTTPS]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

if CONFIG.SAMSYN_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# what comes in
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "samsyn.site.static_files.NamedByContent"},
}
WHITENOISE_USE_FINDERS = DEBUG  # else only what start-up has laid out and compressed
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600  # for plain names; those named by content are kept for ever

if CONFIG.sends_mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = CONFIG.SAMSYN_SMTP_HOST
    EMAIL_PORT = CONFIG.SAMSYN_SMTP_PORT
    EMAIL_HOST_USER = CONFIG.SAMSYN_SMTP_USER
    EMAIL_HOST_PASSWORD = CONFIG.SAMSYN_SMTP_PASSWORD
    EMAIL_USE_TLS = CONFIG.smtp_tls == "starttls"
    EMAIL_USE_SSL = CONFIG.smtp_tls == "tls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONFIG.SAMSYN_MAIL_FROM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"class": "samsyn.site.logged.WithoutTokens", "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
}
