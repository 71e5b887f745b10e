"""What opens one's own case: number and secret once, then a short signed cookie.

Neither the number nor the secret ever stands in an address or a log. The cookie names the case by
its uuid and the kept digest of the secret; it goes to the tracking pages alone, for half an hour
after the last step.
"""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai.disclosure import sealing
from gongkai.disclosure.actions.filing import open_with_secret
from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.values import Filed
from gongkai.kit.refusal import Refusal
from gongkai.portal import links
from gongkai.portal.page import secure_cookies

COOKIE, RECEIPT = "gongkai_case", "gongkai_receipt"
SALT = "gongkai.portal.case"
SECONDS = 30 * 60
RECEIPT_SECONDS = 15 * 60
# One sentence whatever was wrong: it must not tell which numbers exist.
WRONG = "回执号或者查询密码不对。请对照回执核对；回执遗失的，请与受理机关联系。"


def opened(number: str, secret: str) -> DisclosureRequest | None:
    """The case these two open."""
    return open_with_secret(number[:40], secret[:80])


def hold(response: HttpResponseBase, case: DisclosureRequest) -> None:
    """Let this browser into the case for a while."""
    response.set_signed_cookie(
        COOKIE,
        f"{case.uuid}/{case.secret_digest[:16]}",
        salt=SALT,
        max_age=SECONDS,
        path=links.to("track"),
        httponly=True,
        secure=secure_cookies(),
        samesite="Strict",
    )


def held(request: HttpRequest) -> DisclosureRequest | None:
    """The case this browser was let into; None when the time is over."""
    try:
        kept = str(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS))
    except BadSignature:
        return None
    uuid, _slash, mark = kept.partition("/")
    if not mark:
        return None
    rows = DisclosureRequest.objects.select_related("body", "applicant")
    return rows.filter(uuid=uuid, secret_digest__startswith=mark).first()


def release(response: HttpResponseBase) -> None:
    """Leave the case."""
    response.delete_cookie(COOKIE, path=links.to("track"), samesite="Strict")


def hand_over(response: HttpResponseBase, filed: Filed) -> None:
    """Carry number and secret to the receipt page, sealed, for one showing."""
    told = sealing.seal(f"{filed.request.receipt_number}/{filed.secret}", name=RECEIPT)
    response.set_cookie(
        RECEIPT,
        told,
        max_age=RECEIPT_SECONDS,
        path=links.to("receipt"),
        httponly=True,
        secure=secure_cookies(),
        samesite="Strict",
    )


def handed_over(request: HttpRequest) -> tuple[DisclosureRequest, str] | None:
    """The case and its secret for the receipt page."""
    try:
        told = sealing.unseal(request.COOKIES.get(RECEIPT, ""), name=RECEIPT)
    except Refusal:
        return None
    number, _slash, secret = told.partition("/")
    case = opened(number, secret) if secret else None
    return (case, secret) if case else None


def forget_receipt(response: HttpResponseBase) -> None:
    """The receipt has been shown."""
    response.delete_cookie(RECEIPT, path=links.to("receipt"), samesite="Strict")
