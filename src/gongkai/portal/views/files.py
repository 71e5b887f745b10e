"""Downloads: attachments of published versions, and the catalog as CSV, XLSX, JSON."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.catalog import exports, reading
from gongkai.catalog.filters import entries
from gongkai.portal import links
from gongkai.portal.page import Visit, public
from gongkai.portal.questions import filter_of
from gongkai.records import store

# Only these may open in the browser; everything else, HTML and SVG above all, is downloaded.
OPENS_IN_BROWSER = {"application/pdf", "image/png", "image/jpeg", "image/gif", "text/plain"}
CONTROL = dict.fromkeys([*range(32), 127, ord("/"), ord("\\"), 0x202E, 0x202D], " ")


@public(keep=False)
def file(visit: Visit, uuid: UUID) -> HttpResponseBase:
    """An attachment of the version of a record that is before the public now."""
    found = reading.open_file(uuid)
    if found is None:
        raise Http404(_("没有这个附件，或者它所在的信息已不再公开。"))
    try:
        content = store.path_of(found.file.sha256).open("rb")
    except FileNotFoundError:
        raise Http404(_("附件暂时取不到，请稍后再试，或与本机关联系。")) from None
    kind = found.file.media_type
    response = FileResponse(content, content_type=_content_type(kind))
    response["Content-Length"] = str(found.file.size)
    name = found.name.translate(CONTROL).strip() or "attachment"
    opens = kind in OPENS_IN_BROWSER
    response["Content-Disposition"] = _disposition(not opens, name)
    response["X-Content-Type-Options"] = "nosniff"
    # A file from elsewhere runs nothing here, whatever a browser takes it for.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _content_type(kind: str) -> str:
    if kind.startswith("text/plain"):
        return "text/plain; charset=utf-8"
    plain = kind.partition(";")[0].strip()
    return (
        plain if plain and plain.isascii() and plain.isprintable() else "application/octet-stream"
    )


@public(keep=False)
def export(visit: Visit, form: str) -> HttpResponseBase:
    """The catalog as asked for, as one file."""
    wanted = filter_of(visit.request, visit.names, visit.generation)
    found = entries(wanted, visit.names)
    address = partial(_address, visit)
    if form == "xlsx":
        return _named(
            FileResponse(exports.to_xlsx(found, visit.names, address)),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    if form == "csv":
        stream = exports.to_csv(found, visit.names, address)
        return _named(StreamingHttpResponse(stream), "csv", "text/csv; charset=utf-8")
    stream = exports.to_json(found, visit.names, address)
    return _named(StreamingHttpResponse(stream), "json", "application/json")


def _address(visit: Visit, uuid: UUID) -> str:
    return visit.absolute(links.record(uuid))


def _named(response: HttpResponseBase, ending: str, content_type: str) -> HttpResponseBase:
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = _disposition(True, f"catalog.{ending}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _disposition(download: bool, name: str) -> str:
    """RFC 6266 with the name in UTF-8; the name has no separators or control characters."""
    return content_disposition_header(download, name) or "attachment"
