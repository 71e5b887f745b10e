"""My account: who I am here, my roles, my second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from gongkai.desk.models import KeptInput
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
        )
