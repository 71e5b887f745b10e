"""The site as the web server runs it, on the data of the benchmark."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
