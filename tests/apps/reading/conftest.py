"""The text that the tests of reading read."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.readable_text import store_readable


@pytest.fixture
def stored(db: None) -> None:
    """Take in a small code on three days."""
    store_readable()


def share_in(settings: Any, folder: Path) -> None:
    """Let all that is shared be kept in a folder, as in a deployment."""
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder}
    settings.CACHES = {**settings.CACHES, "read": files}
