"""One request as the people concerned live it: filed, supplemented, paused, extended, charged,
partly granted and served; on both databases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.dates import civil_day
from gongkai.orgs import calendar
from tests import factories, redaction_samples
from tests.web.desk.conftest import SitDown

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]  # fmt: skip
PDF = redaction_samples.blank()


def today() -> date:
    return civil_day(timezone.now())


@pytest.fixture
def office(data_dir: Path) -> factories.Office:
    cache.clear()
    calendar.forget()
    made = factories.office()
    made.body.profile = made.body.profile | {"letter_word": "云商"}
    made.body.save(update_fields=["profile"])
    return made


@dataclass(frozen=True, slots=True)
class Room:
    """The windows of those concerned: the applicant's, the clerk's, the office's, the leader's."""

    server: str
    applicant: Page
    clerk: Page
    officer: Page
    leader: Page

    def case(self) -> DisclosureRequest:
        return DisclosureRequest.objects.get()

    def open(self, page: Page) -> Page:
        page.goto(f"{self.server}/desk/requests/{self.case().uuid}/")
        return page

    def deed(self, page: Page, name: str) -> None:
        self.open(page).get_by_role("link", name=name, exact=True).click()

    def carry(self, page: Page, name: str) -> None:
        """The letter on the page: submitted, approved by the leader, handed over today."""
        expect(page.locator(".letter-text")).to_be_visible()
        here = page.url
        page.get_by_role("button", name="提交审批").click()
        self.leader.goto(here)
        self.leader.get_by_role("button", name="审批通过").click()
        expect(self.leader.locator("main")).to_contain_text(f"{today().year}〕1号")
        page.goto(here)
        page.get_by_role("link", name="登记送达").click()
        page.locator("#id_signed_on").fill(str(today()))
        page.get_by_role("button", name="登记送达").click()
        expect(page.locator("main")).to_contain_text(f"{name}已登记送达")

    def mine(self) -> Page:
        """The applicant's page, as it stands now."""
        self.applicant.goto(f"{self.server}/requests/track/")
        return self.applicant


@pytest.fixture
def room(
    chromium: Browser, live_server: LiveServer, sit_down: SitDown, office: factories.Office
) -> Room:
    context = chromium.new_context(
        java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    people = [sit_down(who) for who in (office.clerk, office.officer, office.leader)]
    return Room(str(live_server), page, *people)


def file_it(room: Room) -> None:
    """The applicant, on a phone, without an account."""
    page = room.applicant
    page.goto(f"{room.server}/requests/apply/")
    page.get_by_label("信息的名称").fill("梅花街改造工程的合同")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("自然人").check()
    page.get_by_label("姓名或者名称").fill("赵小满")
    page.get_by_label("证件类型").select_option("护照")
    page.get_by_label("证件号码").fill("E12345678")
    page.get_by_label("电子邮箱").fill("zhao@example.cn")
    page.get_by_label("电子文件").check()
    page.get_by_label("在本网站下载").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("#receipt-secret")).to_have_text(re.compile(r"(\w{5}-){4}\w{5}"))
    page.get_by_role("button", name="我已存好").click()
    page.get_by_role("button", name="我确认提交了这件申请").click()
    expect(page.locator("main")).to_contain_text("已登记您的确认")


def take_in(room: Room, office: factories.Office) -> None:
    """The office confirms and gives it to the clerk."""
    room.deed(room.officer, "登记双方确认")
    room.officer.locator("#id_on").fill(str(today()))
    room.officer.get_by_role("button", name="登记确认").click()
    room.deed(room.officer, "交办")
    room.officer.locator("#id_section").select_option(str(office.section.pk))
    room.officer.locator("#id_case_officer").select_option(str(office.clerk.pk))
    room.officer.get_by_role("button", name="交办").click()
    expect(room.officer.locator("main")).to_contain_text("已交办")


def supplement(room: Room) -> None:
    """One notice; the applicant answers it; the days begin anew."""
    room.deed(room.clerk, "要求补正")
    room.clerk.locator("#id_points").fill("写明合同的年份")
    room.clerk.locator("#id_due_on").fill(str(today() + timedelta(days=15)))
    room.clerk.get_by_role("button", name="草拟补正告知书").click()
    room.carry(room.clerk, "补正告知书")
    page = room.mine()
    expect(page.locator("main")).to_contain_text("等待补正")
    page.get_by_label("补正内容").fill("二〇二五年签订的施工合同")
    page.get_by_role("button", name="提交补正").click()
    expect(page.locator("main")).to_contain_text("答复期限从今天的次日起重新计算")


def consult(room: Room) -> None:
    """A third party is asked: the clock pauses; it objects with a sound reason."""
    room.deed(room.clerk, "征求意见")
    room.clerk.locator("#id_name").fill("梅花建筑有限公司")
    room.clerk.locator("#id_information").fill("施工合同的价格条款")
    room.clerk.locator("#id_reason").fill("涉及该公司的商业秘密")
    room.clerk.get_by_role("button", name="草拟征询书").click()
    room.carry(room.clerk, "第三方意见征询书")
    expect(room.mine().locator("main")).to_contain_text("征求意见中")
    expect(room.applicant.locator("main")).not_to_contain_text("梅花建筑")
    room.open(room.clerk).get_by_role("link", name="登记意见").click()
    room.clerk.get_by_label("不同意公开").check()
    room.clerk.locator("#id_on").fill(str(today()))
    room.clerk.locator("#id_sound").select_option("yes")
    room.clerk.get_by_role("button", name="登记意见").click()
    expect(room.clerk.locator("main")).to_contain_text("恢复计时")


def extend(room: Room) -> None:
    """The office approves, and tells the applicant."""
    before = room.case().due_on
    room.deed(room.officer, "批准延期")
    room.officer.locator("#id_days").fill("10")
    room.officer.locator("#id_reason").fill("需要查阅三年的档案")
    room.officer.get_by_role("button", name="批准延期").click()
    room.open(room.officer).get_by_role("link", name="延期答复告知书").click()
    room.carry(room.officer, "延期答复告知书")
    after = room.case().due_on
    assert before and after and after > before
    expect(room.mine().locator("main")).to_contain_text(str(after))


def charge(room: Room) -> None:
    """Sixty pages are charged; the applicant sends the evidence; the days begin anew."""
    room.deed(room.clerk, "收费通知")
    room.clerk.get_by_label("按量计收").check()
    room.clerk.locator("#id_pages").fill("60")
    room.clerk.get_by_role("button", name="核定并草拟收费通知书").click()
    room.open(room.clerk).get_by_role("link", name="收费通知书").click()
    room.carry(room.clerk, "收费通知书")
    page = room.mine()
    expect(page.locator("main")).to_contain_text("300元")
    slip = {"name": "缴费凭证.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#fee_files").set_input_files(slip)  # type: ignore[arg-type]
    page.get_by_role("button", name="交缴费凭证").click()
    expect(page.locator("main")).to_contain_text("材料已经收到")
    room.deed(room.clerk, "登记缴费")
    expect(room.clerk.locator("main")).to_contain_text("登记缴费")
    room.clerk.locator("#id_receipt_number").fill("0012345")
    room.clerk.get_by_role("button", name="登记缴费").click()
    expect(room.clerk.locator("main")).to_contain_text("已登记缴费")


def answer(room: Room) -> None:
    """A part is withheld on its ground; the copy without it goes along."""
    room.deed(room.clerk, "草拟答复")
    room.clerk.get_by_role("link", name="部分公开（区分处理）").click()
    room.clerk.locator("#id_provided").fill("施工合同，遮盖后的副本1份")
    room.clerk.locator("#id_part_1").fill("第三页的价格条款")
    room.clerk.locator("#id_ground_1").select_option("trade_secret")
    room.clerk.locator("#id_reason_1").fill("第三方有合理理由不同意公开")
    copy = {"name": "合同（遮盖后）.pdf", "mimeType": "application/pdf", "buffer": PDF}
    room.clerk.locator("#id_new_file").set_input_files(copy)  # type: ignore[arg-type]
    room.clerk.get_by_role("button", name="草拟答复").click()
    expect(room.clerk.locator(".letter-text")).to_contain_text("第三页的价格条款属于")
    room.carry(room.clerk, "部分公开答复书")


def test_a_request_from_filing_to_the_served_part(room: Room, office: factories.Office) -> None:
    file_it(room)
    take_in(room, office)
    supplement(room)
    consult(room)
    extend(room)
    charge(room)
    answer(room)
    case, page = room.case(), room.mine()
    assert (case.state, case.outcome, case.in_time) == ("replied", "partly_granted", True)
    expect(page.locator("main")).to_contain_text("部分公开（区分处理）")
    expect(page.locator("main")).to_contain_text("要先申请行政复议")
    letter = page.get_by_role("link", name=re.compile("^部分公开答复书 云商部答"))
    with page.expect_download() as got:
        letter.click()
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF")
    with page.expect_download() as got:
        page.get_by_role("link", name="附件：合同（遮盖后）.pdf").click()
    assert Path(got.value.path()).read_bytes() == PDF
    page.get_by_role("button", name="建议主动公开").click()
    expect(page.locator("main")).to_contain_text("已登记您的建议")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    kinds = list(case.steps.order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "supplement_asked", "supplemented", "third_party_asked", "opinion_received", "extended",
        "fee_noticed", "fee_paid", "replied",
    ]  # fmt: skip
    room.deed(room.clerk, "办结")
    room.clerk.get_by_role("button", name="办结").click()
    assert room.case().state == "closed"
