"""Sentences, followers, filters, listeners."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.journal import events, listeners, queries
from gongkai.journal.actions import append
from gongkai.journal.middleware import act_middleware
from gongkai.journal.models import Entry
from gongkai.journal.values import SYSTEM, Change
from gongkai.kit.act import current
from tests.journal.conftest import LEADER, Write


@pytest.mark.django_db
def test_sentence(write: Write) -> None:
    entry = write(1)[0]
    assert events.sentence(entry) == ("王岚把样品1从“draft”改为“proposed”，依据《条例》第十七条。1")


@pytest.mark.django_db
def test_sentence_of_what_is_missing_or_forgotten(write: Write) -> None:
    entry = write(1)[0]
    entry.data = {}
    entry.basis = ""
    assert events.sentence(entry).endswith("依据—。—")
    entry.event = "gone.{actor.__class__}"
    assert events.sentence(entry) == "王岚：gone.{actor.__class__}"


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("nodot", "x"),
        ("Big.name", "x"),
        ("a.b c", "x"),
        ("a.b", "{actor.id}"),
        ("a.b", "{data[x]}"),
        ("a.b", "{0}"),
        ("a.b", "{actor!r}"),
    ],
)
def test_bad_registrations_are_refused(name: str, template: str) -> None:
    with pytest.raises(ValueError, match=r"event name|plain name"):
        events.register({name: template})
    assert name not in events.known()


def test_a_second_sentence_for_a_known_event_is_refused() -> None:
    events.register({"sample.made": "{actor}（{role}）建立了{subject}。"})
    with pytest.raises(ValueError, match="already"):
        events.register({"sample.made": "别的"})


@pytest.mark.django_db
def test_followers_miss_nothing(write: Write) -> None:
    write(5)
    seen: list[int] = []
    at = 0
    while batch := queries.since(at, limit=2):
        seen += [entry.seq for entry in batch]
        at = batch[-1].seq
    assert seen == [1, 2, 3, 4, 5]
    assert queries.head_seq() == 5
    assert queries.since(-3, limit=0)[0].seq == 1
    assert queries.since(0, event_prefix="other.") == []


@pytest.mark.django_db
def test_pages_cover_everything_once(write: Write) -> None:
    write(7)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = queries.page(queries.Filter(), before=before, limit=3)
        seen += [entry.seq for entry in page.entries]
        before = page.next_before
        if before is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert queries.page(queries.Filter(), before=10**30).entries[0].seq == 7
    assert queries.page(queries.Filter(), before=-1).entries == ()


@pytest.mark.django_db
def test_filters(write: Write) -> None:
    third = write(3)[-1]
    with transaction.atomic():
        append(event="sample.made", actor=SYSTEM, subject=None, change=Change())
    moment = timedelta(microseconds=1)

    def found(**asked: object) -> list[int]:
        return [e.seq for e in queries.entries(queries.Filter(**asked))]  # type: ignore[arg-type]

    assert found(event_prefix="sample.mo") == [3, 2, 1]
    assert found(actor_id=7) == found(body_id=3) == [3, 2, 1]
    assert found(subject_kind="sample", subject_id=2) == [2]
    assert found(actor_id=10**30) == found(subject_id=-1) == []
    assert found(act=third.act) == [3]
    assert found(from_at=third.at, until_at=third.at + moment) == [3]
    assert [e.seq for e in queries.of_subject("sample", 2)] == [2]


@pytest.mark.django_db
def test_listeners(
    write: Write, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[str, int]] = []

    def within(entry: Entry) -> None:
        heard.append(("within", entry.seq))

    def after(entry: Entry) -> None:
        heard.append(("after", entry.seq))

    def deaf(entry: Entry) -> None:
        raise RuntimeError(entry.seq)

    listeners.subscribe_within("sample.", within)
    for listener in (deaf, after, after):
        listeners.subscribe("sample.mo", listener)
    try:
        logging.disable(logging.CRITICAL)
        with django_capture_on_commit_callbacks(execute=True):
            write(1)
            assert heard == [("within", 1)]
            with transaction.atomic():
                append(event="sample.made", actor=LEADER, subject=None, change=Change())
        assert heard == [("within", 1), ("within", 2), ("after", 1)]
    finally:
        logging.disable(logging.NOTSET)
        for listener in (within, after, deaf):
            listeners.unsubscribe(listener)
    write(1)
    assert len(heard) == 3


@pytest.mark.django_db
def test_an_error_of_a_listener_within_undoes_the_line(write: Write) -> None:
    def broken(entry: Entry) -> None:
        raise RuntimeError(entry.seq)

    listeners.subscribe_within("sample.", broken)
    try:
        with pytest.raises(RuntimeError):
            write(1)
    finally:
        listeners.unsubscribe(broken)
    assert Entry.objects.count() == 0


def test_one_act_per_request() -> None:
    seen: list[object] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(current())
        return HttpResponse()

    handle = act_middleware(view)
    handle(HttpRequest())
    handle(HttpRequest())
    assert None not in seen
    assert seen[0] != seen[1]
    assert current() is None
