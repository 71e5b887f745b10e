"""allauth's forms in our words: labels of our own, no placeholders, no list of rules."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = _("验证码")


class Plain:
    """Names the fields as `labels` says and takes off what allauth adds to them."""

    labels: ClassVar[dict[str, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class NewPassword(Plain, ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """The owner's own new password."""

    labels: ClassVar[dict[str, Any]] = {
        "oldpassword": _("现在的密码"),
        "password1": _("新密码"),
        "password2": _("再输入一次新密码"),
    }


class PasswordAgain(Plain, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The password once more, before what concerns the account itself."""

    labels: ClassVar[dict[str, Any]] = {"password": _("密码")}


class Code(Plain, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The second step of signing in."""

    labels: ClassVar[dict[str, Any]] = {"code": CODE}


class CodeAgain(Plain, FactorAgainForm):  # type: ignore[misc] # allauth has no types
    """The code once more."""

    labels: ClassVar[dict[str, Any]] = {"code": CODE}


class FirstCode(Plain, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code of a new authenticator."""

    labels: ClassVar[dict[str, Any]] = {"code": CODE}
