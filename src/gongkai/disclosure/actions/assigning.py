"""分级受理: a request goes to a section, an officer or another body; is split; is joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.deriving import derive
from gongkai.disclosure.casework import OPEN_STATES, locked, refresh, write_down
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import Assignment, DisclosureRequest, RequestState, Step
from gongkai.disclosure.retention import purge_day
from gongkai.disclosure.values import Desk
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person

ASSIGN_BASIS = "《条例》第四条"
ONE_EACH = "一事一申请；国办函〔2020〕109号第四条"
MOST_PARTS = 100


@transaction.atomic
def assign(
    *, request: DisclosureRequest, to: Desk, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Tell a section, a case officer of the body, or another body to handle it."""
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(ASSIGN_BASIS)
    REQUEST_FLOW.step(kept.state, "assign")
    before = kept.state
    desk = _checked(kept, to, now)
    Assignment.objects.create(
        request=kept,
        section=desk.section,
        case_officer=desk.case_officer,
        other_body=desk.other_body,
        note=desk.note.strip(),
        by=by,
        at=now,
    )
    kept.section, kept.case_officer = desk.section, desk.case_officer
    if kept.state == RequestState.RECEIVED:
        kept.state = RequestState.ACCEPTED
    kept.save(update_fields=["section", "case_officer", "state"])
    refresh(kept)
    named = (desk.section, desk.case_officer, desk.other_body)
    to_whom = "、".join(str(each) for each in named if each is not None)
    write_down(
        "request.assigned",
        request=kept,
        by=by,
        change=Change(
            from_state=before, to_state=kept.state, basis=ASSIGN_BASIS, data={"to": to_whom}
        ),
    )
    return kept


def _checked(request: DisclosureRequest, to: Desk, now: datetime) -> Desk:
    section, officer, other = to.section, to.case_officer, to.other_body
    if section is None and officer is None and other is None:
        raise _refusal("nobody", "请选择承办科室、经办人或者其他机关。", "section")
    if section is not None and section.body_id != request.body_id:
        raise _refusal("foreign", f"{section.name}不是本机关的科室，请重新选择。", "section")
    if other is not None and other.pk == request.body_id:
        raise _refusal("itself", "不能转给本机关自己，请选择科室或者其他机关。", "other_body")
    if officer is not None:
        if not orgs.roles_in(officer, request.body, civil_day(now)):
            raise _refusal(
                "foreign",
                f"{officer.name}在本机关没有角色，不能承办。请另选经办人。",
                "case_officer",
            )
        own = officer.section if officer.section_id and officer.body_id == request.body_id else None
        section = section or own
    return Desk(section, officer, other, to.note)


def _refusal(code: str, sentence: str, field: str) -> Refusal:
    return Refusal(f"assign.{code}", sentence, ASSIGN_BASIS, {field: sentence})


@transaction.atomic
def set_law(
    *,
    request: DisclosureRequest,
    law_day: date | None,
    reason: str,
    by: Person | None,
    now: datetime,
) -> DisclosureRequest:
    """Let the case follow the law of another day than that of receipt (`None`: no longer).

    The decree has no rule of transition (inference), so a person decides, with a reason. Refused
    when the steps taken so far are not possible under that law.
    """
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require("适用规定")
    if kept.state not in OPEN_STATES:
        raise Refusal("law.too_late", "申请已经答复，不能再改变适用的规定。")
    if not reason.strip():
        sentence = "请写明为什么适用另一天的规定。"
        raise Refusal("law.no_reason", sentence, fields={"reason": sentence})
    kept.law_day, kept.law_reason = law_day, reason.strip()[:300]
    kept.save(update_fields=["law_day", "law_reason"])
    refresh(kept)
    data: dict[str, object] = {"law_day": law_day or kept.received_on, "due_on": kept.due_on}
    write_down("request.law_set", request=kept, by=by, change=Change(data=data))
    return kept


@transaction.atomic
def split(
    *, request: DisclosureRequest, parts: Sequence[str], by: Person | None, now: datetime
) -> tuple[DisclosureRequest, ...]:
    """One paper that asks for several things becomes several requests, the first being itself.

    Each part runs on the same clock. The applicant's own words stay in every description.
    """
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(ONE_EACH)
    REQUEST_FLOW.step(kept.state, "split")
    names = [part.strip() for part in parts if part.strip()]
    if not 2 <= len(names) <= MOST_PARTS:
        sentence = f"请逐行写明拆分后的各件，至少2件，最多{MOST_PARTS}件。"
        raise Refusal("split.count", sentence, ONE_EACH, {"parts": sentence})
    if kept.consultations.exists() or hasattr(kept, "fee"):
        raise Refusal("split.too_late", "已经征求意见或者收费的申请不能再拆分。", ONE_EACH)
    words = "\n".join(w for w in (kept.subject, kept.description) if w)
    made = [_part_of(kept, name, words, by, now) for name in names[1:]]
    kept.subject, kept.description = names[0], words
    kept.save(update_fields=["subject", "description"])
    data: dict[str, object] = {"count": len(names), "parts": [part.number for part in made]}
    write_down("request.split", request=kept, by=by, change=Change(basis=ONE_EACH, data=data))
    return (kept, *made)


def _part_of(
    origin: DisclosureRequest, name: str, words: str, by: Person | None, now: datetime
) -> DisclosureRequest:
    fields = {"split_from": origin, "subject": name, "description": words, "document_number": ""}
    part = derive(origin, fields, now)
    for step in Step.objects.filter(request=origin).order_by("id"):
        step.pk, step.request = None, part
        step._state.adding = True
        step.save(force_insert=True)
    refresh(part)
    write_down(
        "request.made_by_split",
        request=part,
        by=by,
        change=Change(to_state=part.state, basis=ONE_EACH, data={"origin": origin.number}),
    )
    return part


@transaction.atomic
def join(
    *, request: DisclosureRequest, into: DisclosureRequest, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Handle a request of the same applicant together with another; one reply ends both."""
    # In the order of their keys, so that two joining each other do not wait for ever.
    held = {row.pk: locked(row) for row in sorted((request, into), key=lambda row: row.pk)}
    kept, into, today = held[request.pk], held[into.pk], civil_day(now)
    policies.may_lead(by, kept, today).require("合并办理")
    REQUEST_FLOW.step(kept.state, "join")
    _require_joinable(kept, into)
    before = kept.state
    kept.joined_into, kept.closed_at = into, now
    kept.purge_on = purge_day(kept.body, today)
    kept.state, kept.due_on = RequestState.CLOSED, None
    kept.save(update_fields=["joined_into", "closed_at", "purge_on", "state", "due_on"])
    write_down(
        "request.joined",
        request=kept,
        by=by,
        change=Change(from_state=before, to_state=kept.state, data={"into": into.number}),
    )
    return kept


def _require_joinable(request: DisclosureRequest, into: DisclosureRequest) -> None:
    mine, theirs = request.applicant, into.applicant
    same = (mine.identity_index and mine.identity_index == theirs.identity_index) or (
        mine.contact_index and mine.contact_index == theirs.contact_index
    )
    ended = into.outcome or into.closed_at is not None
    if into.pk == request.pk or into.body_id != request.body_id or ended or not same:
        raise Refusal(
            "join.not_possible",
            "只能并入同一申请人向本机关提出、尚未答复的另一件申请。请核对后重新选择。",
            "合并办理",
        )
