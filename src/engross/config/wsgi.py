"""The web server's entry: `gunicorn engross.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engross.config.settings")
application = get_wsgi_application()
