"""A request made out of another: a part split off, or one handled again by order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.disclosure.actions.filing import give_number, keep_applicant, new_receipt_number
from gongkai.disclosure.models import DisclosureRequest, RequestState
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked

_SAME = (
    "body",
    "channel",
    "arrived_on",
    "arrived_at",
    "confirmed_on",
    "received_on",
    "received_basis",
    "taken_down_by",
    "subject",
    "document_number",
    "description",
    "supplement",
    "purpose",
    "own_records",
    "provided_as",
    "provided_by",
    "wants_publication",
    "section",
    "case_officer",
    "law_day",
    "law_reason",
    "is_rectification",
)
_WHO = (
    "kind",
    "name",
    "representative",
    "contact",
    "identity_kind",
    "identity_number",
    "phone",
    "email",
    "address",
    "postcode",
    "agent",
    "assistance",
)


def derive(
    request: DisclosureRequest, fields: Mapping[str, object], now: datetime
) -> DisclosureRequest:
    """A new request of the same applicant with its own numbers; the same secret opens it.

    `fields` are those that differ. Steps and files stay with the original.
    """
    if request.purged_at is not None:
        raise Refusal(
            "request.purged",
            "这件申请的个人信息已按期清除。请按纸质案卷另行登记一件申请。",
            "《个人信息保护法》第四十七条",
        )
    same = {name: getattr(request, name) for name in _SAME}
    made = DisclosureRequest(**{**same, **fields}, created_at=now)
    made.receipt_number = new_receipt_number(made.arrived_on)
    made.secret_digest = request.secret_digest
    received = made.received_on is not None
    made.state = RequestState.ACCEPTED if received else RequestState.AWAITING_CONFIRMATION
    save_checked(made, code="request.not_valid")
    give_number(made, now)
    keep_applicant(made, {name: getattr(request.applicant, name) for name in _WHO})
    return made
