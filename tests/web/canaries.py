"""An office full of things that are not public, each with a word of its own in it.

A word is planted once and remembered; whatever a stranger can fetch must hold none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from gongkai.catalog import actions as catalog
from gongkai.catalog.models import CatalogEntry
from gongkai.orgs import actions as orgs
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.values import Noticed
from tests import factories
from tests.factories import NOW, Office
from tests.web.request_canaries import plant_request

LATER = NOW + timedelta(days=1)


class Canaries:
    """Hands out words that occur nowhere else, and remembers what each was planted in."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}
        self._numbers = count(1)

    def word(self, place: str) -> str:
        """A new word, to be hidden in `place`."""
        made = f"jinsique{next(self._numbers):03d}zq"
        self.planted[made] = place
        return made

    def fields(self, place: str) -> dict[str, Any]:
        """Every text field of a record with a word in it."""
        names = ("title", "abstract", "text", "document_number", "keywords", "responsible_unit",
                 "made_by", "held_by", "lead_body", "validity_cause")  # fmt: skip
        return {name: f"字{self.word(f'{place}.{name}')}字" for name in names}


def fill(at: Office, birds: Canaries) -> list[CatalogEntry]:
    """Plant words in every unpublished state; returns the entries that are public."""
    for step in (_draft, _proposed, _verified, _returned, _decided, _withheld, _on_request, _secret,
                 _people, _guide, plant_request):  # fmt: skip
        step(at, birds)
    return [_in_error(at, birds), *_revised(at, birds), _republished(at, birds)]


def plant_draft(at: Office, birds: Canaries, place: str) -> Record:
    """A draft with a word in every field, in a file, a relation and a finding."""
    record = factories.draft(
        at, source={"note": birds.word(f"{place}.source")}, **birds.fields(place)
    )
    name, content = birds.word(f"{place}.file name"), birds.word(f"{place}.file content")
    factories.attach(
        record, at, name=f"{name}.txt", content=content.encode(), media_type="text/plain"
    )
    factories.relate(record, at, "amends", None, cited=f"《{birds.word(f'{place}.cited')}》")
    found = Noticed("planted", "mark", "text", 0, 1, birds.word(f"{place}.finding"))
    review.note_findings(record=record, findings=[found], now=NOW)
    return record


def _draft(at: Office, birds: Canaries) -> None:
    plant_draft(at, birds, "draft")


def _proposed(at: Office, birds: Canaries) -> None:
    factories.propose(plant_draft(at, birds, "proposed"), at)


def _verified(at: Office, birds: Canaries) -> None:
    sheet = factories.propose(plant_draft(at, birds, "verified"), at)
    factories.verify(sheet, at, text=birds.word("verified.opinion"))


def _returned(at: Office, birds: Canaries) -> None:
    sheet = factories.propose(plant_draft(at, birds, "returned"), at)
    review.return_sheet(sheet=sheet, reason=birds.word("returned.reason"), by=at.verifier, now=NOW)


def _decided(at: Office, birds: Canaries) -> None:
    """Decided as proactive and ordered for later: still not public."""
    record = plant_draft(at, birds, "scheduled")
    factories.review_fully(record, at)
    record.refresh_from_db()
    when = NOW + timedelta(days=300)
    catalog.schedule(record=record, not_before=when, by=at.officer, now=NOW)


def _withheld(at: Office, birds: Canaries) -> None:
    record = plant_draft(at, birds, "withheld")
    factories.review_fully(
        record, at, attribute="withheld", ground="privacy", reason=birds.word("withheld.reason")
    )


def _on_request(at: Office, birds: Canaries) -> None:
    record = plant_draft(at, birds, "on request")
    factories.review_fully(
        record, at, attribute="on_request", reason=birds.word("on request.reason")
    )


def _secret(at: Office, birds: Canaries) -> None:
    record = plant_draft(at, birds, "secret")
    factories.publish(record, at)
    note = birds.word("secret.note")
    catalog.withdraw(record=record, code="state_secret", note=note, by=at.officer, now=LATER)


def _in_error(at: Office, birds: Canaries) -> CatalogEntry:
    """Its tombstone tells the title and a note; text, abstract and file are gone."""
    text, abstract = birds.word("in error.text"), birds.word("in error.abstract")
    record = factories.draft(at, title="有误的文件", text=text, abstract=abstract)
    content = birds.word("in error.file content")
    factories.attach(record, at, name="附件.txt", content=content.encode(), media_type="text/plain")
    entry = factories.publish(record, at)
    catalog.withdraw(record=record, code="error", note="附表有误", by=at.officer, now=LATER)
    return entry


def _revised(at: Office, birds: Canaries) -> Iterator[CatalogEntry]:
    """Public, with an original that is not, and with a revision under way."""
    record = factories.draft(at, title="正在修订的办法")
    original = birds.word("published.original file")
    factories.attach(
        record, at, name=f"{birds.word('published.original name')}.doc",
        content=original.encode(), purpose="source",
    )  # fmt: skip
    sheet = factories.propose(record, at)
    sheet = factories.verify(sheet, at, text=birds.word("published.opinion"))
    factories.decide(sheet, at)
    record.refresh_from_db()
    entry = catalog.publish(record=record, by=at.officer, now=NOW)
    reason = birds.word("revision.reason")
    catalog.revise(record=record, reason=reason, by=at.officer, now=LATER)
    record.refresh_from_db()
    records.edit(record=record, fields=birds.fields("revision"), by=at.clerk, now=LATER)
    record.refresh_from_db()
    factories.relate(record, at, "repeals", None, cited=f"《{birds.word('revision.cited')}》")
    content = birds.word("revision.file content").encode()
    factories.attach(record, at, name="新附件.txt", content=content, media_type="text/plain")
    yield entry


def _republished(at: Office, birds: Canaries) -> CatalogEntry:
    """Withdrawn for privacy, mended, published again: what stood before stays closed."""
    record = factories.draft(
        at, title="更正后的公示", abstract=birds.word("superseded.abstract"),
        text=birds.word("superseded.text"),
    )  # fmt: skip
    content = birds.word("superseded.file content").encode()
    factories.attach(record, at, name="名单.txt", content=content, media_type="text/plain")
    factories.publish(record, at)
    catalog.withdraw(record=record, code="privacy", note="", by=at.officer, now=LATER)
    record.refresh_from_db()
    catalog.revise(record=record, reason="去掉个人信息", by=at.officer, now=LATER)
    record.refresh_from_db()
    records.detach(file=record.files.get(), by=at.clerk, now=LATER)
    clean = {"abstract": "公示结果。", "text": "公示如下。"}
    records.edit(record=record, fields=clean, by=at.clerk, now=LATER)
    record.refresh_from_db()
    return factories.publish(record, at, now=LATER)


def _people(at: Office, birds: Canaries) -> None:
    person = factories.person(birds.word("person.name"), "auditor", at.body)
    phone = birds.word("person.phone")
    orgs.edit_person(person=person, fields={"office_phone": phone}, by=None, now=NOW)


def _guide(at: Office, birds: Canaries) -> None:
    content = {"classification": birds.word("guide draft"), "channels": birds.word("guide draft")}
    note = birds.word("guide draft.note")
    catalog.save_guide(body=at.body, content=content, note=note, by=at.officer, now=NOW)
