"""Settings of the test suite: a cheap password hash, plain static files, nothing kept."""

import tempfile
from pathlib import Path

from engross.config.settings import *  # noqa: F403

VAR = Path(tempfile.mkdtemp(prefix="engross-test-"))
SECRET_KEY = "only for tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
