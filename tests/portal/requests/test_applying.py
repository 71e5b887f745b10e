"""The form: what is asked, what is told beside each field, looking first, the receipt."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.catalog import indexing
from gongkai.disclosure import store
from gongkai.disclosure.models import DisclosureRequest, Solved
from gongkai.law import in_force
from gongkai.portal.applying import bounds, once
from gongkai.portal.applying.fields import FIRST, groups
from tests import factories
from tests.factories import Office
from tests.portal.fakes import MemoryIndex
from tests.portal.requests.conftest import FORM, PERSONAL, PICTURE, file_it, proof

APPLY = "/requests/apply/"


def test_a_request_is_filed_and_its_receipt_shown_once(client: Client, office: Office) -> None:
    receipt = file_it(client)
    case = receipt.case
    assert (case.channel, case.state, case.received_on) == ("web", "awaiting_confirmation", None)
    assert (case.applicant.name, case.applicant.kind) == ("赵小满", "natural")
    assert case.applicant.assistance == "请用大字打印"
    (kept,) = case.files.all()
    assert (kept.part, kept.name, store.opened(kept)) == ("identity", "护照.png", PICTURE)
    assert "双方确认之日" in receipt.page and "二十九" not in receipt.number
    assert "20个工作日" in receipt.page
    again = client.get("/requests/apply/receipt/")
    assert again.status_code == 302 and again["Location"] == "/requests/track/"
    assert receipt.secret not in client.get("/requests/track/").content.decode()


def test_pressed_twice_the_form_gives_the_same_receipt(client: Client, office: Office) -> None:
    shown = client.post(APPLY, {"step": "look", "subject": FORM["subject"]}).content.decode()
    found = re.search(r'name="once" value="([^"]+)"', shown)
    assert found
    first = file_it(client, once=found[1])
    again = file_it(client, once=found[1])
    assert (again.number, again.secret) == (first.number, first.secret)
    assert DisclosureRequest.objects.count() == 1
    # A key we did not sign is none: nobody can land on another's request with it.
    assert file_it(client, once="chosen by somebody").number != first.number
    assert file_it(client, once="chosen by somebody").number != first.number
    assert DisclosureRequest.objects.count() == 3


def test_sent_again_late_it_says_so_without_the_secret(client: Client, office: Office) -> None:
    key = once.fresh()
    file_it(client, once=key)
    long_ago = timezone.now() - timedelta(hours=1)
    DisclosureRequest.objects.update(created_at=long_ago)
    answer = client.post(APPLY, {**FORM, "once": key, "identity": proof()}, follow=True)
    assert "没有重复登记" in answer.content.decode()
    assert DisclosureRequest.objects.count() == 1


def test_the_form_asks_what_the_law_of_the_day_lists() -> None:
    today, old = (groups(in_force(day)) for day in (date(2026, 11, 23), date(2010, 1, 4)))
    keys = [group.key for group in today]
    assert set(keys) - {"papers"} == set(FIRST) - {"purpose"} | {"assistance"}
    assert "purpose" not in keys
    assert "identity" not in [group.key for group in old]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": ""}, "kind"),
        ({"kind": "company"}, "kind"),
        ({"phone": "", "email": "", "address": "", "provided_by": "pickup"}, "phone"),
        ({"subject": "", "description": " "}, "subject"),
        ({"provided_as": ""}, "provided_as"),
        ({"provided_by": ""}, "provided_by"),
        ({"email": "zhao at home"}, "email"),
        ({"email": ""}, "email"),
        ({"provided_by": "post", "address": ""}, "address"),
        ({"identity_kind": "居民身份证", "identity_number": "11010919900307123X"},
         "identity_number"),
        ({"kind": "business", "identity_kind": "统一社会信用代码证"}, "identity_number"),
        ({"identity_kind": "统一社会信用代码证", "identity_number": ""}, "identity_kind"),
        ({"description": "长" * 4001}, "description"),
        ({"website": "http://example.cn"}, "website"),
    ],
)  # fmt: skip
def test_every_fault_stands_beside_its_field_and_at_the_top(
    client: Client, office: Office, changed: dict[str, str], field: str
) -> None:
    answer = client.post(APPLY, {**FORM, **changed, "identity": proof()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in page
    assert page.count('<li><a href="#f-') == 1
    assert f'id="f-{field}' in page
    assert "请重新选择" in page
    for name in ("name", "phone", "assistance"):
        if name not in changed:
            assert FORM[name] in page
    assert not DisclosureRequest.objects.exists()


def test_identity_is_asked_for_but_a_picture_will_do(client: Client, office: Office) -> None:
    bare = {**FORM, "identity_number": ""}
    assert 'href="#f-identity_number"' in client.post(APPLY, bare).content.decode()
    assert client.post(APPLY, {**bare, "identity": proof()}).status_code == 302


def test_a_disguised_file_is_refused_at_its_field(client: Client, office: Office) -> None:
    fake = proof()
    fake.name = "护照.pdf"
    page = client.post(APPLY, {**FORM, "identity": fake}).content.decode()
    assert 'href="#f-identity"' in page and "扩展名不符" in page


def test_a_stale_token_keeps_the_typing(office: Office) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(APPLY, FORM)
    page = answer.content.decode()
    assert answer.status_code == 422 and "请再按一次按钮" in page and "赵小满" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    assert strict.post(APPLY, {**FORM, "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_an_address_can_file_only_so_often(client: Client, office: Office) -> None:
    for _time in range(bounds.FILING.most):
        assert client.post(APPLY, FORM).status_code == 302
    answer = client.post(APPLY, FORM)
    assert answer.status_code == 422 and "太频繁" in answer.content.decode()
    assert client.post(APPLY, FORM, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_body_without_the_channel_says_so(client: Client, office: Office) -> None:
    office.body.profile = office.body.profile | {"request_channels": ["counter"]}
    office.body.save(update_fields=["profile"])
    page = client.get(APPLY).content.decode()
    assert "没有开通网上申请" in page and "<textarea" not in page
    assert "没有开通网上申请" in client.post(APPLY, FORM).content.decode()
    assert not DisclosureRequest.objects.exists()


def test_what_is_published_is_shown_before_the_form(
    client: Client, office: Office, index: MemoryIndex
) -> None:
    entry = factories.published(office, title="梅花街改造工程施工合同公告", text="合同价款与工期。")
    factories.published(office, title="便民网点办法", text="网点布局。")
    indexing.catch_up()
    answer = client.post(APPLY, {"step": "look", "subject": "我想了解梅花街改造工程的施工合同"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"/records/{entry.uuid}/" in page and "<mark>" in page and "便民网点办法" not in page
    assert 'value="我想了解梅花街改造工程的施工合同"' in page
    row = Solved.objects.get()
    assert (row.entry_id, row.shown, row.solved) == (entry.pk, 1, 0)
    done = client.post("/requests/apply/solved/", {"entry": str(entry.uuid)})
    assert "没有提交申请" in done.content.decode()
    row.refresh_from_db()
    assert (row.shown, row.solved) == (1, 1)


def test_nothing_found_or_a_broken_index_stops_nobody(
    client: Client, office: Office, index: MemoryIndex
) -> None:
    looked = {"step": "look", "subject": "不存在的事"}
    assert "没有找到相近的公开信息" in client.post(APPLY, looked).content.decode()
    index.broken = True
    assert client.post(APPLY, looked).status_code == 200
    unknown = client.post("/requests/apply/solved/", {"entry": "nonsense"})
    assert unknown.status_code == 404


def test_no_page_of_an_applicant_is_kept(
    client: Client, office: Office, settings: Settings
) -> None:
    receipt = file_it(client)
    for address in (APPLY, "/requests/track/", "/requests/answers/", "/requests/apply/receipt/"):
        assert client.get(address)["Cache-Control"] == "no-store", address
    assert client.post(APPLY, FORM)["Cache-Control"] == "no-store"
    assert (
        client.post("/requests/track/", {"number": receipt.number})["Cache-Control"] == "no-store"
    )


def test_nothing_of_the_applicant_stands_on_a_public_page(
    client: Client, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = file_it(client)
    stranger = Client()
    for address in ("/", "/requests/", APPLY, "/requests/track/", "/requests/answers/",
                    "/sitemap.xml", "/feed.atom", "/requests/apply/receipt/"):  # fmt: skip
        sent = stranger.get(address).content.decode()
        for word in (*PERSONAL, receipt.number, receipt.secret, FORM["subject"]):
            assert word not in sent, (address, word)
    assert not [r for r in caplog.records if any(w in r.getMessage() for w in PERSONAL)]
