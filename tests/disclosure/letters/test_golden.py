"""Every kind of letter, written from an invented case, reads as its golden file.

After a wanted change of words: `GONGKAI_TEST_WRITE_GOLDEN=1 pytest …/test_golden.py`, then read
the difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.disclosure.letter_documents import letter_text
from gongkai.disclosure.letter_text import FOLDER
from gongkai.disclosure.models import Consultation, Fee, Letter, SearchEntry
from gongkai.law.letters import LETTERS
from tests.disclosure.letters import cases as make

pytestmark = pytest.mark.django_db
FILES = Path(__file__).resolve().parents[2] / "golden" / "letters"
Written = Callable[[make.Case], Letter]


def _letter(kind: str, **draft: Any) -> Written:
    return lambda of: make.letter(of, kind, **draft)


def _reply(outcome: str, **stated: Any) -> Written:
    return lambda of: make.reply(of, outcome, **stated)


def _party(kind: str, name: str) -> Callable[[make.Case], Consultation]:
    return lambda of: Consultation.objects.create(
        request=of.request,
        ref="征询1",
        kind=kind,
        party=name,
        information="方案附表三中贵单位的成本构成",
        reason="成本构成可能属于贵单位的商业秘密",
    )


def _to_party(kind: str, name: str, **parts: str) -> Written:
    def written(of: make.Case) -> Letter:
        _party("joint_body" if kind == "joint_body" else "third_party", name)(of)
        return make.letter(of, kind, ref="征询1", parts=parts)

    return written


def _extension(of: make.Case) -> Letter:
    make.extended(of, days=10)
    return make.letter(of, "extension", parts={"reason": "所涉资料分散在三个科室，需要逐件核对。"})


def _consultation_notice(of: make.Case) -> Letter:
    _party("third_party", "云岭农贸有限公司")(of)
    return make.letter(of, "consultation_notice")


def _fee(of: make.Case) -> Letter:
    Fee.objects.create(
        request=of.request, way="pages", units=1, pages=120, amount_yuan=1100, tariff="2021"
    )
    return make.letter(of, "fee")


def _not_held(of: make.Case) -> Letter:
    for place, found in (("电子公文系统", "无结果"), ("2025年文书档案", "未见该方案")):
        SearchEntry.objects.create(
            request=of.request,
            place=place,
            terms="以“农贸市场”“补贴”为关键词逐条检索",
            found=found,
            by=of.at.clerk,
            on=make.on(11, 3),
        )
    return make.reply(of, "not_held")


def _still_unclear(of: make.Case) -> Letter:
    make.supplement_asked_and_taken(of)
    return make.reply(of, "still_unclear", reason="补正材料仍未写明所指的是哪一份文件")


def _excessive(of: make.Case) -> Letter:
    make.reasons_asked(of)
    return make.reply(of, "excessive", reason="说明的理由与所申请的信息无关")


def _closing(of: make.Case) -> Letter:
    notice = make.supplement_asked(of)
    assert notice.number == "云商信补〔2026〕1号"
    return make.reply(of, "abandoned_no_supplement", now=make.days(40))


def _rectification(of: make.Case) -> Letter:
    of.request.is_rectification = True
    of.request.save(update_fields=["is_rectification"])
    return make.reply(of, "other", reason="本机关记录中的门牌号有误，已更正为梅花街7号。")


WRITTEN: dict[str, Written] = {
    "receipt": _letter("receipt"),
    "supplement": _letter(
        "supplement",
        parts={"points": "1．所需信息的年度。\n2．身份证明的反面。"},
        due_on=make.on(11, 20),
    ),
    "extension": _extension,
    "reasons": _letter(
        "reasons", parts={"reason": "本月已提出四十二件相近的申请"}, due_on=make.on(11, 20)
    ),
    "delay": _letter("delay", parts={"reason": "四十二件申请涉及八个科室"}, due_on=make.on(12, 31)),
    "third_party": _to_party("third_party", "云岭农贸有限公司"),
    "joint_body": _to_party("joint_body", "云岭区财政局"),
    "consultation_notice": _consultation_notice,
    "third_party_notice": _to_party(
        "third_party_notice", "云岭农贸有限公司", reason="不公开会对公共利益造成重大影响"
    ),
    "fee": _fee,
    "grant": _reply("granted", provided=f"《{make.ASKED}》，电子文件1份，随本答复书发送。"),
    "already_published": _reply(
        "already_published", where="本机关网站“政府信息公开”专栏，索引号11Y001/ZK-2026-000012。"
    ),
    "partial": _reply(
        "partly_granted",
        provided="方案正文和附表一、附表二，电子文件1份。",
        ground="trade_secret",
        reason="附表三载有经营单位的成本构成，权利人有合理理由不同意公开。",
    ),
    "refusal": _reply("refused_deliberative", reason="方案仍在征求意见，没有形成正式文件"),
    "not_held": _not_held,
    "not_ours": _reply(
        "not_ours", reason="该方案由云岭区财政局制作", where="云岭区财政局，电话010-60000001"
    ),
    "repeated": _reply("repeated", earlier_reply="云商信答〔2026〕5号，2026年9月1日"),
    "special_procedure": _reply(
        "special_procedure", where="依照《不动产登记暂行条例》，向云岭区不动产登记中心查询。"
    ),
    "not_ready_made": _reply("not_ready_made", reason="需要对三年的拨款凭证逐笔汇总"),
    "still_unclear": _still_unclear,
    "petition": _reply("petition", reason="申请内容为投诉摊位费收取标准"),
    "public_publication": _reply(
        "public_publication", where="《云岭区统计年鉴》，各新华书店有售。"
    ),
    "excessive": _excessive,
    "confirm_or_reissue": _reply("confirm_or_reissue", reason="要求在已提供的复印件上重新加盖印章"),
    "closing": _closing,
    "rectification": _rectification,
}


def test_every_kind_of_letter_is_written_here() -> None:
    assert WRITTEN.keys() == LETTERS.keys()
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LETTERS)


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_letter_reads_as_its_golden_file(kind: str, data_dir: Path) -> None:
    text = letter_text(WRITTEN[kind](make.case()))
    path = FILES / f"{kind}.txt"
    if os.environ.get("GONGKAI_TEST_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert "{" not in text and "。。" not in text and "：。" not in text
