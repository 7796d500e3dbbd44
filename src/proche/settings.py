"""Every setting, read once from the environment. `proche doctor` and README list the variables."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from proche import env
from proche.locale import catalogues

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parents[1]
DATA_DIR = Path(env.text("PROCHE_DATA_DIR") or PROJECT / "var")
NODE_MODULES = Path(env.text("PROCHE_NODE_MODULES") or PROJECT / "node_modules")

DEBUG = env.flag("PROCHE_DEBUG", False)
SECRET_KEY = env.secret("PROCHE_SECRET_KEY", DATA_DIR / "secret_key")
BASE_URL = env.text("PROCHE_BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.names("PROCHE_HOSTS", "127.0.0.1,localhost,[::1]")
HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "proche.common",
    "proche.areas.accounts",
    "proche.areas.incidents",
    "proche.areas.people",
    "proche.areas.consent",
    "proche.areas.messages",
    "proche.areas.evidence",
    "proche.areas.recruitment",
    "proche.areas.imports",
    "proche.areas.brands",
    "proche.areas.matching",
    "proche.areas.campaigns",
    "proche.areas.events",
    "proche.areas.content",
    "proche.areas.impact",
    "proche.areas.takeout",
    "proche.faces.public",
    "proche.faces.agency",
    "proche.faces.member",
    "proche.faces.brand",
    "proche.faces.partner",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "proche.common.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "proche.common.middleware.FrenchFirstMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "proche.common.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "proche.urls"
WSGI_APPLICATION = "proche.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "proche.faces.context.installation",
            ],
            "builtins": [
                "proche.common.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "proche.common.ui.FormRenderer"

# Limits on signing in are counted by all processes together; "process" holds in the memory of each
# what is drawn or counted every few seconds.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "proche.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and formats: French whatever the browser asks, English by choice.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [catalogue.parents[2] for catalogue in catalogues()]
FORMAT_MODULE_PATH = ["proche.common.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "America/Montreal"
USE_TZ = True

# Accounts: a code by e-mail, no password anywhere.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = reverse_lazy("account_request_login_code")
LOGIN_REDIRECT_URL = "/entree/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "proche.areas.accounts.adapter.ClosedSignUpAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "proche.faces.sign_in.AddressForm",
    "confirm_login_code": "proche.faces.sign_in.CodeForm",
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
SECURE_SSL_REDIRECT = HTTPS and env.flag("PROCHE_SSL_REDIRECT", True)
# Behind a proxy, the scheme and the address of a reader are those that the proxy writes.
BEHIND_PROXY = env.flag("PROCHE_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A time-stamp authority (RFC 3161) that stamps the seals of proofs; without one, none is asked.
TIME_STAMP_URL = env.web_address("PROCHE_TSA_URL")

# Mail: nothing leaves the machine until an SMTP server is named; until then it is kept in a folder.
EMAIL_BACKEND = "proche.common.mail.FolderBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
globals().update(env.smtp("PROCHE_SMTP_URL"))
MAIL_STAYS_HERE = EMAIL_BACKEND == "proche.common.mail.FolderBackend"
DEFAULT_FROM_EMAIL = env.text("PROCHE_MAIL_FROM", "Proche <proche@localhost>")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "proche.common.assets.ChosenPackagesFinder",
]
# One list, so that a page cannot serve a file nobody chose: (package folder, file, name served).
STATIC_PACKAGES = [
    ("@tabler/core/dist/css", "tabler.min.css", "lib"),
    ("@fontsource-variable/figtree/files", "figtree-latin-wght-normal.woff2", "lib/fonts"),
    ("@fontsource-variable/newsreader/files", "newsreader-latin-wght-normal.woff2", "lib/fonts"),
    ("htmx.org/dist", "htmx.min.js", "lib"),
    ("vega/build", "vega.min.js", "lib"),
    ("vega-lite/build", "vega-lite.min.js", "lib"),
    ("vega-embed/build", "vega-embed.min.js", "lib"),
]
MANIFEST_STATIC = env.flag("PROCHE_MANIFEST_STATIC", not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "proche.common.assets.ManifestStorage"
        if MANIFEST_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not MANIFEST_STATIC
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# A job is redelivered when a killed worker has not acknowledged it within `retry` seconds.
Q_CLUSTER = {
    "name": "proche",
    "orm": "default",
    "workers": 1,
    "timeout": 120,
    "retry": 150,
    "max_attempts": 5,
    "ack_failures": False,
    "poll": 0.5,
    "catch_up": False,
    "label": _("Jobs"),
    "save_limit": 500,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("PROCHE_LOG_LEVEL", "WARNING")},
}
