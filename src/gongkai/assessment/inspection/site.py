"""The public site read from inside: the running application answers, no socket is opened."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: at most `MOST_BYTES` of the body, and how long it took."""

    status: int
    media_type: str
    body: bytes
    milliseconds: int


class Site:
    """Reads pages as a stranger with a browser would: no cookie, no account.

    The whole stack of middleware answers. The end of a request is not announced: it would close
    the database connection of the inspection under its feet.
    """

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def read(self, address: str) -> Page:
        """GET the path with its query."""
        begun = time.monotonic()
        response = self._handler.get_response(WSGIRequest(_environ(address)))
        try:
            body = _some(response)
        finally:
            for close in getattr(response, "_resource_closers", ()):
                close()
        took = int((time.monotonic() - begun) * 1000)
        media = response.headers.get("Content-Type", "").partition(";")[0].strip()
        return Page(response.status_code, media, body, took)


def _environ(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        # WSGI wants the bytes of the path as Latin-1 (PEP 3333).
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "HTTP_HOST": host(),
        "SERVER_NAME": host(),
        "SERVER_PORT": "443" if settings.SECURE_SSL_REDIRECT else "80",
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http",
        "wsgi.input": io.BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
    }
    setup_testing_defaults(environ)
    return environ


def host() -> str:
    """The name under which the portal answers."""
    for name in (*settings.GONGKAI_PORTAL_HOSTS, *settings.ALLOWED_HOSTS):
        if name and name != "*":
            return str(name).removeprefix(".")
    return "localhost"


def _some(answer: Any) -> bytes:
    body = b""
    for chunk in answer:
        body += chunk
        if len(body) >= MOST_BYTES:
            break
    return body
