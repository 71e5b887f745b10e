"""The register: order, filters, colours, what stands in 待办; typing kept sealed."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from gongkai.desk.models import KeptInput
from gongkai.disclosure.models import RequestState
from tests import factories
from tests.desk.conftest import BACKEND, SignIn
from tests.desk.requests.conftest import TYPED, Moves, entered

LIST = "/desk/requests/"


def numbers(page: str) -> list[str]:
    """The register numbers in the order of the page."""
    body = page[page.index("<tbody>") :] if "<tbody>" in page else ""
    return [part.split("<")[0] for part in body.split('/">')[1:]]


def test_the_nearest_due_date_stands_on_top_with_its_colour(
    office: factories.Office, sign_in: SignIn, on_day: Moves
) -> None:
    desk = sign_in(office.officer)
    on_day(11, 2)
    early = entered(desk)
    on_day(11, 20)
    late = entered(desk, arrived_on="2026-11-20", channel="signed_post", name="钱多多")
    waiting = entered(desk, arrived_on="2026-11-20", channel="fax", name="孙小寒")
    assert waiting.state == RequestState.AWAITING_CONFIRMATION
    on_day(12, 2)
    shown = desk.get(LIST).content.decode()
    assert numbers(shown) == [early.number, late.number, waiting.number]
    assert 'class="due overdue"' in shown and "已超期2个工作日" in shown and "未起算" in shown

    for query, wanted in (
        ("due=overdue", [early]),
        ("channel=fax", [waiting]),
        (f"state={RequestState.AWAITING_CONFIRMATION}", [waiting]),
        ("state=replied", []),
        ("due=unassigned", [early, late, waiting]),
        (f"q={late.receipt_number}", [late]),
        ("state=nonsense&page=99999999999999999999", [early, late, waiting]),
    ):
        found = numbers(desk.get(f"{LIST}?{query}").content.decode())
        assert found == [row.number for row in wanted], query

    home = desk.get(reverse("desk:home")).content.decode()
    assert "公开申请已超期" in home and "申请待双方确认" in home and "申请待交办" in home
    assert 'href="/desk/requests/"' in home, "it stands in the navigation"


def test_typed_personal_data_is_kept_sealed(office: factories.Office, sign_in: SignIn) -> None:
    """A form typed when the sign-in had run out comes back whole; the row shows nothing of it."""
    desk: Client = sign_in(office.officer)
    new = reverse("desk:request_new")
    desk.get(new)
    desk.cookies.pop("gongkai_session")
    assert desk.post(new, TYPED).status_code == 302
    kept = KeptInput.objects.get()
    assert "赵小满" not in json.dumps(kept.fields, ensure_ascii=False)
    assert "13900001234" not in json.dumps(kept.fields)
    desk.force_login(office.officer, backend=BACKEND)
    shown = desk.get(new).content.decode()
    assert "已放回您" in shown and 'value="赵小满"' in shown and 'value="13900001234"' in shown
