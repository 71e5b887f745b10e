"""The law's questions over HTTP: the same answers as `gongkai law … --json`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.api import openapi
from gongkai.api.responses import answer, public, refused
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.questions import QUESTIONS
from gongkai.orgs.queries import calendar


@public
def question(request: HttpRequest, *, key: str) -> HttpResponse:
    """Answer one question; its fields are the parameters of the address."""
    return _told(key, _given(request))


@public
def calendar_year(request: HttpRequest, *, year: str) -> HttpResponse:
    """The working days of a year, month by month."""
    for name in request.GET:
        raise _wrong("question.unknown_field", name, "这里没有这一项，请删去。")
    return _told("calendar", {"year": year})


@public
def document(request: HttpRequest) -> HttpResponse:
    """This API described as OpenAPI 3.1."""
    return answer(openapi.document(request.build_absolute_uri("/api/v1")))


@public
def nothing_here(request: HttpRequest, *, rest: str = "") -> HttpResponse:
    """Every other address."""
    sentence = "没有这个接口。接口清单见 /api/v1/openapi.json。"
    return refused(Refusal("api.not_found", sentence), status=404)


def _told(key: str, values: dict[str, str]) -> HttpResponse:
    today = civil_day(timezone.now())
    return answer(QUESTIONS[key].ask(values, today=today, calendar=calendar).data)


def _given(request: HttpRequest) -> dict[str, str]:
    """The parameters; one given twice is refused, for nobody can tell which is meant."""
    for name, texts in request.GET.lists():
        if len(texts) > 1:
            raise _wrong("api.twice", name, "只能给一次，请删去多余的。")
    return {str(key): str(text) for key, text in request.GET.items()}


def _wrong(code: str, name: str, words: str) -> Refusal:
    short = name[:40]
    return Refusal(code, f"“{short}”：{words}", fields={short: words})
