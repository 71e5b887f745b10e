"""A redacted copy of a paper of the case: it becomes a reply file, the paper stays inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import casework, policies, store
from gongkai.disclosure.models import FilePart, Letter, LetterState, RedactedCopy, SealedFile
from gongkai.disclosure.values import Upload
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records import redaction
from gongkai.records.values import Removal
from gongkai.text.redaction import Redacted

PARTS = (FilePart.ORIGINAL, FilePart.REPLY)


def redact_file(
    *,
    file: SealedFile,
    removals: Sequence[Removal],
    as_image: bool = False,
    by: Person | None,
    now: datetime,
) -> RedactedCopy:
    """Make and prove the copy in a child process, then keep it as a reply file (Art. 37).

    The paper becomes an original that never goes out; where it was attached to a draft, the copy
    takes its place. Refused when anything marked is left.
    """
    require_possible(file, by, now)
    redaction.check(removals, casework.law_of(file.request))
    paper = redaction.Paper(file.name, store.opened(file))
    made = redaction.copy_of(paper, removals, as_image=as_image)
    with transaction.atomic():
        return _put(file, removals, made, by, now)


def require_possible(file: SealedFile, by: Person | None, now: datetime) -> None:
    """Refuse the wrong person, papers that are no reply files, and what has gone out already."""
    policies.may_handle(by, file.request, civil_day(now)).require(policies.BASIS)
    if file.part not in PARTS or file.purged_at is not None:
        raise Refusal("redaction.not_a_paper", "只能遮盖用途为“原件（不外发）”或“答复附件”的文件。")
    fixed = Letter.objects.filter(attachments=file).exclude(
        state__in=(LetterState.DRAFT, LetterState.VOID)
    )
    if fixed.exists():
        raise Refusal(
            "redaction.sent",
            f"“{file.name}”已附在送审或发出的文书里，不能再遮盖。请先退回或作废那份文书。",
        )


def _put(
    file: SealedFile,
    removals: Sequence[Removal],
    made: Redacted,
    by: Person | None,
    now: datetime,
) -> RedactedCopy:
    request = casework.locked(file.request)
    kept = SealedFile.objects.select_related("request").get(pk=file.pk)
    require_possible(kept, by, now)
    name = redaction.copy_name(kept.name, made.suffix)
    upload = Upload(name, made.content, made.media_type, FilePart.REPLY)
    result = store.keep(request=request, upload=upload, by=by, now=now)
    for letter in Letter.objects.filter(attachments=kept, state=LetterState.DRAFT):
        letter.attachments.remove(kept)
        letter.attachments.add(result)
    if kept.part != FilePart.ORIGINAL:
        kept.part = FilePart.ORIGINAL
        kept.save(update_fields=["part"])
    copy = RedactedCopy.objects.create(
        request=request,
        source=kept,
        result=result,
        removals=json.dumps(redaction.rows_of(removals), ensure_ascii=False),
        method=made.method,
        checks=redaction.checks_of(made),
        digest=redaction.digest(kept.sha256, made, removals),
        made_at=now,
        made_by=by,
    )
    data = {
        "file": str(result.uuid),
        "digest": copy.digest,
        "method": made.method,
        "places": sum(made.places),
    }
    casework.write_down(
        "request.file_redacted",
        request=request,
        by=by,
        change=Change(basis=redaction.BASIS, data=data),
    )
    return copy
