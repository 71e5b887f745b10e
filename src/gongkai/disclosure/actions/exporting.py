"""What the body holds about an applicant, given to him on demand (个人信息保护法 Art. 45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import person_file, policies, queries
from gongkai.disclosure.casework import write_down
from gongkai.disclosure.models import DisclosureRequest
from gongkai.journal.actions import append
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person

BASIS = "《个人信息保护法》第四十五条"
TAKEN_OUT = "《个人信息保护法》第五十一条"
# How whoever asks for it proved to be the person.
PROVED = {
    "counter": "本人当面出示证件",
    "agent": "代理人出示委托书和证件",
    "letter": "书面要求并附身份证明",
}
_ON_THE_SITE = "申请人在网站上下载"


@transaction.atomic
def export_person(
    *,
    requests: Sequence[DisclosureRequest],
    by: Person | None,
    now: datetime,
    proved: str = "",
) -> bytes:
    """A ZIP of what is held about one applicant: to read, as JSON, and the papers he gave and got.

    Every case notes that it was given and how the person was known (`PROVED`). `by` is None for
    the applicant on his own page (then only the request he opened). Refuses cases of different
    people.
    """
    today = civil_day(now)
    if by is not None and proved not in PROVED:
        sentence = "请先核对本人身份，并选择是怎样核对的。"
        raise Refusal("export.not_proved", sentence, BASIS, {"proved": sentence})
    _require_one_person(requests)
    for request in requests:
        if by is not None:
            policies.may_handle(by, request, today).require(BASIS)
        change = Change(
            basis=BASIS,
            reason=PROVED.get(proved, _ON_THE_SITE) if by is not None else _ON_THE_SITE,
            data={"count": len(requests)},
        )
        write_down("request.exported", request=request, by=by, change=change, applicant_acts=True)
    return person_file.packed(requests, today)


def _require_one_person(requests: Sequence[DisclosureRequest]) -> None:
    first, *rest = requests
    same = set(queries.same_applicant(first).values_list("pk", flat=True)) | {first.pk}
    if any(request.pk not in same for request in rest):
        raise Refusal("export.not_one_person", "只能一并导出同一申请人的申请，请重新选择。", BASIS)


@transaction.atomic
def note_register_export(*, body: Body, count: int, by: Person | None) -> None:
    """Write down that a register with applicants' data was taken out of the system."""
    append(
        event="request.register_exported",
        actor=orgs.actor(by, body=body, role="system" if by is None else ""),
        subject=None,
        change=Change(basis=TAKEN_OUT, data={"body": body.name, "count": count}),
    )
