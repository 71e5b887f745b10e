"""The format page is enough: a verifier written from it alone, without a line of ours."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from gongkai.journal.models import Entry, Head
from tests.journal.conftest import Write


def _bytes(row: dict[str, Any], keys: list[str]) -> bytes:
    made = {key: row[key] for key in keys}
    made["at"] = row["at"].strftime("%Y-%m-%dT%H:%M:%S.%f") + "+00:00"
    for key in ("act", "subject_uuid"):
        made[key] = None if row[key] is None else str(row[key])
    return json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.django_db
def test_a_stranger_verifies_with_the_page_and_the_key(
    write: Write, settings: Settings, project_root: Path
) -> None:
    page = (project_root / "docs" / "spec" / "journal.md").read_text(encoding="utf-8")
    found = re.search(r"exactly these keys: `([a-z_ ]+)`", page)
    assert found
    keys = found[1].split()
    key = str(settings.GONGKAI_JOURNAL_KEY).encode()
    write(5, odd='引号"、\\、换行\n、\x01、😀', deep={"b": [1, None], "a": True})
    before = "0" * 64
    for seq, row in enumerate(Entry.objects.order_by("seq").values(), 1):
        assert (row["seq"], row["prev_hash"]) == (seq, before)
        before = hashlib.sha256(_bytes(dict(row), keys)).hexdigest()
        assert row["hash"] == before
        mac = hmac.new(key, f"gongkai/journal/entry/1\n{before}".encode(), hashlib.sha256)
        assert row["mac"] == mac.hexdigest()
        named = hashlib.sha256(b"gongkai/journal/key-id/1\n" + key).hexdigest()[:16]
        assert row["key_id"] == named
    head = Head.objects.get()
    assert (head.seq, head.hash) == (5, before)
    text = f"gongkai/journal/head/1\n5\n{before}"
    assert head.mac == hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
