"""Word lists kept on the desk, and what they do to a draft."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.journal.models import Entry
from gongkai.review import actions
from gongkai.review.models import Finding, WordList
from tests import factories
from tests.desk.conftest import SignIn

NEW = {
    "label": "内部代号",
    "severity": "error",
    "is_active": "on",
    "words": "春雷行动\n 青松  工程 \n春雷行动",
}


def test_a_list_is_made_changed_and_heeded(
    office: factories.Office, sign_in: SignIn, settings: Settings
) -> None:
    settings.GONGKAI_SCANNERS = ["gongkai.backends.scanners.word_lists.WordListScanner"]
    client = sign_in(office.officer)
    assert client.get(reverse("desk:word_lists")).status_code == 200
    file = SimpleUploadedFile("words.txt", "秋霜项目\r\n".encode("gb18030"))
    assert client.post(reverse("desk:word_list_new"), {**NEW, "file": file}).status_code == 302
    kept = WordList.objects.get(body=office.body)
    assert kept.words.splitlines() == ["春雷行动", "青松 工程", "秋霜项目"] and kept.count == 3
    record = factories.draft(office, text="按春雷行动部署。")
    actions.rescan(record=record, now=factories.NOW)
    assert [f.evidence for f in Finding.objects.filter(record=record)] == ["春雷行动"]
    off = {**NEW, "words": "春雷行动"}
    del off["is_active"]
    assert client.post(reverse("desk:word_list", args=[kept.uuid]), off).status_code == 302
    actions.rescan(record=record, now=factories.NOW)
    assert not Finding.objects.filter(record=record).exists()
    lines = Entry.objects.filter(event__startswith="word_list.").order_by("seq")
    assert [line.event for line in lines] == ["word_list.made", "word_list.changed"]
    assert "春雷" not in str([line.data for line in lines])


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "一行一个"), ("甲\n春雷行动", "“甲”"), ("字" * 61, "须有2到60个字")],
)
def test_bad_words_come_back_with_a_sentence(
    office: factories.Office, sign_in: SignIn, words: str, said: str
) -> None:
    client = sign_in(office.officer)
    response = client.post(reverse("desk:word_list_new"), {**NEW, "words": words})
    assert response.status_code == 422 and said in response.content.decode()
    assert "内部代号" in response.content.decode() and not WordList.objects.exists()


def test_names_are_for_their_keepers_alone(office: factories.Office, sign_in: SignIn) -> None:
    client = sign_in(office.officer)
    client.post(reverse("desk:word_list_new"), NEW)
    kept = WordList.objects.get()
    for outsider in (office.clerk, office.leader):
        page = sign_in(outsider).get(reverse("desk:word_list", args=[kept.uuid]))
        assert page.status_code == 403 and "春雷" not in page.content.decode()
    other = factories.office(name="青石区商务局")
    assert (
        sign_in(other.officer).get(reverse("desk:word_list", args=[kept.uuid])).status_code == 404
    )
