"""At the desk no way leads another case's file into a letter, nor a letter into another case."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.disclosure import store
from gongkai.disclosure.actions import assigning, closing
from gongkai.disclosure.models import DisclosureRequest, FilePart, Letter, SealedFile
from gongkai.disclosure.values import ReopenOrder, Upload
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import entered, to
from tests.disclosure.conftest import answered, at, no_paper
from tests.factories import NOW

__all__ = ["no_paper"]


def file_of(case: DisclosureRequest, part: str = FilePart.REPLY) -> SealedFile:
    upload = Upload("别人的.pdf", b"%PDF-1.7", "application/pdf", part)
    return store.keep(request=case, upload=upload, by=None, now=NOW)


def test_no_form_takes_a_foreign_file(office: factories.Office, sign_in: SignIn) -> None:
    desk = sign_in(office.officer)
    mine, theirs = entered(desk), entered(desk, name="孙小寒")
    foreign = [file_of(theirs, part) for part in FilePart.values]
    own_proof = file_of(mine, FilePart.IDENTITY)
    reply = to("request_reply", mine) + "?outcome=granted"
    for file in (*foreign, own_proof):
        answer = desk.post(reply, {"provided": "一份", "attachments": [file.pk]})
        assert answer.status_code == 422
        assert "请只选择本件申请的答复附件" in answer.content.decode()
    assert desk.post(reply, {"provided": "一份"}).status_code == 302
    letter = Letter.objects.get(request=mine)
    attach = to("request_paper_attach", mine, pk=letter.pk)
    for file in (*foreign, own_proof):
        assert desk.post(attach, {"attachments": [file.pk]}).status_code == 422
        assert desk.get(to("request_one_file", mine, pk=file.pk)).status_code == (
            200 if file is own_proof else 404
        )
    assert not letter.attachments.exists()
    # The same letter asked for below another case is not there.
    for name in ("request_paper", "request_paper_attach", "request_paper_serve"):
        assert desk.get(to(name, theirs, pk=letter.pk)).status_code == 404
        assert desk.post(to(name, theirs, pk=letter.pk), {}).status_code in (404, 405)


@pytest.mark.usefixtures("no_paper")
def test_cases_made_of_a_case_take_no_files_along(office: factories.Office) -> None:
    """Split, joined, reopened: papers stay where they were filed."""
    from tests.disclosure.conftest import filed

    day = date(2026, 11, 2)
    first = filed(office, day).request
    kept = file_of(first)
    now = at(2026, 11, 3)
    _same, part = assigning.split(request=first, parts=["合同", "图纸"], by=office.officer, now=now)
    assigning.join(request=part, into=first, by=office.officer, now=now)
    answered(first, office, date(2026, 11, 4))
    order = ReopenOrder("云岭区人民政府", date(2026, 11, 5))
    again = closing.reopen(request=first, order=order, by=office.officer, now=at(2026, 11, 5))
    assert not part.files.exists() and not again.files.exists()
    kept.refresh_from_db()
    assert kept.request_id == first.pk
