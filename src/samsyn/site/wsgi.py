"""The application as a WSGI server starts it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
