"""What only shows when papers stand side by side: repeats, versions, mixed dates, repeals. Pure.

For a trial run, in memory. A run that is kept finds the same by indexes (`actions.comparing`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.inventory.paper import Paper
from gongkai.inventory.repeals import names_of, repealed_by
from gongkai.inventory.typed import LABELS, not_read
from gongkai.text.date_styles import Styles
from gongkai.text.dates import parse_date
from gongkai.text.finding import Finding
from gongkai.text.fingerprints import fingerprints, likeness, may_be_versions

COPY, VERSION = 95, 70
COMMON = 200
COLUMNS = ("created_on", "published_on")
_APART = ("document_number", *COLUMNS)


@dataclass(slots=True)
class Beside:
    """One paper among others: where it came from, and whether it is a row of a list."""

    where: str
    paper: Paper
    is_row: bool = True
    more: list[Finding] = field(default_factory=list)

    @property
    def title(self) -> str:
        """As a record would be called."""
        return self.paper.fields.get("title", "").strip()

    @property
    def number(self) -> str:
        """The document number of its field, else the one at the head of its text."""
        if self.paper.fields.get("document_number", "").strip():
            return self.paper.fields["document_number"].strip()
        found = (f for f in self.paper.findings if f.kind == "unfilled_document_number")
        return next((f.proposal or "" for f in found), "")

    @property
    def day(self) -> date | None:
        """When it was made, else published."""
        days = (parse_date(self.paper.fields.get(name, "")) for name in COLUMNS)
        return next((day for day in days if day is not None), None)


def compared(papers: Sequence[Beside]) -> list[Paper]:
    """The papers, each with the findings that the others give it."""
    _same_names(papers)
    _alike(papers)
    _mixed_dates(papers)
    _repealed(papers)
    return [replace(one.paper, findings=(*one.paper.findings, *one.more)) for one in papers]


def _same_names(papers: Sequence[Beside]) -> None:
    first: dict[str, list[Beside]] = defaultdict(list)
    for one in papers:
        earlier = first[one.title]
        same = next((other for other in earlier if not _apart(one.paper, other.paper)), None)
        if same is not None:
            said = f"与{same.where}的《{one.title[:60]}》同名，请核对是否重复录入。"
            one.more.append(_at_title(one, "possible_duplicate", said))
        elif earlier:
            said = f"与{earlier[0].where}的《{one.title[:60]}》同名，请核对是否为不同信息。"
            one.more.append(replace(_at_title(one, "repeated_title", said), severity="info"))
        earlier.append(one)


def _apart(one: Paper, other: Paper) -> bool:
    """Whether a number or a day that both have differs."""
    pairs = [(one.fields.get(name, "").strip(), other.fields.get(name, "").strip())
             for name in _APART]  # fmt: skip
    return any(mine and its and mine != its for mine, its in pairs)


def _alike(papers: Sequence[Beside]) -> None:
    held: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(papers):
        text = one.paper.fields.get("text", "")
        marks = fingerprints(text)
        shared = Counter(other for value in marks for other in held[value])
        least = max(2, len(marks) * 2 // 5)
        near = [other for other, count in shared.most_common(5) if count >= least]
        scored = [(likeness(text, papers[n].paper.fields.get("text", "")), -n) for n in near]
        percent, other = max(scored, default=(0, 0))
        same = percent >= COPY or may_be_versions(text, one.title, papers[-other].title)
        if percent >= VERSION and same:
            kind = "near_duplicate" if percent >= COPY else "possible_version"
            said = f"正文与{papers[-other].where}的相近（{percent}%），请核对。"
            told = Finding(kind=kind, start=0, end=0, evidence="", reason=said)
            one.more.append(told if percent >= COPY else replace(told, severity="info"))
        for value in marks:
            if len(held[value]) < COMMON:
                held[value].append(place)


def _mixed_dates(papers: Sequence[Beside]) -> None:
    rows = [one for one in papers if one.is_row]
    for name in COLUMNS:
        styles = Styles(one.paper.written.get(name, "") for one in rows)
        for one in rows if styles.is_mixed else ():
            raw = one.paper.written.get(name, "").strip()
            if styles.is_other(raw):
                said = styles.sentence(LABELS[name], raw)
                told = not_read(one.paper, name, raw, said)
                one.more.append(replace(told, kind="mixed_dates", severity="info"))


def _repealed(papers: Sequence[Beside]) -> None:
    named: dict[str, list[Beside]] = defaultdict(list)
    numbered: dict[str, list[Beside]] = defaultdict(list)
    for one in papers:
        named[one.title].append(one)
        if one.number:
            numbered[one.number].append(one)
    for by in papers:
        for said in repealed_by(by.paper.fields.get("text", "")):
            of_name = [one for name in names_of(said.name) for one in named[name]]
            same = [one for one in of_name if not said.number or one.number in ("", said.number)]
            of_number = numbered[said.number] if said.number else []
            for one in {id(each): each for each in (*of_number, *same)}.values():
                if one is not by and _is_older(one, by):
                    one.more.append(_ended(by, said.words))


def _is_older(one: Beside, other: Beside) -> bool:
    return one.day is None or other.day is None or one.day <= other.day


def _ended(by: Beside, words: str) -> Finding:
    said = f"{by.where}的《{by.title[:60]}》写着它已废止或失效，疑为废止，请核对。"
    return Finding(
        kind="validity_in_doubt", start=0, end=0, evidence=words, proposal="废止", reason=said,
        target="validity",
    )  # fmt: skip


def _at_title(one: Beside, kind: str, said: str) -> Finding:
    told = not_read(one.paper, "title", one.title, said)
    return replace(told, kind=kind, severity="warning")
