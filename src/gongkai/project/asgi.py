"""ASGI entry, for servers that speak only ASGI (WSGI is the faster one here)."""

import os

from django.core.asgi import get_asgi_application

from gongkai.project.config import read_config
from gongkai.project.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
refuse_unsafe(read_config())
application = get_asgi_application()
