"""Reads the application form: typed values kept as they are, every fault beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.disclosure import uploads
from gongkai.disclosure.models import FilePart
from gongkai.disclosure.values import ApplicantText, Application, AskedText, Upload
from gongkai.kit.refusal import Refusal
from gongkai.law.applications import check_application
from gongkai.law.check_digits import uscc_valid
from gongkai.law.model import Law
from gongkai.portal.applying.fields import FIRST, NATURAL, Field, names

HONEY = "website"
_NEEDS = {
    "email": ("email", "选择用电子邮件获取的，请填写电子邮箱。"),
    "post": ("address", "选择邮寄的，请填写通信地址。"),
    "fax": ("phone", "选择传真的，请在联系电话中填写传真号码。"),
}
_MISSING = {
    "name": "请填写申请人的姓名或者名称。",
    "identity": "请填写证件号码，或者上传证件的照片、扫描件。",
    "contact": "电话、邮箱、地址请至少填写一项。",
    "description": "请填写所需信息的名称、文号或者其他特征，至少一项。",
    "form_wanted": "请选择希望得到的形式和获取途径。",
}


def words() -> Iterator[str]:
    """The sentences told by what is missing, for the catalog of the other language."""
    yield from _MISSING.values()
    yield from (sentence for _name, sentence in _NEEDS.values())


@dataclass(frozen=True, slots=True)
class Typed:
    """What came: texts by field, checked files, and what is wrong by field."""

    values: dict[str, str]
    files: tuple[Upload, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    def application(self, once: str = "") -> Application:
        """The values an action takes; `once` is the key of the form."""
        given = self.values
        who = ApplicantText(
            kind=given["kind"],
            name=given["name"],
            representative=given["representative"],
            contact=given["contact_name"],
            identity_kind=given.get("identity_kind", ""),
            identity_number=given.get("identity_number", ""),
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
            postcode=given["postcode"],
            agent=given["agent"],
            assistance=given.get("assistance", ""),
        )
        what = AskedText(
            subject=given["subject"],
            document_number=given["document_number"],
            description=given["description"],
            provided_as=given["provided_as"],
            provided_by=given["provided_by"],
            own_records=given["rectify"] == "1",
            is_rectification=given["rectify"] == "1",
        )
        return Application(who, what, self.files, once=once)


def texts(request: HttpRequest, law: Law) -> dict[str, str]:
    """Every text of the form as it was typed; control characters dropped."""
    return {
        each.name: _plain(request.POST.get(each.name, ""))
        for each in names(law)
        if each.how != "file"
    }


def _plain(text: str) -> str:
    kept = text.replace("\r\n", "\n")[:20_000]
    return "".join(c for c in kept if c == "\n" or c.isprintable())


def read(request: HttpRequest, law: Law) -> Typed:
    """The whole form, checked."""
    values = texts(request, law)
    errors: dict[str, str] = {}
    if request.POST.get(HONEY):
        errors[HONEY] = _("这一栏是留给自动程序的，请清空后再提交。")
    for each in names(law):
        if each.how != "file":
            _check_text(each, values[each.name], errors)
    files = _files(request, errors)
    _check_parts(values, files, law, errors)
    _check_sense(values, errors)
    return Typed(values, files, errors)


def _check_text(each: Field, value: str, errors: dict[str, str]) -> None:
    if len(value.strip()) > each.most:
        errors[each.name] = _("%(label)s最多%(most)s个字，请缩短。") % {
            "label": each.label,
            "most": each.most,
        }
    if each.choices and value and value not in dict(each.choices):
        errors[each.name] = _("请从列出的%(label)s中选择。") % {"label": each.label}


def taken(request: HttpRequest, name: str, part: str, errors: dict[str, str]) -> list[Upload]:
    """The files chosen in one field, each checked; the first fault is told beside the field."""
    found: list[Upload] = []
    given = request.FILES.getlist(name)
    if len(given) > uploads.MOST_FILES:
        errors[name] = _("一次最多上传%(most)s个文件。") % {"most": uploads.MOST_FILES}
        return []
    for file in given:
        upload = Upload(file.name or "", file.read(), file.content_type or "", part)
        try:
            uploads.check(upload)
        except Refusal as refusal:
            errors.setdefault(name, refusal.sentence)
        else:
            found.append(upload)
    return found


def _files(request: HttpRequest, errors: dict[str, str]) -> tuple[Upload, ...]:
    proofs = taken(request, "identity", FilePart.IDENTITY, errors)
    papers = taken(request, "files", FilePart.FILED, errors)
    if len(proofs) + len(papers) > uploads.MOST_FILES:
        errors["files"] = _("一次最多上传%(most)s个文件。") % {"most": uploads.MOST_FILES}
    return (*proofs, *papers)


def _check_parts(
    values: dict[str, str], files: tuple[Upload, ...], law: Law, errors: dict[str, str]
) -> None:
    """The parts the law lists, by the law's own check."""
    proof = any(file.part == FilePart.IDENTITY for file in files) or "identity" in errors
    given = {
        "name": values["name"],
        "identity": values.get("identity_number", "").strip() or ("1" if proof else ""),
        "contact": values["phone"].strip() or values["email"].strip() or values["address"],
        "description": values["subject"].strip()
        or values["document_number"].strip()
        or values["description"],
        "form_wanted": values["provided_as"] and values["provided_by"],
        "assistance": values.get("assistance", ""),
    }
    for gap in check_application(given, law=law):
        place = FIRST[gap.key]
        if gap.key == "form_wanted" and values["provided_as"]:
            place = "provided_by"
        errors.setdefault(place, _(_MISSING[gap.key]))
    if not values["kind"]:
        errors.setdefault("kind", _("请选择申请人类型：自然人，或者五类单位中的一类。"))


def _check_sense(values: dict[str, str], errors: dict[str, str]) -> None:
    """What would make the case impossible to handle: an address that cannot be one."""
    email = values["email"].strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            errors.setdefault("email", _("电子邮箱写得不对，请核对，例如 name@example.cn。"))
    name, sentence = _NEEDS.get(values["provided_by"], ("", ""))
    if name and not values[name].strip():
        errors.setdefault(name, _(sentence))
    number = "".join(values.get("identity_number", "").split()).upper()
    kind = values.get("identity_kind", "")
    if kind == "统一社会信用代码证" and number and not uscc_valid(number):
        errors.setdefault("identity_number", _("统一社会信用代码不对，请对照证照核对。"))
    if kind == "居民身份证" and number and not _is_card(number):
        errors.setdefault("identity_number", _("居民身份证号码应是18位，请对照证件核对。"))
    if values["kind"] == NATURAL and kind == "统一社会信用代码证":
        errors.setdefault("identity_kind", _("自然人请选择个人的证件；单位申请请改选申请人类型。"))


def _is_card(number: str) -> bool:
    """18 places with the check sign of GB 11643."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return number[17] == "10X98765432"[total % 11]
