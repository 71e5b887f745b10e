"""Account addresses that are closed: no sign-up, no e-mail, no reset by e-mail.

They stand before allauth's own, under the same paths and names.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, re_path


def signup_closed(request: HttpRequest) -> HttpResponse:
    """Accounts are opened by the security administrator."""
    return render(request, "account/signup_closed.html")


def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Whoever forgot the password asks the security administrator: there is no e-mail here."""
    return render(request, "account/ask_administrator.html")


def no_email(request: HttpRequest, **_: str) -> HttpResponse:
    """Addresses are kept by the administrator, not confirmed by mail."""
    return redirect("account_login")


urlpatterns: list[URLPattern] = [
    path("signup/", signup_closed, name="account_signup"),
    path("password/reset/", ask_administrator, name="account_reset_password"),
    re_path(r"^password/reset/.+$", ask_administrator),
    path("email/", no_email, name="account_email"),
    re_path(r"^confirm-email/(?P<key>.*)$", no_email),
    re_path(r"^login/code/.*$", no_email),
]
