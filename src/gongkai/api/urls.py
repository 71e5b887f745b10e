"""Addresses under `/api/`: questions of the law, published records, the staff API, documents."""

from __future__ import annotations

from django.urls import path

from gongkai.api import records, views
from gongkai.api.requests.urls import urlpatterns as requests
from gongkai.law.questions import QUESTIONS

app_name = "api"
urlpatterns = [
    path("v1/openapi.json", views.document, name="openapi"),
    path("v1/law/calendar/<str:year>", views.calendar_year, name="calendar-year"),
    *(path(f"v1/law/{key}", views.question, {"key": key}, name=f"law-{key}") for key in QUESTIONS),
    path("v1/records", records.listed, name="records"),
    path("v1/records/<uuid:uuid>", records.one, name="record"),
    *requests,
    path("", views.nothing_here, name="root"),
    path("<path:rest>", views.nothing_here, name="missing"),
]
