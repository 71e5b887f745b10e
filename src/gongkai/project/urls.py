"""The addresses of the whole site: portal at the root, desk under ``desk/``."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from gongkai.project import installed


def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: the process answers. Says nothing else, touches no data."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("accounts/", include("gongkai.orgs.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if installed.has_module("desk/urls.py"):
    from gongkai.desk.feeds import feed

    urlpatterns.append(path("desk/calendar/<str:secret>.ics", feed, name="calendar_feed"))
    urlpatterns.append(path("desk/", include("gongkai.desk.urls")))
if installed.has_module("api/urls.py"):
    urlpatterns.append(path("api/", include("gongkai.api.urls")))
if installed.has_module("exchange/urls.py"):
    urlpatterns.append(path("", include("gongkai.exchange.urls")))
if installed.has_module("portal/urls.py"):
    urlpatterns.append(path("", include("gongkai.portal.urls")))
