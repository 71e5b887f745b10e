"""That what is not proactive names its ground and reason, by the law of the day."""

from __future__ import annotations

from gongkai.kit.refusal import Refusal
from gongkai.law import grounds
from gongkai.law.model import Law
from gongkai.records.choices import Attribute

BASIS = "《条例》第十四条至第十六条、第三十六条"


def check_ground(attribute: str, ground: str, reason: str, law: Law) -> None:
    """Refuse 不予公开 without a ground of that law and a reason, or a ground without need."""
    fields: dict[str, str] = {}
    if attribute not in Attribute.values:
        fields["attribute"] = "请选择公开属性：主动公开、依申请公开或不予公开。"
    elif attribute == Attribute.WITHHELD:
        if not ground:
            fields["ground"] = "不予公开要选择法律依据。"
        elif ground not in {g.key for g in grounds.grounds(law)}:
            fields["ground"] = f"{law.base.title}没有这一项依据，请重新选择。"
        if not reason.strip():
            fields["reason"] = "不予公开要写明理由：具体是什么内容，公开会有什么损害。"
    elif ground:
        fields["ground"] = "只有不予公开才选法律依据；请清除依据，或改为不予公开。"
    elif attribute == Attribute.ON_REQUEST and not reason.strip():
        fields["reason"] = "依申请公开要写明为什么不主动公开。"
    if fields:
        raise Refusal("review.ground", " ".join(fields.values()), BASIS, fields)
