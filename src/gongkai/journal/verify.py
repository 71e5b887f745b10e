"""Proof that the journal is whole: finds edited, removed, reordered and inserted lines.

Every line is read once, in order, a few hundred at a time. What one database alone cannot show is
that it was put back as a whole to an earlier state; for that, give the head noted elsewhere
earlier (`known`): the chain must still pass through it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Max

from gongkai.journal import chain
from gongkai.journal.errors import NotPlainError
from gongkai.journal.models import ZERO_HASH, Entry, Head

CHUNK = 500
MAX_FAULTS = 1000
NEARBY = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the journal is not what was written.

    `kind`: `edited` `removed` `reordered` `inserted` `truncated` `head` `key` `known`.
    """

    seq: int
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """A head noted earlier outside the database (on paper, at a witness)."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and found; `more` tells that the list of faults was cut at its limit."""

    checked: int
    head_seq: int
    head_hash: str
    faults: list[Fault] = field(default_factory=list)
    more: bool = False

    @property
    def sound(self) -> bool:
        """True when nothing is wrong."""
        return not self.faults


def verify(*, known: Known | None = None, limit: int = MAX_FAULTS) -> Report:
    """Read the whole journal and report at most `limit` faults; memory does not grow with it."""
    walk = Walk(known)
    found = list(islice(walk.faults(), limit + 1))
    return Report(
        checked=walk.checked,
        head_seq=walk.head_seq,
        head_hash=walk.head_hash,
        faults=found[:limit],
        more=len(found) > limit,
    )


class Walk:
    """One pass over the chain; `faults()` yields while reading. Safe beside running writers."""

    def __init__(self, known: Known | None = None) -> None:
        self.known = known
        self.checked = 0
        self.head_seq = 0
        self.head_hash = ZERO_HASH
        self._keys = chain.keys()
        self._last_seq = 0
        self._last_hash = ZERO_HASH

    def faults(self) -> Iterator[Fault]:
        """Every fault in the order of the lines, then those of the head."""
        before = Head.objects.filter(pk=1).first()
        if before is not None:
            self.head_seq, self.head_hash = before.seq, before.hash
        at_head: str | None = ZERO_HASH if self.head_seq == 0 else None
        at_known: str | None = None
        for entry in Entry.objects.order_by("seq").iterator(chunk_size=CHUNK):
            self.checked += 1
            yield from self._line(entry)
            if entry.seq == self.head_seq:
                at_head = entry.hash
            if self.known is not None and entry.seq == self.known.seq:
                at_known = entry.hash
        yield from self._head(before, at_head)
        if self.known is not None and self.known.seq and at_known != self.known.hash:
            yield Fault(
                self.known.seq,
                "known",
                f"先前记下的第 {self.known.seq} 条与现在的不同：数据库被换成了另一份或退回过。"
                "请停用系统，从可信备份恢复并追查。",
            )

    def _line(self, entry: Entry) -> Iterator[Fault]:
        if entry.seq > self._last_seq + 1:
            yield _removed(self._last_seq + 1, entry.seq - 1)
        elif entry.seq <= self._last_seq:
            yield Fault(entry.seq, "inserted", f"第 {entry.seq} 条重复出现，其中有被插入的。")
        fault = self._content(entry)
        if fault is not None:
            yield fault
        elif entry.seq == self._last_seq + 1 and entry.prev_hash != self._last_hash:
            yield Fault(
                entry.seq,
                "reordered",
                f"第 {entry.seq} 条接不上第 {self._last_seq} 条：前面的记录被换过。",
            )
        self._last_seq, self._last_hash = entry.seq, entry.hash

    def _content(self, entry: Entry) -> Fault | None:
        """Judge one line by itself: is it ours, and is it what we wrote?"""
        seq = entry.seq
        key = self._keys.get(entry.key_id)
        if key is None:
            return Fault(
                seq,
                "key",
                f"第 {seq} 条所用的密钥（编号 {entry.key_id}）不在设置里，"
                "无法鉴别。请核对 GONGKAI_JOURNAL_KEY；密钥无误则此条是外来的。",
            )
        ours = hmac.compare_digest(entry.mac, chain.entry_mac(key, entry.hash))
        fits = _hash_at(entry, seq) == entry.hash
        if ours and fits:
            return None
        if ours:
            origin = _origin(entry)
            if origin is not None:
                return Fault(seq, "reordered", f"第 {seq} 条原来是第 {origin} 条，次序被改动。")
            return Fault(seq, "edited", f"第 {seq} 条的内容写下之后被改动。")
        if fits and entry.prev_hash == self._last_hash:
            return Fault(
                seq,
                "inserted",
                f"第 {seq} 条不是本系统写的（鉴别码不对）：是插入的，或者改后重算了校验值。",
            )
        return Fault(seq, "edited", f"第 {seq} 条的内容或校验值写下之后被改动。")

    def _head(self, before: Head | None, at_head: str | None) -> Iterator[Fault]:
        after = Head.objects.filter(pk=1).first()
        if before is None or after is None:
            yield Fault(0, "head", "链头不见了，无法证明末尾没有被截断。请从备份恢复并追查。")
            return
        for head in (before, after) if after.seq != before.seq else (after,):
            if not chain.head_is_authentic(head, self._keys):
                yield Fault(head.seq, "head", f"链头（第 {head.seq} 条）被改动过，鉴别码不对。")
                return
        if self._last_seq < before.seq:
            yield Fault(
                self._last_seq + 1,
                "truncated",
                f"末尾少了第 {self._last_seq + 1} 至 {before.seq} 条，被截断。",
            )
        elif at_head is not None and at_head != before.hash:
            yield Fault(before.seq, "head", f"链头记的第 {before.seq} 条校验值与该条不符。")
        # Lines written while we read are covered by the newer head; anything above it is foreign.
        newest = Entry.objects.aggregate(top=Max("seq"))["top"] or 0
        end = Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
        if newest > end:
            yield Fault(end + 1, "inserted", f"链头之后多出第 {end + 1} 至 {newest} 条，是插入的。")


def _hash_at(entry: Entry, seq: int) -> str | None:
    try:
        return chain.hash_of({**chain.values_of(entry), "seq": seq})
    except (ValueError, TypeError, NotPlainError):
        return None


def _origin(entry: Entry) -> int | None:
    """The place this line was written for, when it is another one nearby."""
    for distance in range(1, NEARBY + 1):
        for seq in (entry.seq - distance, entry.seq + distance):
            if seq > 0 and _hash_at(entry, seq) == entry.hash:
                return seq
    return None


def _removed(first: int, last: int) -> Fault:
    which = f"第 {first} 条" if first == last else f"第 {first} 至 {last} 条"
    return Fault(first, "removed", f"少了{which}，被删除。")
