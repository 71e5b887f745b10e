"""The published versions of a record and what changed from one to the next."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai.catalog import reading
from gongkai.catalog.reading import VersionLine
from gongkai.portal import links, machine
from gongkai.portal.difference import difference
from gongkai.portal.page import Visit, public
from gongkai.portal.questions import whole_number
from gongkai.records.models import RecordVersion, VersionText
from gongkai.records.queries import header_changes


@public()
def versions(visit: Visit, uuid: UUID) -> HttpResponse:
    """All versions that were public, and the difference of two (`?old=1&new=2`)."""
    entry = reading.published_entry(uuid)
    if entry is None:
        raise Http404(_("没有这条信息，或者它还没有公开。请用检索查找，或从目录中选择。"))
    lines = reading.past_versions(entry)
    pair = _pair(visit, lines)
    response = visit.render(
        "versions.html",
        {
            "entry": entry,
            "record": links.record(entry.uuid),
            "lines": lines,
            "pair": pair,
            "address": links.versions(entry.uuid),
            "tags": machine.article_tags(visit, entry, _("版本")),
            **(_difference(*pair) if pair else {}),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _pair(visit: Visit, lines: tuple[VersionLine, ...]) -> tuple[VersionLine, VersionLine] | None:
    """The two versions asked for, older first; the last two when none are."""
    if len(lines) < 2:
        return None
    by_number = {line.number: line for line in lines}
    old, new = visit.request.GET.get("old"), visit.request.GET.get("new")
    if old is None and new is None:
        return lines[1], lines[0]
    first, second = (by_number.get(whole_number(text or "") or 0) for text in (old, new))
    if first is None or second is None or first.number == second.number:
        raise Http404(_("没有这样的版本。请从列出的版本中选择两个不同的版本。"))
    return (first, second) if first.number < second.number else (second, first)


def _difference(older: VersionLine, newer: VersionLine) -> dict[str, object]:
    ids = [older.version_id, newer.version_id]
    found = RecordVersion.objects.in_bulk(ids)
    texts = dict(VersionText.objects.filter(version_id__in=ids).values_list("version_id", "text"))
    return {
        "changes": header_changes(found[ids[0]], found[ids[1]]),
        "blocks": difference(texts.get(ids[0], ""), texts.get(ids[1], "")),
    }
