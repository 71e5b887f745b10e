"""Who may see and do what with requests. None stands for the operator at the console.

Least visible of everything: the disclosure office and the responsible leader see the body's
requests, a section those assigned to it, a case officer his own. Supervisors and the review group
see none.
"""

from __future__ import annotations

from datetime import date

from gongkai.disclosure.models import (
    Assignment,
    DisclosureRequest,
    FilePart,
    Letter,
    SealedFile,
)
from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role

WHOLE_BODY = (Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER)
SECTION_ROLES = (Role.CASE_OFFICER, Role.SECTION_HEAD)
BASIS = "《条例》第四条、第四十五条"
# Files whoever approves needs to see; the rest holds the applicant's own data.
FOR_ALL_READERS = (FilePart.REPLY, FilePart.LETTER)


def may_register(person: Person | None, body: Body, today: date) -> Answer:
    """Enter a request that came over the counter, by post, fax or mail."""
    wanted = {Role.DISCLOSURE_OFFICE, Role.CASE_OFFICER}
    if person is None or orgs.roles_in(person, body, today) & wanted:
        return YES
    return Answer(
        False,
        f"只有{body.name}的政府信息公开工作机构或经办人可以登记申请。请交由他们办理。",
        "request.not_registrar",
    )


def may_set_up(person: Person | None, body: Body, today: date) -> Answer:
    """Mailbox and reminders of a body: its disclosure office, or its system administrator."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    if orgs.has_role_above(person, body, Role.SYSTEM_ADMIN, today):
        return YES
    return Answer(
        False,
        f"邮箱和期限提醒由{body.name}的政府信息公开工作机构或系统管理员设置。请联系他们。",
        "request.not_keeper",
    )


def may_take_mail(person: Person | None, body: Body, today: date) -> Answer:
    """See and handle what came into the mailbox: nobody but the disclosure office.

    A mail may hold anybody's data before it is anybody's case.
    """
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        f"邮箱来信由{body.name}的政府信息公开工作机构处理。请联系他们。",
        "mail.not_office",
    )


def may_lead(person: Person | None, request: DisclosureRequest, today: date) -> Answer:
    """Confirm, assign, extend, split, join, release, reopen, archive: the disclosure office."""
    if person is None or orgs.has_role(person, request.body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        "这一步由本机关的政府信息公开工作机构办理。请联系他们。",
        "request.not_office",
    )


def may_handle(person: Person | None, request: DisclosureRequest, today: date) -> Answer:
    """Work on the case: the disclosure office, or those it is assigned to."""
    if may_lead(person, request, today) or (
        person is not None and _is_assigned(person, request, today)
    ):
        return YES
    return Answer(
        False,
        "这件申请没有交办给您，不能办理。请由承办的经办人或政府信息公开工作机构办理。",
        "request.not_yours",
    )


def may_read(person: Person, request: DisclosureRequest, today: date) -> Answer:
    """See the case. Everybody who may handle it, and the responsible leader."""
    if may_handle(person, request, today) or orgs.has_role(
        person, request.body, Role.RESPONSIBLE_LEADER, today
    ):
        return YES
    return Answer(False, "没有找到这件申请，或者您没有查看的权限。", "request.not_visible")


def may_see_identity(person: Person | None, request: DisclosureRequest, today: date) -> Answer:
    """See identity proofs: only those who handle the case. Each look is written down."""
    if may_handle(person, request, today):
        return YES
    return Answer(
        False,
        "身份证明只有承办这件申请的人员可以查看。",
        "request.identity_not_visible",
    )


def may_open_file(person: Person, file: SealedFile, today: date) -> Answer:
    """Open a file of a case one may read: what the applicant handed in only who handles it."""
    if file.part in FOR_ALL_READERS or may_handle(person, file.request, today):
        return YES
    return Answer(
        False,
        "申请人交来的材料只有承办这件申请的人员可以查看。",
        "request.file_not_visible",
    )


def may_export_register(person: Person | None, body: Body, today: date) -> Answer:
    """Take the register of a body out of the system: its disclosure office."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        f"申请台账由{body.name}的政府信息公开工作机构导出。请联系他们。",
        "request.not_exporter",
    )


def may_extend(person: Person | None, request: DisclosureRequest, today: date) -> Answer:
    """Approve an extension: the disclosure office, and not the officer who handles the case."""
    held = may_lead(person, request, today)
    if not held or person is None or person.pk != request.case_officer_id:
        return held
    return Answer(
        False,
        "您是这件申请的经办人，不能批准自己承办的申请延期。请由公开工作机构的另一位同志批准。",
        "request.own_extension",
    )


def may_approve(person: Person, letter: Letter, today: date) -> Answer:
    """Approve a letter: the disclosure office or the responsible leader, not who drafted it."""
    body = letter.request.body
    if not any(orgs.has_role(person, body, role, today) for role in WHOLE_BODY):
        return Answer(
            False,
            "文书由政府信息公开工作机构或主管领导审批。请送他们审批。",
            "letter.not_approver",
        )
    if person.pk == letter.drafted_by_id:
        return Answer(
            False,
            "这份文书是您草拟的，不能由您审批。请由另一位同志审批。",
            "letter.same_person",
        )
    return YES


def _is_assigned(person: Person, request: DisclosureRequest, today: date) -> bool:
    if not person.is_active:
        return False
    body, section = request.body, request.section
    if person.pk == request.case_officer_id and orgs.roles_in(person, body, today):
        return True
    if section is not None and any(
        orgs.has_role_in_section(person, section, role, today, body=body)
        for role in SECTION_ROLES
        if role == Role.SECTION_HEAD or request.case_officer_id is None
    ):
        return True
    return _is_at_other_body(person, request, today)


def _is_at_other_body(person: Person, request: DisclosureRequest, today: date) -> bool:
    """The request was last passed on to another body, whose disclosure office this person is."""
    last = Assignment.objects.filter(request=request).order_by("-id").first()
    other = last.other_body if last else None
    return other is not None and orgs.has_role(person, other, Role.DISCLOSURE_OFFICE, today)
