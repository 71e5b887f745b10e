"""The sealed file store: bytes of a case under a random name, encrypted, apart from public files.

`<files>/sealed/ab/<uuid>`; the file's own name is authenticated with it, so one put in another's
place does not open. A crash between file and row leaves at worst a sealed stray; see
`actions.sweeping`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid as uuidlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.casework import write_down
from gongkai.disclosure.models import DisclosureRequest, FilePart, SealedFile
from gongkai.disclosure.sealing import seal_bytes, unseal_bytes
from gongkai.disclosure.uploads import plain_name
from gongkai.disclosure.values import Upload
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person


def sealed_folder() -> Path:
    """Where every sealed file lies, in folders of two letters."""
    return Path(settings.GONGKAI_FILES) / "sealed"


def path_of(uuid: uuidlib.UUID) -> Path:
    """Where the sealed bytes lie."""
    name = uuid.hex
    return sealed_folder() / name[:2] / name


def keep(
    *, request: DisclosureRequest, upload: Upload, by: Person | None, now: datetime
) -> SealedFile:
    """Seal bytes onto the disk and return their row. What may come in is told by `uploads`."""
    uuid = uuidlib.uuid4()
    sealed = seal_bytes(upload.content, name=_label(uuid))
    write_durably(path_of(uuid), sealed)
    return SealedFile.objects.create(
        uuid=uuid,
        request=request,
        part=upload.part,
        name=plain_name(upload.name),
        media_type=upload.media_type[:100],
        size=len(upload.content),
        sha256=hashlib.sha256(sealed).hexdigest(),
        by=by,
        kept_at=now,
    )


# What for an identity proof may be looked at; the journal names one of these, never free words.
PURPOSES = {
    "verify": "核对申请人身份",
    "reply": "制作、送达文书",
    "demand": "应申请人本人要求",
    "remedy": "复议、诉讼举证",
    "inspection": "依法接受检查",
}


@transaction.atomic
def read(*, file: SealedFile, by: Person | None, now: datetime, purpose: str = "") -> bytes:
    """The plain bytes. Looking at an identity proof is allowed to few and written down.

    There `purpose` is one of `PURPOSES`; None as `by` is the program or the applicant himself.
    """
    if file.part == FilePart.IDENTITY:
        note_identity_look(file.request, {"file": str(file.uuid)}, by=by, now=now, purpose=purpose)
    return opened(file)


def note_identity_look(
    request: DisclosureRequest,
    what: dict[str, object],
    *,
    by: Person | None,
    now: datetime,
    purpose: str,
) -> None:
    """Write down a look at an identity proof; refused to the wrong person and without a purpose."""
    policies.may_see_identity(by, request, civil_day(now)).require(policies.BASIS)
    if by is not None and purpose not in PURPOSES:
        sentence = "请选择为什么要查看身份证明；每次查看都会留痕，申请人也能看到。"
        raise Refusal(
            "file.no_purpose", sentence, "《个人信息保护法》第五十一条", {"purpose": sentence}
        )
    write_down(
        "request.identity_read",
        request=request,
        by=by,
        change=Change(
            basis="《个人信息保护法》第五十一条", reason=PURPOSES.get(purpose, ""), data=what
        ),
    )


def opened(file: SealedFile) -> bytes:
    """The plain bytes without asking who; for the program's own use. Raises `Refusal`."""
    if file.purged_at is not None:
        raise Refusal(
            "file.purged", "这份文件已按期清除，不能再打开。", "《个人信息保护法》第四十七条"
        )
    try:
        sealed = path_of(file.uuid).read_bytes()
    except FileNotFoundError as error:
        raise Refusal(
            "file.lost", "这份文件在存储中找不到了。请系统管理员从备份恢复文件目录。"
        ) from error
    return unseal_bytes(sealed, name=_label(file.uuid))


def purge(file: SealedFile, now: datetime) -> None:
    """Forget the name now and the bytes when the transaction commits."""
    file.name, file.purged_at = "", now
    file.save(update_fields=["name", "purged_at"])
    path = path_of(file.uuid)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _label(uuid: uuidlib.UUID) -> str:
    return f"file:{uuid.hex}"


def write_durably(target: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk when it returns."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
