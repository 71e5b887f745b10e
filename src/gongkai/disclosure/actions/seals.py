"""The image of the body's seal that its letters carry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure.letter_seal import MILLIMETRES
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs_actions
from gongkai.orgs import policies as orgs_policies
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person
from gongkai.records import store

LARGEST = 500_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@transaction.atomic
def set_seal(
    *,
    body: Body,
    image: bytes,
    millimetres: int = MILLIMETRES,
    by: Person | None,
    now: datetime,
) -> Body:
    """Set the seal of the letters approved from now on; an empty `image` takes it away.

    A PNG (with a clear ground) or a JPEG of at most 500 kB; `millimetres` is its width on paper.
    """
    orgs_policies.may_administer_body(by, body, civil_day(now)).require(orgs_policies.SEPARATION)
    kept = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    profile = dict(kept.profile) if isinstance(kept.profile, dict) else {}
    profile.pop("letter_seal", None)
    data: dict[str, object] = {"code": kept.code, "sha256": ""}
    if image:
        stored = store.keep(image, media_type=_checked(image, millimetres), now=now)
        profile["letter_seal"] = {"sha256": stored.sha256, "millimetres": millimetres}
        data["sha256"] = stored.sha256
    changed = orgs_actions.edit_body(body=kept, fields={"profile": profile}, by=by, now=now)
    append(
        event="letter.seal_set",
        actor=orgs.actor(by, body=body, role="system_admin" if by else "system"),
        subject=Subject("body", body.pk, body.uuid),
        change=Change(basis="GB/T 9704-2012 7.3.5", data=data),
    )
    return changed


def _checked(image: bytes, millimetres: int) -> str:
    kind = next((k for start, k in _KINDS.items() if image.startswith(start)), "")
    if not kind:
        raise _refusal("印章图样须是PNG或JPEG图片，请另存后再上传。")
    if len(image) > LARGEST:
        raise _refusal(f"印章图样超过{LARGEST // 1000}KB，请缩小后再上传。")
    if not 20 <= millimetres <= 60:
        raise _refusal("印章直径须在20至60毫米之间，请核对。")
    return kind


def _refusal(sentence: str) -> Refusal:
    return Refusal("letter.bad_seal", sentence, fields={"image": sentence})
