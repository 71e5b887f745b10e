"""The parts of a letter, filled in from the case; what a person has to say himself is left to him.

A filler per kind gives what the case knows (dates from the clock, effects from the law, amounts
from the fee); what the draft states goes before it. Addressee, number, date and remedy are never
a person's to state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.disclosure import casework, letter_basis, letter_remedy
from gongkai.disclosure.letter_fee import fee_parts
from gongkai.disclosure.letter_text import chinese_day, placeholders
from gongkai.disclosure.models import Consultation, DisclosureRequest, Fee, Letter
from gongkai.disclosure.values import LetterDraft
from gongkai.kit.refusal import Refusal
from gongkai.law.applications import ApplicantKind
from gongkai.law.clock_events import Kind, event_rules
from gongkai.law.deadlines import Effect
from gongkai.law.letters import LETTERS, check_letter
from gongkai.law.model import Law
from gongkai.law.receipt import Channel

# To whom a consulted side's letter goes is told by its consultation.
TO_PARTIES = ("third_party", "joint_body", "third_party_notice")
OWN = ("remedy", "you", "received")
_LONGEST_ASKED = 120


@dataclass(frozen=True, slots=True)
class Writing:
    """A letter being written: the case, its law, the draft and the day of writing."""

    request: DisclosureRequest
    law: Law
    draft: LetterDraft
    today: date

    @property
    def you(self) -> str:
        """How the letter addresses whom it goes to."""
        if self.draft.kind in TO_PARTIES:
            return "你单位" if self.consultation.kind == "joint_body" else "你（单位）"
        applicant = getattr(self.request, "applicant", None)
        natural = applicant is None or applicant.kind == ApplicantKind.NATURAL
        return "您" if natural else "你单位"

    @property
    def consultation(self) -> Consultation:
        """The consultation the letter belongs to; refused when the draft names none."""
        found = self.request.consultations.filter(ref=self.draft.ref).first()
        if found is None:
            raise Refusal(
                "letter.no_consultation",
                f"{LETTERS[self.draft.kind].label}须对应一件征求意见，请先登记征求意见的对象。",
            )
        return found


# What a letter may say besides what the law lists for it.
BESIDES = {
    "partial": (("part", "不予公开的部分（第一处）"), ("more", "其余不予公开的部分，每行一处")),
}


def editable(letter: Letter) -> list[tuple[str, str]]:
    """The parts of this letter that a person may change, with their names."""
    fixed = {*OWN, *(("due", "new_due") if letter.due_on else ())}
    known = placeholders(letter.kind) - fixed
    named = [*LETTERS[letter.kind].parts, *BESIDES.get(letter.kind, ())]
    return [(key, label) for key, label in named if key in known]


def fill(writing: Writing) -> dict[str, str]:
    """Every part the words of this kind name; a missing one is the empty text."""
    kind, draft = writing.draft.kind, writing.draft
    names = placeholders(kind)
    unknown = draft.parts.keys() - {part for part, _ in LETTERS[kind].all_parts} - names
    if unknown:
        raise ValueError(f"unknown parts of {kind}: {sorted(unknown)}")
    given = {
        k: v.strip() for k, v in draft.parts.items() if v.strip() and k in names and k not in OWN
    }
    known = {"you": writing.you, "received": received(writing), "basis": basis(writing)}
    if kind in _FILLERS:
        known |= _FILLERS[kind](writing)
    known["remedy"] = letter_remedy.remedy_words(
        kind, draft.outcome, body=writing.request.body, on=writing.today
    )
    return dict.fromkeys(sorted(names), "") | known | given


def require_whole(kind: str, parts: Mapping[str, str], *, addressee: str) -> None:
    """Refuse a letter that lacks a part; number and date come with its approval."""
    later = {"number": "…", "date": "…", "addressee": addressee}
    gaps = check_letter(kind, {**parts, **later})
    if gaps:
        raise Refusal(
            "letter.incomplete",
            "".join(gap.sentence for gap in gaps),
            gaps[0].basis,
            {gap.key: gap.sentence for gap in gaps},
        )


def basis(writing: Writing) -> str:
    """The articles: of the outcome and its ground for a reply, else of the letter."""
    draft = writing.draft
    if draft.outcome and draft.kind != "rectification":
        held = [key for key in (draft.ground, *draft.also) if key]
        return letter_basis.reply_basis(draft.outcome, writing.law, ground_keys=held)
    return letter_basis.letter_basis(draft.kind, writing.law)


def received(writing: Writing) -> str:
    """收到申请的日期和内容. A consulted side is not told who asked, nor in which words."""
    request = writing.request
    day = chinese_day(request.received_on or request.arrived_on)
    if writing.draft.kind in TO_PARTIES:
        return f"{day}，本机关收到一件政府信息公开申请，所申请的信息涉及{writing.you}。"
    noun, verb = ("政府信息更正", "更正") if request.is_rectification else ("政府信息公开", "获取")
    what = f"，申请{verb}{asked}" if (asked := asked_words(request)) else ""
    number = f"（登记号：{request.number}）"
    return f"{day}，本机关收到{writing.you}提出的{noun}申请{number}{what}。"


def asked_words(request: DisclosureRequest) -> str:
    """What was asked for, in its own words, cut where they are long."""
    text = " ".join((request.subject or request.description).split())
    text = text.replace("“", "‘").replace("”", "’")
    if len(text) > _LONGEST_ASKED:
        text = text[: _LONGEST_ASKED - 1] + "…"
    number = f"（文号：{request.document_number}）" if request.document_number else ""
    return f"“{text}”{number}" if text else request.document_number


def last_day(day: date) -> str:
    """A day up to which something must be done, the day itself included."""
    return f"{chinese_day(day)}（含当日）"


def _set_day(writing: Writing) -> str:
    return last_day(writing.draft.due_on) if writing.draft.due_on else ""


def _receipt(writing: Writing) -> dict[str, str]:
    request = writing.request
    if request.due_on is not None:
        due = chinese_day(request.due_on) + ("（暂定）" if request.due_provisional else "")
    else:
        length = writing.law.term("reply").length
        due = f"自双方确认收到申请之日的次日起{length}个工作日"
    return {
        "channel": Channel(request.channel).label,
        "register_number": request.number,
        "due": due,
    }


def _supplement(writing: Writing) -> dict[str, str]:
    rule = event_rules(writing.law)[Kind.SUPPLEMENTED]
    restart = (
        "本机关收到补正之日起，重新计算答复期限"
        if rule.effect is Effect.RESTARTS
        else "补正期间不计入答复期限"
    )
    missed = event_rules(writing.law)[Kind.SUPPLEMENT_ASKED].if_missed
    effect = f"{missed}该申请" if missed.endswith("不再处理") else missed
    return {
        "due": _set_day(writing),
        "effect": effect or "逾期未补正的，本机关无法按申请内容提供信息",
        "restart": restart,
    }


def _extension(writing: Writing) -> dict[str, str]:
    clock = casework.clock_of(writing.request)
    due = clock.due if clock is not None and clock.extended else None
    if clock is None or due is None:
        return {"approval": _APPROVAL}
    original = replace(clock, extended=False, extended_by=0).due
    return {
        "approval": _APPROVAL,
        "original_due": chinese_day(original.on) if original else "",
        "new_due": chinese_day(due.on),
    }


_APPROVAL = "经本机关政府信息公开工作机构负责人同意"


def _reasons(writing: Writing) -> dict[str, str]:
    return {
        "due": _set_day(writing),
        "effect": "逾期未说明理由，或者本机关认为所说明的理由不合理的，将告知不予处理",
    }


def _delay(writing: Writing) -> dict[str, str]:
    return {"new_due": _set_day(writing)}


def _third_party(writing: Writing) -> dict[str, str]:
    length = writing.law.term("third_party").length if writing.law.has("third_party") else 15
    return {
        "information": writing.consultation.information,
        "reason": writing.consultation.reason,
        "choice": "同意公开，或者不同意公开并说明理由",
        "due": f"自收到本征询书之日起{length}个工作日内",
        "effect": "逾期未提出意见的，由本机关依照上述规定决定是否公开",
        "return_address": return_address(writing),
    }


def _joint_body(writing: Writing) -> dict[str, str]:
    length = writing.law.term("joint_body").length
    return {
        "information": writing.consultation.information,
        "due": f"自收到本征询函之日起{length}个工作日内",
        "effect": "逾期未提出意见的，视为同意公开",
        "return_address": return_address(writing),
    }


def return_address(writing: Writing) -> str:
    """Where the answer goes: name, address, telephone and mail of the body."""
    body = writing.request.body
    found = (
        body.name,
        body.address,
        body.phone and f"电话{body.phone}",
        body.email and f"电子邮箱{body.email}",
    )
    return "，".join(part for part in found if part)


def _consultation_notice(writing: Writing) -> dict[str, str]:
    kinds = set(writing.request.consultations.values_list("kind", flat=True))
    words = [
        w for k, w in (("third_party", "第三方"), ("joint_body", "共同制作机关")) if k in kinds
    ]
    return {
        "consulted": "和".join(words) or "有关方面",
        "effect": "征求意见所需时间不计算在答复期限内",
    }


def _third_party_notice(writing: Writing) -> dict[str, str]:
    return {"content": writing.consultation.information}


def _fee(writing: Writing) -> dict[str, str]:
    length = writing.law.term("fee_payment").length
    profile = writing.request.body.profile
    stated = profile.get("fee_payment") if isinstance(profile, dict) else None
    payment = str(stated or f"凭本通知书到{return_address(writing)}办理缴款手续")
    fee = Fee.objects.filter(request=writing.request).first()
    return {
        **(fee_parts(fee) if fee else {}),
        "payment": payment,
        "due": f"自收到本通知书的次日起{length}个工作日内",
        "effect": "逾期未缴纳的，视为放弃申请，本机关不再处理该申请",
    }


def _partial(writing: Writing) -> dict[str, str]:
    return {"part": THE_PART}


THE_PART = "该部分"
_FILLERS: dict[str, Callable[[Writing], dict[str, str]]] = {
    "partial": _partial,
    "receipt": _receipt,
    "supplement": _supplement,
    "extension": _extension,
    "reasons": _reasons,
    "delay": _delay,
    "third_party": _third_party,
    "joint_body": _joint_body,
    "consultation_notice": _consultation_notice,
    "third_party_notice": _third_party_notice,
    "fee": _fee,
}
