"""My access tokens: who calls the staff API in my name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator

from gongkai.desk.forms.tokens import NewToken
from gongkai.desk.page import DeskView, FormPage
from gongkai.disclosure.sealing import seal, unseal
from gongkai.orgs import actions, policies
from gongkai.orgs.models import AccessToken

_SHOWN_ONCE = "access_token"
_COLUMN = "desk.token"
MOST_LISTED = 50


class Tokens(FormPage[NewToken]):
    """The list, with a form for a new one; the secret of a new one is shown this one time."""

    task = "account"
    title = "访问令牌"
    template = "desk/tokens.html"
    form_class = NewToken
    submit = "新建令牌"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; a secret just made is taken over from the session and forgotten there."""
        sealed = request.session.pop(_SHOWN_ONCE, "")
        self.secret = unseal(sealed, name=_COLUMN) if sealed else ""
        return super().get(request, *args, **kwargs)

    @method_decorator(reauthentication_required)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only after the password has just been given: a machine left open gives no tokens."""
        return super().post(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        person, now = self.seat.person, self.seat.now
        rows = AccessToken.objects.filter(person=person)[:MOST_LISTED]
        held = policies.may_hold_token(person, self.seat.today)
        return {
            "secret": getattr(self, "secret", ""),
            "tokens": [(row, _state(row, now)) for row in rows],
            "may_create": bool(held),
            "why_not": held.reason,
        }

    def act(self, form: NewToken) -> HttpResponse:
        token, secret = actions.create_token(
            person=self.seat.person, wish=form.wish(), now=self.seat.now
        )
        self.request.session[_SHOWN_ONCE] = seal(secret, name=_COLUMN)
        return self.done(reverse("desk:tokens"), f"已新建“{token.name}”。")


def _state(row: AccessToken, now: Any) -> str:
    """Live, ended or revoked, in a word."""
    if row.revoked_at is not None:
        return "已吊销"
    return "有效" if row.expires_at > now else "已失效"


class Revoke(DeskView):
    """End one of my tokens."""

    task = "account"

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """At once; a program that still uses it is refused from now on."""
        token = get_object_or_404(AccessToken, uuid=uuid, person=self.seat.person)
        actions.revoke_token(token=token, by=self.seat.person, now=self.seat.now)
        return self.done(reverse("desk:tokens"), f"已吊销“{token.name}”。")
