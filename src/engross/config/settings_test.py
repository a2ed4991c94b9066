"""Settings of the test suite: a cheap password hash, plain static files, nothing kept.

Whatever a run stores lies in a folder of its own, which goes when the run ends.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

# Made by whoever first writes into it: type checkers read these settings too, and end without
# a word to those who would clean up.
_FOLDER = Path(tempfile.gettempdir()) / f"engross-test-{secrets.token_hex(8)}"
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
# Before the settings are read: a test must not touch, or make, a deployment's own folder.
os.environ["ENGROSS_VAR"] = str(_FOLDER)
os.environ["ENGROSS_SECRET_KEY"] = secrets.token_hex()

from engross.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
# Tests roll back, so that one's events may bear the numbers of another's.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
    "drawn": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "read": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
# All tests ask from one address.
ENGROSS_API_ADDRESS_LIMIT = ENGROSS_API_TOKEN_LIMIT = 0
