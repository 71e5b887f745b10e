"""Sealed files that belong to no row: they go after a day, nothing else does."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from gongkai.disclosure import store
from gongkai.disclosure.actions import sweeping
from gongkai.disclosure.mailbox import kept
from gongkai.disclosure.models import SealedFile
from gongkai.disclosure.values import Upload
from gongkai.orgs.models import Body
from tests.disclosure.conftest import filed
from tests.factories import Office

pytestmark = pytest.mark.django_db
NOTE = Upload("说明.txt", "说明".encode(), "text/plain")


def stray(path: Path, now: datetime, hours: float) -> Path:
    """Bytes of no row, so old."""
    store.write_durably(path, b"sealed")
    moment = (now - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_only_what_no_row_names_goes_and_only_after_a_day(office: Office, data_dir: Path) -> None:
    later = timezone.now() + timedelta(days=2)
    request = filed(office, date(2026, 3, 2), files=(NOTE,)).request
    (file,) = SealedFile.objects.filter(request=request)
    mail = stray(kept.path_of("ab" * 32), later, 25)
    lost = stray(store.path_of(uuid4()), later, 25)
    part = stray(lost.parent / ".part-x", later, 25)
    young = stray(store.path_of(uuid4()), later, 23)
    found = sweeping.sweep(now=later)
    assert (found.strays, found.deleted) == (3, 3)
    assert not any(path.exists() for path in (mail, lost, part))
    assert young.exists() and store.opened(file) == NOTE.content
    assert sweeping.sweep(now=later).strays == 0


def test_what_was_purged_but_not_unlinked_goes(office: Office, data_dir: Path) -> None:
    request = filed(office, date(2026, 3, 2), files=(NOTE,)).request
    (file,) = SealedFile.objects.filter(request=request)
    file.purged_at = timezone.now()
    file.save(update_fields=["purged_at"])
    sweeping.sweep(now=timezone.now() + timedelta(days=2))
    assert not store.path_of(file.uuid).exists()


def test_files_of_another_database_are_left_alone(office: Office, data_dir: Path) -> None:
    assert Body.objects.exists()
    later = timezone.now() + timedelta(days=2)
    lost = [stray(store.path_of(uuid4()), later, 48) for _ in range(sweeping.FEW + 1)]
    found = sweeping.sweep(now=later)
    assert (found.files, found.strays, found.deleted) == (21, 21, 0)
    assert all(path.exists() for path in lost)
