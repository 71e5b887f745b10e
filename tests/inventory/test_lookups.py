"""What is asked of a whole body for each new paper is answered by indexes, on both databases."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.copies import LARGE, read_whole
from bench.damage import sound
from gongkai.inventory import actions
from gongkai.inventory.actions import repeats
from gongkai.inventory.models import Fingerprint
from gongkai.orgs.models import Body, Person
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.values import NewDraft
from tests.inventory.conftest import NOW, opened

HEAD = "信息名称,文号,生成日期,正文\n"


def _table(first: int, last: int) -> str:
    texts = {n: sound(n, Random(n)).partition("\n\n")[2] for n in range(first, last)}
    return HEAD + "".join(
        f'{"行政许可公示" if n % 3 == 0 else f"第{n}件事项"},旧字{n}号,2008-01-20,"{text}"\n'
        for n, text in texts.items()
    )


def _whole(statements: list[str]) -> list[tuple[str, str]]:
    """What is read from end to end although an index could answer it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows are read whole anyway; with this only what has no index is.
            cursor.execute("SET LOCAL enable_seqscan = off")
        return [
            (table, statement)
            for statement in statements
            for table in read_whole(cursor, connection.vendor, statement)
        ]


@pytest.mark.django_db
def test_no_paper_has_a_large_table_read_whole(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, ("表.csv", _table(1, 30)))
    actions.work(run=run, now=NOW)
    with CaptureQueriesContext(connection) as seen:
        while actions.work(run=run, now=NOW):
            pass
        after = 0
        while after := actions.compare(run=run, now=NOW, after=after):
            pass
    assert Fingerprint.objects.count() > 100
    asked = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SELECT")]
    asked = [sql for sql in asked if any(f'FROM "{table}"' in sql for table in LARGE)]
    assert len(asked) > 8
    assert _whole(asked) == []
    assert _whole(["SELECT id FROM records_record WHERE abstract = 'x'"]), "the look is blind"


@pytest.mark.django_db
def test_of_a_name_that_very_many_bear_the_latest_are_looked_at(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "MOST", 3)
    drafts = [NewDraft({"title": "公示", "document_number": f"{n}号"}) for n in range(20)]
    drafts += [NewDraft({"title": f"第{n}件"}) for n in range(2)]
    records.draft_all(body=bureau, drafts=drafts, by=clerk, now=NOW)
    again = [
        NewDraft({"title": "公示", "document_number": "0号"}),
        NewDraft({"title": "公示", "document_number": "19号"}),
        NewDraft({"title": "第1件", "document_number": "1号"}),
        NewDraft({"title": "别的"}),
    ]
    made = records.draft_all(body=bureau, drafts=again, by=clerk, now=NOW)
    assert all(isinstance(record, Record) for record in made)
    with CaptureQueriesContext(connection) as seen:
        told = repeats.possible_repeats([r for r in made if isinstance(r, Record)])
    assert len(seen) == 3
    named = {r.document_number: told.get(r.pk, "") for r in made if isinstance(r, Record)}
    assert named["0号"] == "" and "（19号）" in named["19号"]
    assert "《第1件》" in named["1号"] and named[""] == ""
