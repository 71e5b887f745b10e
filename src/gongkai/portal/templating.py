"""The portal's templates: Jinja2, compiled once for each language.

A public list prints a few hundred values; Django's own templates take ten times as long for it.
Plain strings `{{ _("…") }}` are put into the reader's language when a template is compiled, so
they cost nothing afterwards; those with values are looked up when they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from html import escape as html_escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext, ngettext
from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr

from gongkai.kit.dates import CHINA
from gongkai.portal import links

FOLDER = Path(__file__).parent / "templates" / "portal"
_PLAIN = re.compile(r'\{\{ _\("([^"{}]+)"\) \}\}')


class Translated(BaseLoader):
    """Reads a template with its plain strings already in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source of `portal/templates/portal/<template>`."""
        path = FOLDER / template
        if not path.is_file():
            raise TemplateNotFound(template)
        changed = path.stat().st_mtime
        with translation.override(self.language):
            source = _PLAIN.sub(_translate, path.read_text(encoding="utf-8"))
        return source, str(path), lambda: path.stat().st_mtime == changed


def _translate(found: re.Match[str]) -> str:
    return str(escape(gettext(found[1])))


_SPECIAL = re.compile("[&<>\"']")


def printed(value: object) -> str:
    """What a template prints: escaped unless marked safe.

    The same as `markupsafe.escape`, without wrapping each piece in an object of its own: pieces
    are joined at once and nobody asks them again whether they are safe.
    """
    if type(value) is str:
        return html_escape(value) if _SPECIAL.search(value) else value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    text = str(value)
    return html_escape(text) if _SPECIAL.search(text) else text


class _Code(CodeGenerator):
    """Writes `environment.printed(…)` where Jinja writes `escape(…)`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class _Environment(Environment):
    code_generator_class = _Code
    printed = staticmethod(printed)


@lru_cache(maxsize=2)
def environment(english: bool) -> Environment:
    """The templates in one language; everything printed is escaped unless marked safe."""
    made = _Environment(
        loader=Translated("en" if english else "zh-hans"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=settings.DEBUG,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(to=links.to, asset=asset, english=english)
    made.filters["moment"] = moment
    return made


@lru_cache(maxsize=64)
def template(name: str, english: bool) -> Template:
    """A compiled template."""
    return environment(english).get_template(name)


def html(name: str, values: Mapping[str, object], *, english: bool) -> str:
    """The page as text."""
    found = environment(english).get_template(name) if settings.DEBUG else template(name, english)
    return found.render(values)


@lru_cache(maxsize=32)
def _kept_asset(path: str) -> str:
    return staticfiles_storage.url(path)


def asset(path: str) -> str:
    """The address of a static file, with its hash in production."""
    return staticfiles_storage.url(path) if settings.DEBUG else _kept_asset(path)


def moment(value: datetime) -> str:
    """A moment on China's clocks, to the minute."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
