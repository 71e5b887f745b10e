"""The one place where a refusal becomes a page or the errors of a form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.kit.refusal import Refusal

# The answer of a form that was not accepted: 422, so that nobody takes it for done.
NOT_ACCEPTED = 422


def onto_form(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal's sentences beside the fields they belong to, the rest at the top."""
    if not hasattr(form, "cleaned_data"):
        form.cleaned_data = {}
    rest = refusal.sentence
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
        rest = rest.replace(sentence, "")
    if rest.strip() or not refusal.fields:
        form.add_error(None, with_basis(refusal))


def from_validation(error: ValidationError) -> Refusal:
    """A model's own complaint (a constraint, a choice) as a refusal."""
    if not hasattr(error, "error_dict"):
        return Refusal("row.invalid", "".join(error.messages))
    fields = {
        name: "".join(messages)
        for name, messages in error.message_dict.items()
        if name != NON_FIELD_ERRORS
    }
    general = "".join(error.message_dict.get(NON_FIELD_ERRORS, []))
    return Refusal("row.invalid", general or "有几项填得不对，请按下面的说明改正。", fields=fields)


def with_basis(refusal: Refusal) -> str:
    """The sentence, with the legal basis behind it where there is one."""
    if refusal.basis and refusal.basis not in refusal.sentence:
        return f"{refusal.sentence}（依据：{refusal.basis}）"
    return refusal.sentence


def page(request: HttpRequest, refusal: Refusal, context: dict[str, object]) -> HttpResponse:
    """A whole page that says what was refused and where to go on.

    409 where the thing is in another state, 403 where this person may not.
    """
    status = 409 if refusal.code.startswith("flow.") else 403
    return render(
        request,
        "desk/refused.html",
        {**context, "title": "没有办成", "refusal": refusal, "sentence": with_basis(refusal)},
        status=status,
    )
