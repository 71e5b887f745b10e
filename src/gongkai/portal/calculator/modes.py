"""What the calculator page asks: each way of asking shows some fields of one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.law.clock import Kind
from gongkai.law.questions import QUESTIONS, Field, Question
from gongkai.law.versions import VERSIONS

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the question as the page asks for it; empty words are those of the question."""

    field: Field
    label: Words
    hint: Words
    required: bool


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of asking: `fixed` answers are given by the page itself, `events` asks for rows."""

    key: str
    label: Words
    intro: Words
    question: Question
    shown: tuple[Shown, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    events: bool = False


def _show(
    question: str, key: str, label: Words = "", hint: Words = "", *, required: bool = False
) -> Shown:
    found = next(f for f in QUESTIONS[question].fields if f.key == key)
    return Shown(found, label or found.label, hint or found.hint, required or found.required)


def _region() -> Shown:
    """Only places whose own rule sets a term for publishing; the law knows which."""
    places = [(v.region, v.title) for v in VERSIONS if v.region and "publish" in v.terms]
    shown = _show("due", "region", _("地方规定"), _("有的地方曾规定更短的期限；只在施行期间适用。"))
    choices = tuple((code, f"{title}") for code, title in places)
    return replace(shown, field=replace(shown.field, kind="choice", choices=choices))


MODES: dict[str, Mode] = {
    mode.key: mode
    for mode in (
        Mode(
            "reply",
            _("答复期限"),
            _("填写申请怎样提交、哪天提交，之后发生过什么，就能看到答复的截止日期。"),
            QUESTIONS["progress"],
            (
                _show("progress", "channel", _("申请怎样提交"), required=True),
                _show(
                    "progress",
                    "arrived",
                    _("哪天提交"),
                    _("当面提交的填提交之日；邮寄的填机关签收之日。"),
                    required=True,
                ),
                _show(
                    "progress",
                    "confirmed",
                    _("哪天双方确认"),
                    _("网上、传真、电子邮件和平常信函，以双方确认之日为收到之日。"),
                ),
            ),
            events=True,
        ),
        Mode(
            "publish",
            _("主动公开期限"),
            _("属于主动公开的信息，从形成或者变更之日起算，哪天前必须公开。"),
            QUESTIONS["due"],
            (_show("due", "from", _("信息形成或者变更之日"), _("当日不计入。")), _region()),
            fixed={"term": "publish"},
        ),
        Mode(
            "workdays",
            _("推算工作日"),
            _("从某一天起，过若干个工作日是哪一天。法定节假日和调休按放假通知计算。"),
            QUESTIONS["due"],
            (
                _show("due", "from", _("从哪天起"), _("当日不计入。")),
                _show("due", "working_days", _("几个工作日"), required=True),
            ),
        ),
        Mode(
            "remedy",
            _("不服答复怎么办"),
            _("收到答复之后，可以向谁、在哪天前申请行政复议或者提起诉讼。"),
            QUESTIONS["remedy"],
            (
                _show("remedy", "outcome", _("答复说了什么")),
                _show("remedy", "delivered", _("哪天收到答复")),
                _show("remedy", "body", _("作出答复的机关是"), _("不选则按政府工作部门。")),
            ),
        ),
        Mode(
            "fee",
            _("信息处理费"),
            _(
                "申请的数量、频次明显超过合理范围的，机关可以收取信息处理费；按件或者按页，只能选一种。"
            ),
            QUESTIONS["fee"],
            (
                _show("fee", "items", _("本次申请几件")),
                _show("fee", "earlier", _("本月此前已申请几件"), _("同一申请人，同一自然月。")),
                _show("fee", "pages", _("提供几页"), _("按 A4 纸单面计算。件数和页数至少填一项。")),
                _show("fee", "on", _("机关收到申请的日期"), _("不填按今天。")),
            ),
        ),
    )
}

# What else must or may be told of an event, beside its day; of all others nothing.
DETAILS: dict[Kind, tuple[Words, bool]] = {
    Kind.EXTENDED: (_("请填写延长几个工作日。"), True),
    Kind.DELAYED: (_("请填写告知的答复日期。"), True),
    Kind.SUPPLEMENT_ASKED: (_("补正到哪天为止"), False),
    Kind.THIRD_PARTY_ASKED: (_("对方哪天收到"), False),
    Kind.JOINT_BODY_ASKED: (_("对方哪天收到"), False),
}
