"""The web server's entry: `gunicorn engross.config.wsgi`."""

import os
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engross.config.settings")
# Empty where the files are served from their sources; whitenoise asks for it all the same.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
application = get_wsgi_application()
# Every page and operation is loaded now, so that nobody's first request waits for it.
import_module(settings.ROOT_URLCONF)
