"""How kept typing lies in the database: plain, but sealed where people type personal data."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.apps import apps

from gongkai.kit.refusal import Refusal

# Forms under this address hold applicants' names, numbers and addresses.
SEALED_PATH = "/desk/requests/"
_SEALED, _COLUMN = "_sealed", "desk.kept_input"

Fields = dict[str, list[str]]


def packed(path: str, fields: Fields) -> Fields:
    """The fields as they are kept for a page."""
    if not path.startswith(SEALED_PATH) or not apps.is_installed("gongkai.disclosure"):
        return fields
    from gongkai.disclosure.sealing import seal

    return {_SEALED: [seal(json.dumps(fields, ensure_ascii=False), name=_COLUMN)]}


def unpacked(kept: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """The fields as they were typed; none where the key no longer opens them."""
    if _SEALED not in kept or not apps.is_installed("gongkai.disclosure"):
        return kept
    from gongkai.disclosure.sealing import unseal

    try:
        found: Fields = json.loads(unseal(kept[_SEALED][0], name=_COLUMN))
    except Refusal:
        return {}
    return found
