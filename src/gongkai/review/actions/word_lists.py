"""Word lists of a body: at which words its papers stop before they are published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, Role
from gongkai.review import policies
from gongkai.review.models import WordList
from gongkai.review.values import ListText

MOST_WORDS = 100_000
LONGEST_WORD = 60
SHORTEST_WORD = 2


@transaction.atomic
def save_word_list(
    *,
    body: Body,
    text: ListText,
    by: Person | None,
    now: datetime,
    row: WordList | None = None,
) -> WordList:
    """Make a list, or change one. The journal tells how many words, never which.

    Refused where a word is too short (it would stand everywhere) or too long, or a list too large.
    """
    policies.may_keep_word_lists(by, body, civil_day(now)).require(policies.THREE_STEPS)
    words = _clean(text.words)
    made = row is None
    kept = WordList(body=body) if row is None else _locked(row, body)
    kept.label, kept.severity = text.label.strip(), text.severity
    kept.sentence, kept.is_active = text.sentence.strip(), text.is_active
    kept.words, kept.count = "\n".join(words), len(words)
    kept.digest = hashlib.sha256(kept.words.encode()).hexdigest()
    kept.saved_at, kept.saved_by = now, by
    save_checked(kept, code="word_list.not_valid")
    append(
        event="word_list.made" if made else "word_list.changed",
        actor=orgs.actor(by, body=body, role=Role.DISCLOSURE_OFFICE),
        subject=Subject("word_list", kept.pk, kept.uuid),
        change=Change(data={"label": kept.label, "count": kept.count, "active": kept.is_active}),
    )
    return kept


def _locked(row: WordList, body: Body) -> WordList:
    return WordList.objects.select_for_update(no_key=True).get(pk=row.pk, body=body)


def _clean(lines: Iterable[str]) -> list[str]:
    """Each word once, in the order given; what cannot be a word is refused by name."""
    words = list(dict.fromkeys(word for line in lines if (word := " ".join(line.split()))))
    wrong = [w for w in words if not SHORTEST_WORD <= len(w) <= LONGEST_WORD]
    sentence = ""
    if wrong:
        shown = "、".join(f"“{word[:20]}”" for word in wrong[:5])
        sentence = (
            f"每个词须有{SHORTEST_WORD}到{LONGEST_WORD}个字，请改正：{shown}"
            f"{'等' if len(wrong) > 5 else ''}。"
        )
    elif len(words) > MOST_WORDS:
        sentence = f"一个词表最多{MOST_WORDS}个词，现在有{len(words)}个，请分成几个词表。"
    elif not words:
        sentence = "请填写词语，一行一个。"
    if sentence:
        raise Refusal("word_list.bad_words", sentence, fields={"words": sentence})
    return words
