"""Addresses of the register of activities, under /desk/activities/."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.desk.activities import pages

_UUID = r"(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_A = "activities/<uuid:uuid>"
urlpatterns = [
    path("activities/", pages.Activities.as_view(), name="activities"),
    path("activities/new/", pages.NewActivity.as_view(), name="activity_new"),
    path(f"{_A}/", pages.OneActivity.as_view(), name="activity"),
    path(f"{_A}/edit/", pages.EditActivity.as_view(), name="activity_edit"),
    path(f"{_A}/strike/", pages.StrikeActivity.as_view(), name="activity_strike"),
    re_path(
        f"^activities/{_UUID}/files/(?P<pk>[0-9]{{1,12}})/$",
        pages.ActivityPaper.as_view(),
        name="activity_file",
    ),
]
