"""Rows named in a call: a section by its code, an officer by name, a file by its number."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gongkai.api.fields import Given
from gongkai.api.requests.call import Caller, Deed
from gongkai.disclosure import queries
from gongkai.disclosure.models import DisclosureRequest, RemedyCase, SealedFile
from gongkai.disclosure.values import Upload
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Person, Section


def _unknown(field: str, sentence: str) -> Refusal:
    return Refusal("api.unknown_row", sentence, fields={field: sentence})


def section_of(body: Body, code: str, field: str = "section") -> Section | None:
    """The section in use with this code; None for an empty one."""
    if not code:
        return None
    found = Section.objects.filter(body=body, code=code, is_active=True).first()
    if found is None:
        raise _unknown(field, f"{body.name}没有代码为“{code}”的科室，可选的见 /requests/desks。")
    return found


def officer_of(name: str) -> Person | None:
    """The account in use with this sign-in name; None for an empty one."""
    if not name:
        return None
    found = Person.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise _unknown("case_officer", f"没有登录名为“{name}”的人员，可选的见 /requests/desks。")
    return found


def body_of(code: str, field: str = "body") -> Body | None:
    """The body in use with this code; None for an empty one."""
    if not code:
        return None
    found = Body.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise _unknown(field, f"没有代码为“{code}”的机关，请核对。")
    return found


def own_body(caller: Caller, code: str) -> Body:
    """The body named, else the caller's own."""
    found = body_of(code) or caller.person.body
    if found is None:
        raise _unknown("body", "您的账号还没有归入任何机关，请填写 body。")
    return found


def request_of(caller: Caller, uuid: UUID, field: str) -> DisclosureRequest:
    """Another request the caller may see."""
    found = queries.visible_to(caller.person, caller.today).filter(uuid=uuid).first()
    if found is None:
        raise _unknown(field, "没有找到这件申请，请核对编号。")
    return found


def files_of(deed: Deed, uuids: Sequence[UUID], field: str) -> list[SealedFile]:
    """Files of this very case, in the order asked."""
    found = {file.uuid: file for file in deed.request.files.filter(uuid__in=list(uuids))}
    if set(uuids) - found.keys():
        raise _unknown(field, "有的文件不属于这件申请，请先用 files 添加，再填它的编号。")
    return [found[uuid] for uuid in dict.fromkeys(uuids)]


def remedy_of(deed: Deed, number: int | None) -> RemedyCase | None:
    """A remedy of this very case; None where none is named."""
    if number is None:
        return None
    found = deed.request.remedies.filter(pk=number).first()
    if found is None:
        raise _unknown("remedy", "这件申请没有这一件复议诉讼，请核对编号。")
    return found


def upload_of(given: Given) -> Upload:
    """A given file as the actions take it; what it really is they look at themselves."""
    return Upload(given.name, given.content, "application/octet-stream", given.part)
