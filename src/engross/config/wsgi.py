"""The web server's entry: `gunicorn engross.config.wsgi`."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engross.config.settings")
# Empty where the files are served from their sources; whitenoise asks for it all the same.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
application = get_wsgi_application()
