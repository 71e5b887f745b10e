"""区分处理: each part left out has its own ground and reason; the copy without them goes along."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.disclosure import letter_documents
from gongkai.disclosure.actions import consulting, replying
from gongkai.disclosure.models import Letter
from gongkai.disclosure.values import Party, Withheld
from gongkai.kit.refusal import Refusal
from tests import factories, redaction_samples
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import entered, to
from tests.disclosure.conftest import at, filed, send

TYPED = {
    "provided": "合同正文，遮盖后的副本1份",
    "part_1": "第三页的供应商银行账号",
    "ground_1": "trade_secret",
    "reason_1": "属于供应商的商业秘密",
    "part_2": "第七页联系人的手机号码",
    "ground_2": "privacy",
    "reason_2": "公开会侵害个人隐私。",
}


def test_each_part_has_its_ground_in_the_letter(office: factories.Office, sign_in: SignIn) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    url = f"{to('request_reply', case)}?outcome=partly_granted"
    lacking = desk.post(url, {**TYPED, "ground_1": "", "reason_2": ""}).content.decode()
    assert "第1处不予公开的部分，请写明法定理由" in lacking
    assert "第2处不予公开的部分，请写明具体理由" in lacking and "银行账号" in lacking
    assert not Letter.objects.exists()
    copy = SimpleUploadedFile("合同（遮盖后）.pdf", redaction_samples.blank(), "application/pdf")
    assert desk.post(url, {**TYPED, "new_file": copy}).status_code == 302
    letter = case.letters.get()
    text = letter_documents.letter_text(letter)
    assert "第三页的供应商银行账号属于" in text and "第七页联系人的手机号码属于" in text
    assert "理由：公开会侵害个人隐私。\n" in text and "附件：合同（遮盖后）" in text
    page = desk.get(to("request_paper", case, pk=letter.pk)).content.decode()
    assert "还没有附件" not in page
    edit = desk.get(to("request_paper_edit", case, pk=letter.pk)).content.decode()
    assert "其余不予公开的部分" in edit and "第七页联系人" in edit


def test_articles_of_every_ground_are_cited_once(office: factories.Office, db: None) -> None:
    case = filed(office, date(2026, 3, 2)).request
    parts = [
        Withheld("甲", "trade_secret", "一"),
        Withheld("乙", "privacy", "二"),
        Withheld("丙", "deliberative", "三"),
    ]
    letter = replying.draft_reply(
        request=case, outcome="partly_granted", stated={"provided": "其余部分"}, withheld=parts,
        by=office.officer, now=at(2026, 3, 3),
    )  # fmt: skip
    text = letter_documents.letter_text(letter)
    assert "第三十七条、第十五条、第十六条第二款，现答复" in text
    assert letter.ground == "trade_secret" and text.count("不予公开。理由") == 3
    with pytest.raises(Refusal, match="每一处"):
        replying.draft_reply(
            request=filed(office, date(2026, 3, 2)).request, outcome="partly_granted",
            stated={"provided": "其余部分"}, withheld=[Withheld("甲", "", "一")],
            by=office.officer, now=at(2026, 3, 3),
        )  # fmt: skip


def test_a_party_asked_is_heard_before_a_part_is_given(office: factories.Office, db: None) -> None:
    case = filed(office, date(2026, 3, 2)).request
    party = Party("third_party", "梅花建筑有限公司", "报价", "兰花路2号", "商业秘密")
    consulting.consult(request=case, party=party, by=office.officer, now=at(2026, 3, 3))
    send(case.letters.get(), office, date(2026, 3, 4))
    with pytest.raises(Refusal, match="第三方的意见没有收回"):
        replying.draft_reply(
            request=case, outcome="partly_granted", stated={"provided": "其余部分"},
            withheld=[Withheld("报价", "trade_secret", "对方正在考虑")],
            by=office.officer, now=at(2026, 3, 5),
        )  # fmt: skip


def test_a_correction_of_ones_record_has_its_own_way(
    office: factories.Office, sign_in: SignIn
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk, is_rectification="on", subject="本人地址登记有误")
    listed = desk.get(to("request_reply", case)).content.decode()
    assert "更正：已更正、不予更正或者转送" in listed and "其他（如申请人撤回）" not in listed
    url = f"{to('request_reply', case)}?outcome=other"
    assert "更正告知书" in desk.get(url).content.decode()
    assert desk.post(url, {"reason": "门牌号已更正为梅花街7号。"}).status_code == 302
    letter = case.letters.get()
    text = letter_documents.letter_text(letter)
    assert letter.kind == "rectification" and "门牌号已更正为梅花街7号" in text
    assert "可以自收到本答复之日起60日内" in text
    other = entered(desk)
    assert "其他（如申请人撤回）" in desk.get(to("request_reply", other)).content.decode()
