"""Signing in: staff accounts only, made by an administrator, never by their owner."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-up is closed; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """The sign-in form as django-axes wants to see it: the name under ``username``."""

    def user_credentials(self) -> dict[str, str]:
        """Credentials for ``authenticate()``."""
        credentials: dict[str, str] = super().user_credentials()
        return credentials
