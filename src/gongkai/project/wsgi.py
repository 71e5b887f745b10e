"""WSGI entry: ``gunicorn gongkai.project.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

from gongkai.project.config import read_config
from gongkai.project.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
refuse_unsafe(read_config())
application = get_wsgi_application()
