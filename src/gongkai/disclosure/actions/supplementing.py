"""One supplement notice with all its points, and what the applicant answers to it (Art. 30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.papers import take_file
from gongkai.disclosure.actions.writing import draft_letter
from gongkai.disclosure.casework import add_step, foresee, locked, write_down
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, FilePart, Letter
from gongkai.disclosure.values import LetterDraft, Upload
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import ClockEvent, Kind
from gongkai.orgs.models import Person

BASIS = "《条例》第三十条"


@transaction.atomic
def ask_supplement(
    *,
    request: DisclosureRequest,
    points: Sequence[str],
    due_on: date,
    by: Person | None,
    now: datetime,
) -> Letter:
    """Draft the one notice with every point. The clock stops on the day the letter is served."""
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "ask_supplement")
    written = [point.strip() for point in points if point.strip()]
    if not written:
        sentence = "请逐条写明需要补正的全部事项；补正只能一次性告知。"
        raise Refusal("supplement.no_points", sentence, BASIS, {"points": sentence})
    foresee(kept, ClockEvent(Kind.SUPPLEMENT_ASKED, today, due_on=due_on))
    require_no_draft(kept, "supplement")
    numbered = "\n".join(f"{n}．{point}" for n, point in enumerate(written, 1))
    draft = LetterDraft("supplement", {"points": numbered}, due_on=due_on)
    return draft_letter(request=kept, draft=draft, by=by, now=now)


def require_no_draft(request: DisclosureRequest, kind: str) -> None:
    """A second letter of a kind that may go out once is not drafted beside the first."""
    if request.letters.filter(kind=kind, state__in=["draft", "submitted", "approved"]).exists():
        raise Refusal(
            "letter.drafted_already",
            "这类文书已经草拟，还没有送达。请修改已有的那一份，或者先作废它。",
        )


@transaction.atomic
def take_supplement(
    *,
    request: DisclosureRequest,
    text: str,
    files: Sequence[Upload] = (),
    on: date,
    by: Person | None,
    now: datetime,
    reason: str = "",
) -> DisclosureRequest:
    """Take in what the applicant supplies; the whole term runs anew from this day.

    `by` is None for the applicant on his own page. Past the announced day a `reason` is needed.
    """
    kept, today = locked(request), civil_day(now)
    if by is not None:
        policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "supplement")
    if not text.strip() and not files:
        sentence = "请填写补正的内容，或者上传补正材料。"
        raise Refusal("supplement.empty", sentence, BASIS, {"text": sentence})
    before = kept.state
    event = ClockEvent(Kind.SUPPLEMENTED, on, reason=reason.strip())
    add_step(kept, event, by=by, now=now)
    kept.supplement = text.strip()
    kept.save(update_fields=["supplement"])
    for file in files:
        part = file.part if file.part == FilePart.IDENTITY else FilePart.SUPPLEMENT
        take_file(kept, Upload(file.name, file.content, file.media_type, part), by=by, now=now)
    write_down(
        "request.supplemented",
        request=kept,
        by=by,
        change=Change(
            from_state=before,
            to_state=kept.state,
            basis=BASIS,
            data={"on": on, "due_on": kept.due_on},
        ),
        applicant_acts=True,
    )
    return kept
