"""Rows of a register kept elsewhere become requests: steps, outcome and day by the law of theirs.

Every row is one transaction and one journal event. A row that came before is known again by its
number, or by the digest of what it says, and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions import registering_parts as parts
from gongkai.disclosure.actions.concluding import end
from gongkai.disclosure.actions.filing import (
    BASIS,
    give_number,
    keep_applicant,
    new_receipt_number,
    number_grammar,
)
from gongkai.disclosure.casework import add_step, law_of, refresh, refuse_future, write_down
from gongkai.disclosure.models import DisclosureRequest, RequestState
from gongkai.disclosure.register_columns import BY_KEY, COLUMNS, NEEDED
from gongkai.disclosure.register_rows import register_of, row_of
from gongkai.disclosure.retention import purge_day
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.law import in_force
from gongkai.law.clock import ClockEvent, Kind
from gongkai.law.receipt import Arrival, Channel, receipt
from gongkai.law.replies import outcome as outcome_of
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records.numbering import go_behind

ONCE = "register:"


@dataclass(frozen=True, slots=True)
class Registered:
    """The request of a row; `repeated` when it was there already."""

    request: DisclosureRequest
    repeated: bool = False


def read_row(cells: Mapping[str, object]) -> dict[str, str]:
    """A row's cells as kept, every column; refused with the column that cannot be read."""
    row = {c.key: c.read(cells.get(c.key)) for c in COLUMNS}
    for key in NEEDED:
        if not row[key]:
            raise BY_KEY[key].refuse("不能空着，请填写。")
    if not row["received_on"] and not row["arrived_on"]:
        raise BY_KEY["received_on"].refuse("不能空着，请填写收到申请之日。")
    for one, other in (("outcome", "replied_on"), ("replied_on", "outcome")):
        if row[one] and not row[other]:
            raise BY_KEY[other].refuse(f"填写了{BY_KEY[one].label}的，这一栏也要填写。")
    return row


def digest_of(row: Mapping[str, str], nth: int = 1) -> str:
    """What tells a row without a number apart: all it says, and the how-manieth of its like."""
    said = {key: text for key, text in sorted(row.items()) if text}
    kept = json.dumps([said, nth], ensure_ascii=False, sort_keys=True)
    return ONCE + hashlib.sha256(kept.encode()).hexdigest()


@transaction.atomic
def register_row(
    *, body: Body, row: Mapping[str, str], nth: int = 1, by: Person | None, now: datetime
) -> Registered:
    """Enter one row as `read_row` gives it; `nth` counts equal rows of one file from 1.

    Refuses what the law of the day of receipt does not know, and a number used for another row.
    """
    today = civil_day(now)
    policies.may_register(by, body, today).require(BASIS)
    known = _known(body, row, nth)
    if known is not None:
        return Registered(known, repeated=True)
    request = _request(body, row, digest_of(row, nth), now)
    _days_not_to_come(row, today)
    save_checked(request, code="request.not_valid")
    _number(request, now)
    who = {"kind": row["applicant_kind"]}
    keep_applicant(request, who | {key: row[key] for key in ("name", "phone", "address")})
    parts.enter(request, row, by=by, now=now)
    if row["outcome"]:
        _end(request, row, by, now)
    else:
        refresh(request)
    parts.remedies(request, row)
    _note(request, row, by)
    return Registered(request)


def _known(body: Body, row: Mapping[str, str], nth: int) -> DisclosureRequest | None:
    found = DisclosureRequest.objects.filter(body=body, imported_from=digest_of(row, nth)).first()
    if found is not None or not row["number"]:
        return found
    here = DisclosureRequest.objects.filter(body=body, number=row["number"])
    # Most rows are new: the whole case is only read where there is one.
    key = here.order_by().values_list("pk", flat=True).first()
    same = register_of(body).filter(pk=key).first() if key else None
    if same is None:
        return None
    there = row_of(same)
    differs = [c.label for c in COLUMNS if row[c.key] and row[c.key] != there[c.key]]
    if differs:
        raise BY_KEY["number"].refuse(
            f"{row['number']}已经录入，但{'、'.join(differs)}与本行不同。"
            "请核对；要登记新的进展，请在办公端办理这件申请。"
        )
    return same


def _request(
    body: Body, row: Mapping[str, str], imported_from: str, now: datetime
) -> DisclosureRequest:
    received, arrived = _date(row["received_on"]), _date(row["arrived_on"])
    came = arrived or received
    assert came is not None
    arrival = Arrival(Channel(row["channel"]), came, received, received)
    fixed = receipt(arrival, law=in_force(came, region=body.region))
    if received is not None and fixed.on != received:
        raise BY_KEY["received_on"].refuse(f"与到达日期不符：{fixed.sentence}请核对两个日期。")
    asked = {key: row[key] for key in ("subject", "document_number", "description")}
    return DisclosureRequest(
        body=body,
        number=row["number"],
        receipt_number=new_receipt_number(came),
        channel=row["channel"],
        arrived_on=came,
        confirmed_on=fixed.on if fixed.on != came else None,
        received_on=fixed.on,
        received_basis=fixed.basis,
        state=RequestState.ACCEPTED if fixed.on else RequestState.AWAITING_CONFIRMATION,
        imported_from=imported_from,
        created_at=now,
        **asked,
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _days_not_to_come(row: Mapping[str, str], today: date) -> None:
    for column in COLUMNS:
        if column.kind == "day" and row[column.key] and column.key != "supplement_due_on":
            refuse_future(date.fromisoformat(row[column.key]), today, column.key)


def _number(request: DisclosureRequest, now: datetime) -> None:
    """The number the register gave, which the series then leaves out; else the next one."""
    if not request.number:
        give_number(request, now)
        return
    number, body, subject = request.number, request.body, ("request", request.pk)
    grammar = number_grammar(body)
    if not go_behind(grammar, number, body=body, kind="request", subject=subject, now=now):
        raise BY_KEY["number"].refuse(f"{number}的流水号已经分配给另一件申请，请核对登记号。")


def _end(
    request: DisclosureRequest, row: Mapping[str, str], by: Person | None, now: datetime
) -> None:
    """The one outcome on its day. The reply is out: the case is closed, its data kept on."""
    found, on = outcome_of(row["outcome"]), date.fromisoformat(row["replied_on"])
    found.cite(law_of(request))
    if row["ground"] and row["ground"] not in found.grounds and found.key != "partly_granted":
        raise BY_KEY["ground"].refuse(f"所填理由与“{found.label}”不一致，请改正。")
    if row["earlier_reply"]:
        earlier = DisclosureRequest.objects.filter(body=request.body, number=row["earlier_reply"])
        request.earlier_reply = earlier.exclude(pk=request.pk).first()
        if request.earlier_reply is None:
            raise BY_KEY["earlier_reply"].refuse(
                f"没有登记号为{row['earlier_reply']}的申请，请先导入那一件，或者空着。"
            )
        request.save(update_fields=["earlier_reply"])
    request.closed_at, request.purge_on = now, purge_day(request.body, on)
    if request.received_on is None:
        end(request, found.key, on, by=by, now=now)
        return
    request.outcome, request.replied_on = found.key, on
    add_step(request, ClockEvent(Kind.REPLIED, on, ref=row["ground"]), by=by, now=now)


def _note(request: DisclosureRequest, row: Mapping[str, str], by: Person | None) -> None:
    key = request.outcome
    data = {
        "result": outcome_of(key).label if key else "在办",
        "key": key,
        "row": outcome_of(key).row if key else "",
        "number": request.number,
        "channel": Channel(request.channel).label,
        "received_on": request.received_on,
        "on": request.replied_on,
        "in_time": request.in_time,
        "imported_from": request.imported_from,
    }
    change = Change(to_state=request.state, basis=request.received_basis, data=data)
    write_down("request.registered", request=request, by=by, change=change)
