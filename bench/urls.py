"""The site's addresses and the empty views that everything is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai.desk.page import DeskView
from gongkai.project.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but what Django and the middleware cost."""
    return HttpResponse("ok")


class EmptyDesk(DeskView):
    """A desk page with nothing on it: sign-in, roles and the frame."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The frame alone."""
        return self.show("desk/base_desk.html")


urlpatterns = [path("api/empty/", empty), path("desk/empty/", EmptyDesk.as_view()), *site]
