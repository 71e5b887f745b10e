"""Signing in: staff accounts only, made by an administrator, never by their owner."""

import time
from typing import Any, ClassVar

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-up is closed; everything else is allauth's, its refusals in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("账号或密码不正确，请重新输入。"),
        "incorrect_password": _("密码不正确，请重新输入。"),
        "enter_current_password": _("现在的密码不正确，请重新输入。"),
        "account_inactive": _("这个账号已停用，请联系本机关的安全管理员。"),
        "too_many_login_attempts": _("短时间内输错次数太多，请过几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not again within the minutes after signing in: the password was typed just now."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return True
        records = get_authentication_records(self.request, user)
        latest = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - latest >= int(account_settings.REAUTHENTICATION_TIMEOUT)


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """The sign-in form in plain dress: labels, no placeholders; the page says whom to ask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("账号")
        self.fields["password"].label = _("密码")
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
