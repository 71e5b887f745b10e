"""The image of the body's seal that its letters carry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure.letter_seal import MILLIMETRES
from gongkai.disclosure.seal_image import NotASeal, SealImage, read_seal
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs_actions
from gongkai.orgs import policies as orgs_policies
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person
from gongkai.records import store

# Width on paper, in millimetres.
LEAST, MOST = 20, 60


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
        stored = store.keep(image, media_type=checked(image, millimetres).media_type, now=now)
        profile["letter_seal"] = {"sha256": stored.sha256, "millimetres": millimetres}
        data |= {"sha256": stored.sha256, "millimetres": millimetres}
    changed = orgs_actions.edit_body(body=kept, fields={"profile": profile}, by=by, now=now)
    append(
        event="letter.seal_set",
        actor=orgs.actor(by, body=body, role="system_admin" if by else "system"),
        subject=Subject("body", body.pk, body.uuid),
        change=Change(basis="GB/T 9704-2012 7.3.5", data=data),
    )
    return changed


def checked(image: bytes, millimetres: int) -> SealImage:
    """The image as it can be taken; `Refusal` with what to do where it cannot."""
    try:
        found = read_seal(image)
    except NotASeal as error:
        raise _refusal(str(error), "image") from error
    if not LEAST <= millimetres <= MOST:
        raise _refusal(f"印章直径须在{LEAST}至{MOST}毫米之间，请核对。", "millimetres")
    return found


def _refusal(sentence: str, field: str) -> Refusal:
    return Refusal("letter.bad_seal", sentence, fields={field: sentence})
