"""The guide to disclosure with its versions, and how to apply 依申请公开."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai.catalog.directory import BodyLine
from gongkai.catalog.models import Guide
from gongkai.catalog.queries import guides
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.guide import guide_items
from gongkai.portal import links, machine
from gongkai.portal.page import Visit, public
from gongkai.portal.questions import whole_number

# Parts of the guide that say how to apply.
OFFICE = (
    "office_name", "office_address", "office_hours", "phone", "fax", "email", "online_contact",
)  # fmt: skip
APPLYING = ("channels", "on_request", "forms", "time_limits", "supervision")


@public()
def guide(visit: Visit) -> HttpResponse:
    """The guide of the body asked for (or the site's), its newest version or `?version=N`."""
    body = chosen_body(visit)
    versions = list(guides(body.id)) if body else []
    shown = _chosen_version(visit, versions)
    told = items(visit, shown) if shown else []
    return visit.render(
        "guide.html",
        {
            "here_name": "guide",
            "body": body,
            "bodies": body_choices(visit, "guide", body),
            "guide": shown,
            "office": [i for i in told if i[0] in OFFICE],
            "items": [i for i in told if i[0] not in OFFICE],
            "versions": versions if len(versions) > 1 else [],
            "newest": versions[0] if versions else None,
            "address": links.to("guide"),
            "contacts": contacts(body),
            "tags": machine.column_tags(visit, _("公开指南"), "概况信息"),
        },
    )


@public()
def requests(visit: Visit) -> HttpResponse:
    """依申请公开: who may ask, how, and what happens then, as the guide tells it."""
    body = chosen_body(visit)
    current = guides(body.id).first() if body else None
    told = [i for i in items(visit, current) if i[0] in APPLYING] if current else []
    return visit.render(
        "requests.html",
        {
            "here_name": "requests",
            "body": body,
            "bodies": body_choices(visit, "requests", body),
            "items": told,
            "contacts": contacts(body),
            "apply_address": links.to("apply") + (f"?body={body.code}" if body else ""),
            "how_address": links.to("how") + (f"?body={body.code}" if body else ""),
            "guide_address": links.to("guide"),
            "tags": machine.column_tags(visit, _("依申请公开"), "互动交流"),
        },
    )


def chosen_body(visit: Visit) -> BodyLine | None:
    """The body in the address, else the one the site belongs to."""
    code = visit.request.GET.get("body", "").strip()
    if not code:
        return visit.site
    found = visit.names.body_of(code)
    if found is None:
        raise Http404(_("没有这个机关。请从列出的机关中选择。"))
    return found


def _chosen_version(visit: Visit, versions: list[Guide]) -> Guide | None:
    asked = visit.request.GET.get("version")
    if asked is None:
        return versions[0] if versions else None
    number = whole_number(asked)
    found = next((g for g in versions if g.number == number), None)
    if found is None:
        raise Http404(_("指南没有这个版本。请从列出的版本中选择。"))
    return found


def items(visit: Visit, shown: Guide) -> list[tuple[str, str, list[str]]]:
    """Key, label and paragraphs of what the guide tells, in the order of the law."""
    content = shown.content if isinstance(shown.content, dict) else {}
    labels: dict[str, str] = {}
    with suppress(Refusal):
        labels = {item.key: item.label for item in guide_items(in_force(visit.today))}
    order = [*labels, *(key for key in content if key not in labels)]
    return [
        (key, labels.get(key, key), [p for p in str(content[key]).splitlines() if p.strip()])
        for key in order
        if str(content.get(key) or "").strip()
    ]


def contacts(body: BodyLine | None) -> list[tuple[str, str]]:
    """How to reach the body's disclosure office; only what is known."""
    if body is None:
        return []
    pairs = (
        (_("办公地址"), body.address),
        (_("办公时间"), body.office_hours),
        (_("联系电话"), body.phone),
        (_("传真号码"), body.fax),
        (_("电子邮箱"), body.email),
    )
    return [(label, value) for label, value in pairs if value]


def body_choices(visit: Visit, name: str, here: BodyLine | None) -> list[tuple[str, str, bool]]:
    """The other bodies a page can be about: name, address, whether it is this one."""
    bodies = visit.names.speakers
    base = links.to(name)
    if len(bodies) < 2:
        return []
    return [(b.name, f"{base}?body={b.code}", here is not None and b.id == here.id) for b in bodies]
