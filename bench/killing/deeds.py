"""What a writer does per operation, and how the audit finds it again.

A deed is one transaction through the product's own actions. `done()` tells which operations the
database holds, each with how often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from django.db import transaction

from bench.killing import effects
from gongkai.journal import events
from gongkai.journal.actions import act, append
from gongkai.journal.models import Entry
from gongkai.journal.values import Actor, Change, Subject

WRITER = Actor(id=1, name="压力测试", role="writer", body_id=None)


class Deed(Protocol):
    """One kind of load."""

    def prepare(self) -> list[str]:
        """Lay the ground, once, before the first writer; returns operations already done."""

    def do(self, op: str) -> Iterator[str]:
        """Do operation `op`; each name given back is a change that is now acknowledged."""

    def done(self) -> Counter[str]:
        """Operations found in the database, and how often."""

    def faults(self) -> list[str]:
        """What is wrong beyond lost and doubled operations, one sentence each."""


class JournalAndQueue:
    """A journal line and two jobs in one transaction: the load that is nothing but commits."""

    def __init__(self, before: int = 0) -> None:
        self.before = before

    def prepare(self) -> list[str]:
        """The table of marks, and `before` operations for the workers to begin with."""
        effects.lay()
        ops = [f"before{number}" for number in range(self.before)]
        return [done for op in ops for done in self.do(op)]

    def do(self, op: str) -> Iterator[str]:
        """Append, enqueue, commit."""
        with act(), transaction.atomic():
            effects.mark.enqueue(op)
            append(
                event="kill.done",
                actor=WRITER,
                subject=Subject("kill"),
                change=Change(data={"op": op}),
            )
            effects.count.enqueue(op)
        yield op

    def done(self) -> Counter[str]:
        """From the journal."""
        found: Counter[str] = Counter()
        for data in Entry.objects.filter(event="kill.done").values_list("data", flat=True):
            found[data["op"]] += 1
        return found

    def faults(self) -> list[str]:
        """Every operation in the journal has each of its marks exactly once, and no other has."""
        ops = set(self.done())
        marks = effects.times()
        wanted = ops | {f"atomic:{op}" for op in ops}
        lost = sorted(wanted - marks.keys())
        foreign = sorted(marks.keys() - wanted)
        doubled = sorted(op for op, count in marks.items() if count != 1)
        return [
            f"{name}: {len(found)} {found[:5]}"
            for name, found in (("lost", lost), ("foreign", foreign), ("doubled", doubled))
            if found
        ]


class Careless(JournalAndQueue):
    """The baseline that must fail: says done before the commit, enqueues after it."""

    def do(self, op: str) -> Iterator[str]:
        """What many programs do."""
        yield op
        with act(), transaction.atomic():
            append(
                event="kill.done",
                actor=WRITER,
                subject=Subject("kill"),
                change=Change(data={"op": op}),
            )
        effects.mark.enqueue(op)
        effects.count.enqueue(op)


events.register({"kill.done": "{actor}：{op}"})
