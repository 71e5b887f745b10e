"""The frame around every public view: language, type size, freshness, refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongkai.catalog import generation
from gongkai.catalog.directory import BodyLine, Directory, directory
from gongkai.kit.dates import civil_day
from gongkai.portal import links, templating
from gongkai.portal.keeping import Face, keep_page

# The order of the five-part column of 国办公开办函〔2019〕61号, after home and before search.
NAVIGATION = (
    ("home", "首页"),
    ("guide", "公开指南"),
    ("measures", "公开制度"),
    ("catalog", "法定主动公开内容"),
    ("reports", "公开年报"),
    ("requests", "依申请公开"),
    ("search", "检索"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a public view knows of the visit: nothing of who comes, only how they want to read."""

    request: HttpRequest
    generation: int
    names: Directory
    today: date
    english: bool
    large: bool

    @property
    def host(self) -> str:
        """The host asked for, checked against the allowed ones."""
        return self.request.get_host()

    def absolute(self, path: str) -> str:
        """A path of this site as a whole address."""
        return f"{self.request.scheme}://{self.host}{path}"

    @property
    def site(self) -> BodyLine | None:
        return self.names.site

    def render(
        self, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> HttpResponse:
        """The page as a response."""
        values = {**_frame(self.generation, self.names, self.english), **context}
        values["large"], values["here"] = self.large, self.request.get_full_path()
        html = templating.html(template, values, english=self.english)
        return HttpResponse(html, status=status)


def site_name(site: BodyLine | None) -> str:
    """The name of the site as it stands over every page and in `SiteName`."""
    if site is None:
        return "政府信息公开"
    return site.site_name or f"{site.name}政府信息公开"


def _frame(number: int, names: Directory, english: bool) -> dict[str, object]:
    return _kept_frame(number, english) if number else _made_frame(names, english)


@lru_cache(maxsize=4)
def _kept_frame(number: int, english: bool) -> dict[str, object]:
    return _made_frame(directory(number), english)


def _made_frame(names: Directory, english: bool) -> dict[str, object]:
    return {
        "site": names.site,
        "site_name": site_name(names.site),
        "navigation": navigation(english),
        "is_demo": names.is_demo,
        "here_name": "",
    }


@lru_cache(maxsize=2)
def navigation(english: bool) -> tuple[tuple[str, str, str], ...]:
    """Name, address and label of the entries of the column, in the language of the page."""
    with translation.override("en" if english else "zh-hans"):
        return tuple((name, links.to(name), _(label)) for name, label in NAVIGATION)


View = Callable[..., HttpResponseBase]


def public(*, keep: bool = True) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view of the portal from `view(visit, **arguments)`.

    A kept page is answered by `keeping.kept_pages` until the next publication. With `keep=False`
    (search, downloads) it is made each time.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            face = Face.of(request, civil_day(timezone.now()))
            known = getattr(request, "public_generation", None)
            number = generation.current() if known is None else known
            translation.activate("en" if face.english else "zh-hans")
            names = directory(number)
            visit = Visit(request, number, names, face.today, face.english, face.large)
            response = _call(view, visit, arguments)
            if keep:
                keep_page(request, response, face, number)
            return finish(response, english=face.english)

        return answer

    return decorate


def _call(view: View, visit: Visit, arguments: dict[str, Any]) -> HttpResponseBase:
    try:
        return view(visit, **arguments)
    except Http404 as missing:
        sentence = str(missing.args[0]) if missing.args else ""
        return visit.render("not_found.html", {"sentence": sentence}, status=404)


def finish(response: HttpResponseBase, *, english: bool) -> HttpResponseBase:
    """The headers of every public answer."""
    headers = response.headers
    headers["Vary"] = "Cookie"
    headers.setdefault("Content-Language", "en" if english else "zh-CN")
    # Asked again each time: what is withdrawn is gone from every cache at once.
    headers.setdefault("Cache-Control", "public, no-cache")
    return response


def secure_cookies() -> bool:
    """Cookies go over HTTPS only, wherever sessions do."""
    return bool(settings.SESSION_COOKIE_SECURE)
