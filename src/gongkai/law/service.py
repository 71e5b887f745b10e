"""Service of letters (送达): by which way, and which day counts (国办公开办函〔2016〕235号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.due import Due

_BASIS = Cite("service_2016_235")


class Way(StrEnum):
    """How a letter went to the applicant."""

    HANDED = "handed"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"
    COURIER = "courier"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Way.HANDED: "直接送达",
    Way.ENTRUSTED: "委托其他机关送达",
    Way.POST: "邮寄送达（邮政企业）",
    Way.ELECTRONIC: "互联网渠道送达",
    Way.COURIER: "其他快递企业",
}


@dataclass(frozen=True, slots=True)
class Service:
    """One service: `posted_on` the day given to the post or sent, `signed_on` signed for."""

    way: Way
    posted_on: date | None = None
    signed_on: date | None = None
    freight_collect: bool = False


def served_on(service: Service) -> date:
    """The day that counts for the deadline: signing for direct service, posting for the post.

    Refuses private couriers and freight collect, and a service whose day is not recorded. For
    the net the day of sending counts (inference from 电子签名法 Art. 11).
    """
    basis = str(_BASIS)
    if service.way is Way.COURIER:
        raise Refusal(
            "service.courier",
            "政府信息公开文书只能通过邮政企业寄送，不得交其他快递企业。请改用邮政寄送。",
            basis,
        )
    if service.freight_collect:
        raise Refusal("service.freight_collect", "不得要求收件人付邮费，请改为寄件付费。", basis)
    by_post = service.way in (Way.POST, Way.ELECTRONIC)
    day = service.posted_on if by_post else service.signed_on
    if day is None:
        needed = "交邮（发出）日期" if by_post else "签收日期"
        raise Refusal("service.no_day", f"请填写{needed}，{service.way.label}以此为准。", basis)
    return day


def in_time(service: Service, due: Due) -> bool:
    """Whether the letter was served by its due date."""
    return served_on(service) <= due.on
