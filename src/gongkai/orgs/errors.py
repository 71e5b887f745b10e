"""Turns Django's field errors into the one family of refusals people see."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from gongkai.kit.refusal import Refusal


def refusal_of(error: ValidationError, *, row: models.Model, code: str) -> Refusal:
    """One sentence for the top and one per field, each naming the field by its label."""
    if not hasattr(error, "error_dict"):
        return Refusal(code, " ".join(error.messages))
    fields: dict[str, str] = {}
    general: list[str] = []
    for name, messages in error.message_dict.items():
        text = " ".join(messages)
        if name == NON_FIELD_ERRORS:
            general.append(text)
        else:
            fields[name] = f"{_label(row, name)}：{text}"
    sentence = " ".join([*general, *fields.values()])
    return Refusal(code, sentence, fields=fields)


def _label(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def save_checked(row: models.Model, *, code: str, only: tuple[str, ...] | None = None) -> None:
    """Check every field and constraint of `row`, then save it (`only` these fields).

    Raises `Refusal(code)` with the sentences of what is wrong.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        raise refusal_of(error, row=row, code=code) from error
    # A new row is inserted, whatever its key: no row of another is ever written over.
    row.save(update_fields=only, force_insert=row._state.adding and only is None)
