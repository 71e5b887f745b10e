"""The door of the staff API: a token and nothing else opens it; every refusal leaves as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from gongkai.api.requests.call import Caller
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import NotAllowed, Refusal
from gongkai.orgs.actions import take_token
from gongkai.orgs.middleware import first_duty
from gongkai.orgs.models import TokenScope

Handler = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
# Counted per process, in memory only, as the portal's bounds are: they slow flooding down.
CALLS_A_MINUTE = 600
WRONG_TOKENS, WRONG_SECONDS = 30, 900


class Failed(Refusal):
    """A refusal with the status it leaves with."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.status = status


def missing() -> Failed:
    """The one answer for what is not there and for what may not be seen."""
    return Failed(404, "api.not_found", "没有找到，或者您没有查看的权限。")


def staff(**handlers: Handler) -> Callable[..., HttpResponseBase]:
    """A view for staff: one handler per method, each taking the request and its `Caller`.

    Cookies are never looked at, so no page of another site can make a browser act here.
    """
    known = {name.upper(): handler for name, handler in handlers.items()}
    if "GET" in known:
        known["HEAD"] = known["GET"]

    @csrf_exempt
    def entering(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        with translation.override("zh-hans"):
            try:
                caller = _enter(request)
                return _handler(request, caller, known)(request, caller, **arguments)
            except Refusal as refusal:
                return refused(refusal, known)
            except ValidationError as error:
                return refused(_from_validation(error), known)

    return entering


def _enter(request: HttpRequest) -> Caller:
    """Who calls; refused without a live token, or before the person's own first duty."""
    address = str(get_client_ip_address(request) or "")
    wrong = "api:wrong:" + salted_hmac("gongkai.api.door", address).hexdigest()
    if int(cache.get(wrong, 0)) >= WRONG_TOKENS:
        raise Failed(429, "api.too_many", "错误的令牌太多，请过一刻钟再试。")
    now = timezone.now()
    word, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = None
    if word.lower() == "bearer" and secret.strip():
        token = take_token(secret=secret.strip()[:200], now=now)
        if token is None:
            _count(wrong, WRONG_SECONDS)
    if token is None:
        raise Failed(401, "api.no_token", "请用有效的访问令牌调用：Authorization: Bearer 令牌。")
    if _count(f"api:calls:{token.pk}:{int(now.timestamp()) // 60}", 90) > CALLS_A_MINUTE:
        raise Failed(429, "api.too_many", f"一分钟最多调用{CALLS_A_MINUTE}次，请稍后再试。")
    sentence, _page = first_duty(token.person)
    if sentence:
        raise Failed(403, "api.first_duty", sentence)
    return Caller(token, now, civil_day(now))


def _count(key: str, seconds: int) -> int:
    """One more of these; how many there are now."""
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out in between
        cache.set(key, 1, seconds)
        return 1


def _handler(request: HttpRequest, caller: Caller, known: Mapping[str, Handler]) -> Handler:
    handler = known.get(request.method or "")
    if not known:
        raise missing()
    if handler is None:
        raise Failed(405, "api.method", f"这个地址只能用{'、'.join(known)}。")
    if request.method not in READING and caller.token.scope != TokenScope.WRITE:
        raise Failed(403, "api.read_only", "这个令牌只读，不能办理。请换用读写令牌。")
    return handler


def status_of(refusal: Refusal) -> int:
    """403 who asks, 400 what was given, 409 how the case stands; `Failed` says its own."""
    if isinstance(refusal, Failed):
        return refusal.status
    if isinstance(refusal, NotAllowed):
        return 403
    if refusal.fields or refusal.code in ("api.not_json", "api.twice"):
        return 400
    return 409


def refused(refusal: Refusal, known: Mapping[str, Handler]) -> HttpResponse:
    """A refusal as `{code, sentence, basis, fields}`."""
    status = status_of(refusal)
    response = told(refusal.as_dict(), status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 405:
        response.headers["Allow"] = ", ".join(known)
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _from_validation(error: ValidationError) -> Refusal:
    """A model's own complaint as a refusal."""
    if not hasattr(error, "error_dict"):
        return Refusal("row.invalid", "".join(error.messages))
    fields = {name: "".join(texts) for name, texts in error.message_dict.items()}
    return Refusal("row.invalid", "".join(fields.values()), fields=fields)


def told(data: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """`data` as JSON in UTF-8, for this caller alone: kept nowhere, open to no other origin."""
    return told_text(json.dumps(data, ensure_ascii=False), status=status)


def told_text(text: str, *, status: int = 200) -> HttpResponse:
    """The same of JSON written already."""
    response = HttpResponse(text, content_type="application/json", status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
