"""All settings, in one file; the environment decides (see .env.example for each variable).

With an empty environment this is a development installation on SQLite under var/.
"""

from pathlib import Path
from urllib.parse import urlsplit

import bootstrap_wrapper
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("PRODUCTION", default=False)


def required_in_production(name: str, development_value):
    """A variable that development can do without, and production must not."""
    if PRODUCTION and name not in env.ENVIRON:
        raise ImproperlyConfigured(f"{name} måste anges när PRODUCTION är satt; se .env.example.")
    return development_value


# Who we are --------------------------------------------------------------------------------------

DEBUG = not PRODUCTION and env.bool("DEBUG", default=False)
SECRET_KEY = env.str(
    "SECRET_KEY",
    default=required_in_production("SECRET_KEY", "endast-for-utveckling-och-demonstration"),
)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=required_in_production("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where this installation is reached: the links in what is sent in the background lead there.
SITE_URL = env.str(
    "SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}/" if PRODUCTION else "http://127.0.0.1:8000/",
)
ADMINS = [("Drift", address) for address in env.list("ADMIN_EMAILS", default=[])]

ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
AUTH_USER_MODEL = "organisation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "samverkan.organisation",
    "samverkan.access",
    "samverkan.journal",
    "samverkan.documents",
    "samverkan.collaboration",
    "samverkan.indicators",
    "plans",
    "lagesbild",
    "samverkan.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "samverkan.site.adminconfig.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "samverkan.site.static.StaticConfig",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samverkan.site.middleware.AskedFirst",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samverkan.site.kept.LoginRequired",
    "samverkan.site.middleware.PrivatePages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samverkan.site.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data --------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL",
        default=required_in_production(
            "DATABASE_URL", f"sqlite:///{VAR_DIR / 'samverkan.sqlite3'}"
        ),
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    # IMMEDIATE takes the write lock at BEGIN: two that read and then write wait for each other
    # instead of failing with "database is locked". REPLACE deletes, and the triggers that keep the
    # journal whole see it only when they may be recursive.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Of the role that the web processes have; `manage.py app_role` gives it. See docs/drift/.
POSTGRES_APP_PASSWORD = env.str("POSTGRES_APP_PASSWORD", default="")

# Rate limits must count across all web processes, so the cache is a table, not memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A full cache throws out a third. With Django's 300 whoever guesses could fill it at will.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Done by `manage.py db_worker`, which runs beside the web processes.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Log-in ------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "samverkan.organisation.login.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "samverkan.organisation.login.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # members are invited to an address that a samordnare wrote
ACCOUNT_SESSION_REMEMBER = None
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3  # letters and pages say "tre dagar"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Samverkan: "
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
}
# Behind a proxy each request comes from the proxy; the limits must count on who stands behind it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nothing is sent to an address that nobody has
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whose password or second step is changed is told so
MFA_ADAPTER = "samverkan.organisation.login.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Samverkan"

# Municipal single sign-on: off until all three are set.
SOCIALACCOUNT_PROVIDERS = {}
OIDC_ORIGINS = []
if OIDC_SERVER_URL := env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", default="kommunens inloggning"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_SERVER_URL,
                    # The municipality's own directory vouches for the address, and only who has
                    # been invited under it comes in.
                    "verified_email": True,
                    "email_authentication": True,
                },
            }
        ]
    }
    OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))]

SESSION_COOKIE_AGE = 60 * 60 * env.int("SESSION_HOURS", default=10)  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Behind TLS --------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]  # the health check comes from inside, without TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's form marks are data: images in its stylesheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [
            SELF,
            *OIDC_ORIGINS,
        ],  # a browser follows a form's redirect only where it may
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Swedish outside ---------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "samverkan.formats"

# Static files ------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Made by `manage.py build_fonts` from the font package: woff2 for the page, TTF for the PDF.
FONT_DIR = VAR_DIR / "fonts"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", Path(bootstrap_wrapper.get_bootstrap_css_dir())),
    ("fonts", FONT_DIR),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Half of what there is to compress is source maps, which only a developer's tools ask for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Mail and logs -----------------------------------------------------------------------------------

# On a developer's machine letters are written to the log; an invitation must not end up there.
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default=required_in_production("EMAIL_URL", "consolemail://")
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="samverkan@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

# Lists in the admin: formulas are escaped and permissions asked for; the library does neither
# unless it is told to.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_USE_TRANSACTIONS = True
# Between preview and import the file may meet another web process: it waits in the cache's table.
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"
