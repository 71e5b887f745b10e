"""Addresses of the staff API, under `/api/v1/requests`: looked at, filed, and every deed."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from gongkai.api.requests import figures, reading, writing
from gongkai.api.requests.document import served
from gongkai.api.requests.door import Handler, staff
from gongkai.api.requests.table import OPERATIONS

_R = "v1/requests"
# Address → handlers by method; deeds of the table are added to what is read there.
READ: dict[str, Handler] = {
    "due": reading.due,
    "statistics": figures.statistics,
    "register": figures.register,
    "desks": figures.desks,
    "openapi.json": served,
    "<uuid:uuid>": reading.one,
    "<uuid:uuid>/history": reading.history,
    "<uuid:uuid>/outcomes": reading.outcomes,
    "<uuid:uuid>/letters/<uuid:letter>": reading.letter,
    "<uuid:uuid>/files/<uuid:file>": reading.file,
}
DOCUMENTS = ("pdf", "docx")


def _patterns() -> Iterator[URLPattern]:
    yield path(_R, staff(get=reading.listed, post=writing.filed), name="requests")
    for route, handler in READ.items():
        yield path(f"{_R}/{route}", staff(get=handler))
    for kind in DOCUMENTS:
        yield path(
            f"{_R}/<uuid:uuid>/letters/<uuid:letter>/letter.{kind}",
            staff(get=reading.letter_document),
            {"kind": kind},
        )
    for operation in OPERATIONS.values():
        yield path(
            f"{_R}/{operation.route}",
            staff(post=writing.deed_of(operation)),
            name=f"requests-{operation.key}",
        )
    yield path(f"{_R}/<path:rest>", staff())


urlpatterns = list(_patterns())
