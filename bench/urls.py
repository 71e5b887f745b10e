"""The site's addresses and the empty view that everything is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai.project.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but what Django and the middleware cost."""
    return HttpResponse("ok")


urlpatterns = [path("api/empty/", empty), *site]
