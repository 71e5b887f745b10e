"""Files put into a case: what the applicant sends later, what the office will attach to a reply."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies, store, uploads
from gongkai.disclosure.casework import locked, write_down
from gongkai.disclosure.models import DisclosureRequest, FilePart, SealedFile
from gongkai.disclosure.values import Upload
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person

# What an applicant may add on his own page, and how many files a case may hold.
FROM_APPLICANT = (FilePart.IDENTITY, FilePart.FILED, FilePart.OTHER)
MOST_IN_CASE = 200


@transaction.atomic
def add_file(
    *, request: DisclosureRequest, upload: Upload, by: Person | None, now: datetime
) -> SealedFile:
    """Check a file and seal it into the case; `by` is None for the applicant on his own page."""
    kept, today = locked(request), civil_day(now)
    if by is not None:
        policies.may_handle(by, kept, today).require(policies.BASIS)
    elif upload.part not in FROM_APPLICANT:
        raise Refusal("upload.not_yours", "请在申请页面上传身份证明或者其他材料。")
    if kept.purged_at is not None:
        raise Refusal("request.purged", "这件申请的个人信息已按期清除，不能再添加材料。")
    if kept.files.count() >= MOST_IN_CASE:
        sentence = f"一件申请最多{MOST_IN_CASE}个文件，请合并后再上传。"
        raise Refusal("upload.too_many", sentence, fields={"files": sentence})
    file = take_file(kept, upload, by=by, now=now)
    write_down(
        "request.file_added",
        request=kept,
        by=by,
        change=Change(data={"part": FilePart(file.part).label, "file": str(file.uuid)}),
        applicant_acts=True,
    )
    return file


def take_file(
    request: DisclosureRequest, upload: Upload, *, by: Person | None, now: datetime
) -> SealedFile:
    """Check a file that came from outside and seal it, as a part of another deed."""
    media_type = uploads.check(upload)
    checked = Upload(upload.name, upload.content, media_type, upload.part)
    return store.keep(request=request, upload=checked, by=by, now=now)
