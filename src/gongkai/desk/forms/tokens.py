"""The form of a new access token."""

from __future__ import annotations

from gongkai.desk.forms.base import DeskForm, OneOf, Words
from gongkai.orgs.models import TokenScope
from gongkai.orgs.values import TokenWish

TERMS = (("30", "30天"), ("90", "90天"), ("180", "180天"), ("365", "一年"))


class NewToken(DeskForm):
    """What it is for, how far it reaches, for how long."""

    name = Words("名称", most=60, required=True, hint="写明哪个系统用它，如“办文系统”。")
    scope = OneOf("范围", TokenScope.choices, initial=TokenScope.READ.value, required=True)
    days = OneOf("有效期", TERMS, initial="90", required=True)

    def wish(self) -> TokenWish:
        """The token wanted."""
        data = self.cleaned_data
        return TokenWish(data["name"], data["scope"], int(data["days"]))
