"""Settings of a deployment, read from the environment; see docs/guides/run-a-deployment.md."""

from pathlib import Path

import environ
import fontpkg_public_sans
from csp.constants import NONCE, NONE, SELF  # noqa: F401

from engross.config.databases import caches_of, database_of
from engross.config.logs import logging_settings, set_up_structlog
from engross.config.organisations import oidc_providers, sign_in_origins
from engross.config.storage import storage_of

env = environ.Env()
REPOSITORY = Path(__file__).resolve().parents[3]
VAR = Path(env.str("ENGROSS_VAR", default=str(REPOSITORY / "var")))

DEBUG = env.bool("ENGROSS_DEBUG", default=False)
ENGROSS_CODE = env.str("ENGROSS_CODE", default="sec")
ENGROSS_DEMONSTRATION = env.bool("ENGROSS_DEMONSTRATION", default=False)
ALLOWED_HOSTS = env.list("ENGROSS_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
SITE_URL = env.str("ENGROSS_SITE_URL", default="http://127.0.0.1:8000")
# How many proxies of our own stand before the server and add to X-Forwarded-For.
ENGROSS_PROXIES = env.int("ENGROSS_PROXIES", default=0)
# How many requests a minute the API answers: without a token to each address, and to each token.
# 0 is no limit. Processes count together where they share a cache.
ENGROSS_API_ADDRESS_LIMIT = env.int("ENGROSS_API_ADDRESS_LIMIT", default=600)
ENGROSS_API_TOKEN_LIMIT = env.int("ENGROSS_API_TOKEN_LIMIT", default=1200)
CSRF_TRUSTED_ORIGINS = env.list("ENGROSS_TRUSTED_ORIGINS", default=[])


def _secret_key() -> str:
    """Return the deployment's key: from the environment, else one kept beside the database."""
    if given := env.str("ENGROSS_SECRET_KEY", default=""):
        return str(given)
    from engross.config.secrets import kept_secret

    return kept_secret(VAR / "secret-key")


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "engross.design",
    "engross.apps.accounts",
    "engross.apps.audit",
    "engross.apps.jobs",
    "engross.apps.mail",
    "engross.apps.files",
    "engross.apps.registers",
    "engross.apps.dates",
    "engross.apps.parties",
    "engross.apps.people",
    "engross.apps.notices",
    "engross.apps.legaltext",
    "engross.apps.products",
    "engross.apps.effort",
    "engross.apps.metrics",
    "engross.apps.meetings",
    "engross.apps.proposals",
    "engross.apps.releases",
    "engross.apps.consultations",
    "engross.apps.votes",
    "engross.apps.crosscode",
    "engross.apps.timetables",
    "engross.apps.helpdesk",
    "engross.apps.reading",
    "engross.apps.publishing",
    "engross.apps.reports",
    "engross.apps.exchange",
    "engross.apps.following",
    "engross.apps.search",
    "engross.apps.operations",
    "engross.apps.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django_structlog",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "engross.config.observing.Observed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "engross.config.compressing.Compressing",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "engross.config.sources.Sources",
    "django_structlog.middlewares.RequestMiddleware",
    "engross.config.readers.Readers",
    "engross.config.machines.Machines",
    "engross.config.guards.Guards",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "engross.config.urls"
WSGI_APPLICATION = "engross.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["engross.design.templatetags.design"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "engross.design.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database_of(env, VAR)}
CACHES = caches_of(env, VAR)
# An OpenSearch index that answers searches in the place of the database.
SEARCH_URL = env.str("SEARCH_URL", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where background work is done: "immediate" by the process that asks, once it has committed;
# "database" by `engross worker`, which a deployment of several processes runs.
ENGROSS_TASKS = env.str("ENGROSS_TASKS", default="immediate")
TASKS = {
    "default": {
        "BACKEND": {
            "immediate": "engross.apps.jobs.adapters.AfterCommit",
            "database": "django_tasks_db.DatabaseBackend",
        }[ENGROSS_TASKS]
    }
}
# The local time at which news is mailed to who does not want it at once.
ENGROSS_NEWS_AT = env.str("ENGROSS_NEWS_AT", default="07:00")
# The minutes after each attempt until a webhook that did not take a message is tried again.
ENGROSS_WEBHOOK_WAITS = env.str("ENGROSS_WEBHOOK_WAITS", default="1, 5, 30, 120, 360, 720, 1440")
# Lets webhooks lead to the machine itself, over plain http: to try out a receiver.
ENGROSS_WEBHOOK_LOCAL = env.bool("ENGROSS_WEBHOOK_LOCAL", default=False)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "engross.apps.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Beside allauth's own limits: for an account, to invite others, to answer without one.
ACCOUNT_RATE_LIMITS = {
    "register": "10/h/ip,3/h/key",
    "invite": "100/d/user",
    # Many of one organisation may answer from one address.
    "consultation": "60/h/ip,5/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
ACCOUNT_FORMS = {
    name: f"engross.apps.accounts.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "reauthenticate": "PasswordAgainForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ForgottenPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "add_email": "NewAddressForm",
    }.items()
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENGROSS_PROXIES
MFA_ADAPTER = "engross.apps.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "engross.apps.accounts.forms.AddKeyForm",
    "authenticate_webauthn": "engross.apps.accounts.forms.KeyForm",
    "login_webauthn": "engross.apps.accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "engross.apps.accounts.forms.KeyAgainForm",
}
MFA_TOTP_ISSUER = "Engross"
# A clock may be half a minute out.
MFA_TOTP_TOLERANCE = 1
# Browsers themselves refuse passkeys over plain HTTP, except on the machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")
# Organisations whose people sign in there: see docs/guides/accounts-and-roles.md.
ENGROSS_OIDC = env.json("ENGROSS_OIDC", default=[])
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_providers(ENGROSS_OIDC)}}
SOCIALACCOUNT_ADAPTER = "engross.apps.accounts.adapters.OrganisationAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
DEFAULT_FROM_EMAIL = env.str("ENGROSS_MAIL_FROM", default="Engross <no-reply@engross.example>")
# Whoever sends mail puts it into the outbox; from there it goes where EMAIL_URL says.
EMAIL_BACKEND = "engross.apps.mail.adapters.Outbox"
_MAIL = env.email_url("EMAIL_URL", default="consolemail://")
MAIL_TRANSPORT = _MAIL.pop("EMAIL_BACKEND")
globals().update(_MAIL)
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    ("fonts", Path(fontpkg_public_sans.__file__).parent / "files"),
    ("legaltext", Path(__file__).parents[1] / "adapters" / "legaltext" / "redlines" / "static"),
]
WHITENOISE_USE_FINDERS = env.bool("ENGROSS_STATIC_FROM_SOURCE", default=True)
STORAGES = {
    "default": storage_of(env.str("STORAGE_URL", default=""), folder=VAR / "files"),
    # Style and typeface are compressed once, when they are gathered.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# The largest file that is taken in, in bytes.
ENGROSS_LARGEST_FILE = env.int("ENGROSS_LARGEST_FILE", default=50 * 1024 * 1024)
# A pasted CSV of 100,000 rows is a file; a form field never needs this much.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A form that signs in at an organisation is answered by a redirect to it.
        "form-action": [SELF, *sign_in_origins(ENGROSS_OIDC)],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("ENGROSS_HTTPS", default=False)
SILENCED_SYSTEM_CHECKS: list[str] = []

# Faults go to standard error, where whoever runs the server finds them; the page says so.
LOGGING = logging_settings(env.str("ENGROSS_LOG", default="line"))
set_up_structlog()
# Without a token nobody reads the metrics.
ENGROSS_METRICS_TOKEN = env.str("ENGROSS_METRICS_TOKEN", default="")
