"""My account: who I am here, my roles, my second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk import actions
from gongkai.desk.models import CalendarFeed, KeptInput
from gongkai.desk.page import DeskView
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Role

KINDS = {"totp": "手机验证器", "webauthn": "安全密钥或通行密钥", "recovery_codes": "备用码"}


class Account(DeskView):
    """What the product holds about this account, and where to change it."""

    task = "account"
    title = "我的账号"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.account()

    def account(self, address: str = "") -> HttpResponse:
        """The page; `address` is that of a calendar just made, shown this once."""
        person, today = self.seat.person, self.seat.today
        factors = Authenticator.objects.filter(user=person).order_by("created_at")
        grants = orgs.grants_of(person, today)
        return self.show(
            "desk/account.html",
            grants=[(Role(g.role).label, g) for g in grants],
            factors=[(KINDS.get(f.type, f.type), f.created_at, f.last_used_at) for f in factors],
            has_factor=any(f.type != "recovery_codes" for f in factors),
            needs_factor=orgs.needs_second_factor(person, today),
            kept_list=KeptInput.objects.filter(person=person)[:20],
            feed=CalendarFeed.objects.filter(person=person).first(),
            feed_address=address,
        )


class Calendar(Account):
    """Get the address of my calendar, or end it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing of its own to show: it stands on the account's page."""
        return self.account()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a new address, or revoke the one there is."""
        person = self.seat.person
        if "revoke" in request.POST:
            said = "日历地址已停用。" if actions.revoke_feed(person=person) else "没有日历地址。"
            return self.done(reverse("desk:account"), said)
        secret = actions.make_feed(person=person, now=self.seat.now)
        path = reverse("calendar_feed", kwargs={"secret": secret})
        return self.account(request.build_absolute_uri(path))
