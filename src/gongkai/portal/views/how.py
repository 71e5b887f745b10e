"""How to apply under the law of the day: what happens when, rights, fees, remedies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force, remedies
from gongkai.law.fees import tariff
from gongkai.law.model import Law
from gongkai.law.receipt import Channel, rule_for
from gongkai.law.replies import Remedy
from gongkai.portal import links, machine
from gongkai.portal.page import Visit, public
from gongkai.portal.views.calculator import bands
from gongkai.portal.views.guide import body_choices, chosen_body, contacts

SHOWN = (Channel.COUNTER, Channel.SIGNED_POST, Channel.ORDINARY_POST, Channel.WEB, Channel.FAX)
BOX, GAP, WIDTH = 58, 26, 340


@dataclass(frozen=True, slots=True)
class Step:
    """A box of the drawing: heading, the line below it, and what may happen at its side."""

    label: str
    words: str
    aside: str
    y: int


@public()
def how(visit: Visit) -> HttpResponse:
    """The page; every figure on it is read off the law in force."""
    body = chosen_body(visit)
    law = in_force(visit.today)
    steps = _steps(law)
    return visit.render(
        "how.html",
        {
            "here_name": "requests",
            "body": body,
            "bodies": body_choices(visit, "how", body),
            "steps": steps,
            "height": len(steps) * (BOX + GAP) - GAP + 4,
            "box": BOX,
            "gap": GAP,
            "receipts": [(c.label, rule_for(c, law)) for c in SHOWN],
            "terms": {n: law.term(n) for n in _TERMS if law.has(n)},
            "ladders": _ladders(visit),
            "first": remedies.remedy_of("refused_state_secret", visit.today)
            is Remedy.RECONSIDERATION_FIRST,
            "contacts": contacts(body),
            "apply_address": links.to("apply") + (f"?body={body.code}" if body else ""),
            "tags": machine.column_tags(visit, _("怎样申请"), "互动交流"),
        },
    )


_TERMS = (
    "reply", "extension", "supplement_notice", "third_party", "fee_payment", "reconsideration",
    "lawsuit", "lawsuit_after_reconsideration",
)  # fmt: skip


def words() -> Iterator[str]:
    """The channels and days of receipt, for the catalog of the other language."""
    law = in_force(date(2026, 1, 1))
    yield from (word for c in SHOWN for word in (c.label, rule_for(c, law).called))


def _steps(law: Law) -> list[Step]:
    """The boxes from applying to the remedies, with the days of this law."""
    days = {name: law.term(name).length for name in _TERMS if law.has(name)}
    told = [
        (_("提出申请"), _("网上、当面、邮寄"), ""),
        (_("收到申请之日"), _("从次日起计算期限"), ""),
        (_("办理"), _("检索、审查"), _aside(days)),
        (
            _("答复"),
            _("%(days)s个工作日内") % {"days": days["reply"]},
            _("可延长一次，最多%(days)s个工作日") % {"days": days["extension"]}
            if "extension" in days
            else "",
        ),
        (
            _("不服的"),
            _("%(days)s日内申请复议") % {"days": days["reconsideration"]},
            _("或者%(months)s个月内起诉") % {"months": days["lawsuit"]},
        ),
    ]
    return [Step(*words, y=2 + n * (BOX + GAP)) for n, words in enumerate(told)]


def _aside(days: dict[str, int]) -> str:
    if "supplement_notice" not in days:
        return ""
    return _("内容不清的，%(days)s个工作日内告知补正") % {"days": days["supplement_notice"]}


def _ladders(visit: Visit) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Both ways of the processing fee, band by band; empty where there is none today."""
    try:
        known = tariff(visit.today)
    except Refusal:
        return []
    return [
        (_("按件计收"), str(known.items.cite), bands(known.items)),
        (_("按量计收"), str(known.pages.cite), bands(known.pages)),
    ]
