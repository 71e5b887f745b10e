"""Damaged copies of our own papers: how much of the damage is found, what is proposed for it.

Five kinds of damage as they are met on copied and hijacked pages, each done to papers made of the
demo's texts: characters turned traditional with their readings pushed in, advertisements before a
title or over a name, a name or a host replaced throughout, by an advertisement or by the name of
another real place, lost bytes with dates that lost signs and header fields that were emptied. A
copy counts as found when every place that was damaged is met by a finding that wants an answer;
the same papers undamaged must have none, nor papers that other places and the city made.

Besides, pages with links hidden in them (`damage_pages`) and lists with dates written in more than
one way (`damage_lists`), found by host and by row; sound pages and lists must have none.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import damage_lists, damage_pages
from bench.damage_parts import ADS, BRANDS, PLACES, READINGS, Score, paragraphs
from gongkai.backends.scanners.spam import SpamScanner
from gongkai.inventory.paper import Paper
from gongkai.inventory.reading import paper
from gongkai.ports import Extracted, Known
from gongkai.text.finding import Finding
from gongkai.text.foreign_names import Own
from gongkai.text.traditional import SIMPLIFIED

COUNT, PLACE, ORGAN, HOST = 200, "云岭区", "云岭区商务局", "www.yunling.gov.cn"
OWN = Own(PLACE, ORGAN, "11Y001/", "云商")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_TRADITIONAL = {simple: old for old, simple in SIMPLIFIED.items() if len(old.encode()) == 3}
HEADER = (
    "信息名称:{title}\n索引号:11Y001/ZK-2008-{number:06d}\n公开责任部门:{organ}\n"
    "文号:云商发〔2008〕{number}号\n生成日期:{made}\n发布日期:{made}\n\n"
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A damaged text, the sound one, and the damaged places as (start, end, what stood there)."""

    text: str
    sound: str
    places: tuple[tuple[int, int, str], ...]


def sound(number: int, chance: random.Random) -> str:
    """A paper with its header, undamaged."""
    year, month, last = (
        chance.randrange(2004, 2026),
        chance.randrange(1, 13),
        chance.randrange(1, 29),
    )
    day = f"{year}-{month:02d}-{last:02d}"
    lines = chance.sample(paragraphs(), 6)
    title = f"{ORGAN}关于印发第{number}号工作方案的通知"
    dated = f"本方案自{_long(day)}起施行，详见 http://{HOST}/xxgk/ 和{ORGAN}公告栏。"
    lines.insert(chance.randrange(len(lines)), dated)
    head = HEADER.format(title=title, number=number, organ=ORGAN, made=day)
    return head + title + "\n" + "\n".join(lines) + f"\n{ORGAN}\n{_long(day)}\n"


def _long(day: str) -> str:
    year, month, last = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{last}日"


def rewritten(text: str, edits: list[tuple[int, int, str]]) -> Copy:
    """The text with half-open stretches replaced, and where the new words stand."""
    parts: list[str] = []
    places: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, words in sorted(edits):
        parts += [text[at:start], words]
        length += start - at
        places.append((length, length + len(words), text[start:end]))
        length += len(words)
        at = end
    return Copy("".join([*parts, text[at:]]), text, tuple(places))


def with_readings(text: str, chance: random.Random) -> Copy:
    """關(guān)於…: traditional throughout, a reading behind one in six of those we know."""
    body = text.index("\n\n")
    edits = [
        (n, n + 1, f"{_TRADITIONAL[char]}({READINGS[char]})")
        if char in READINGS and chance.random() < 0.17
        else (n, n + 1, _TRADITIONAL[char])
        for n, char in enumerate(text)
        if n > body and char in _TRADITIONAL
    ]
    return rewritten(text, edits)


def with_ads(text: str, chance: random.Random) -> Copy:
    """Before the title in header and body, or over one name of the paper."""
    words = _ad(chance)
    if chance.random() < 0.5:
        starts = [m.start() for m in re.finditer(f"{ORGAN}关于", text)]
        gap = "" if words.endswith((":", "：", "|", "-")) else " "
        return rewritten(text, [(start, start, words + gap) for start in starts])
    start = chance.choice([m.start() for m in re.finditer(ORGAN, text)])
    return rewritten(text, [(start, start + len(PLACE), words)])


def with_names(text: str, chance: random.Random) -> Copy:
    """The place, or the host of the site, replaced throughout."""
    if chance.random() < 0.3:
        host = f"www.{chance.choice(BRANDS)}{chance.choice(('.com', '.vip', '.cc'))}"
        return rewritten(text, [(m.start(), m.end(), host) for m in re.finditer(HOST, text)])
    words = chance.choice(BRANDS) if chance.random() < 0.4 else _ad(chance)
    return rewritten(text, [(m.start(), m.end(), words) for m in re.finditer(PLACE, text)])


def with_places(text: str, chance: random.Random) -> Copy:
    """The place replaced throughout by another real one; one of the paper's numbers may be gone."""
    kind = chance.choice(("both", "index", "document"))
    place = chance.choice([name for name in PLACES if kind != "index" or name[-1] != "市"])
    edits = [(m.start(), m.end(), place) for m in re.finditer(PLACE, text)]
    if kind != "both":
        label = "文号" if kind == "index" else "索引号"
        held = re.search(rf"^{label}:.+\n", text, re.MULTILINE)
        assert held is not None
        made = rewritten(text, [*edits, (*held.span(), "")])
        return Copy(made.text, text, tuple(one for one in made.places if one[2] == PLACE))
    return rewritten(text, edits)


def elsewhere(text: str, chance: random.Random) -> str:
    """The paper as another place, or the city, would have made it: kept here by right."""
    place, word = chance.choice((("海淀区", "海"), ("平原市", "平"), ("大余县", "余")))
    return text.replace(PLACE, place).replace("云商发", f"{word}商发").replace(HOST, "a.gov.cn")


def with_losses(text: str, chance: random.Random) -> Copy:
    """Bytes lost for ?? or �, a sign lost in every date, or a field of the header emptied."""
    kind = chance.choice(("bytes", "dates", "field"))
    if kind == "field":
        label = chance.choice(("公开责任部门", "生成日期", "发布日期", "信息名称", "索引号"))
        held = re.search(rf"^{label}:(.+)$", text, re.MULTILINE)
        assert held is not None
        return rewritten(text, [(held.start(1), held.end(1), "")])
    if kind == "bytes":
        places = [m.start() + 1 for m in re.finditer(r"[\u4e00-\u9fff]{4}", text)]
        lost = chance.choice(("??", "\ufffd", "????"))
        return rewritten(text, [(at, at + 1, lost) for at in chance.sample(places, 3)])
    edits = []
    for date in _DATE.finditer(text):
        signs = [n for n, char in enumerate(date.group()) if char in "年月日"]
        gone = set(chance.sample(signs, chance.randint(1, 3)))
        words = "".join(char for n, char in enumerate(date.group()) if n not in gone)
        edits.append((date.start(), date.end(), words))
    return rewritten(text, edits)


def _ad(chance: random.Random) -> str:
    return chance.choice(ADS).format(a=chance.choice(BRANDS), b=chance.choice(BRANDS))


KINDS: dict[str, Callable[[str, random.Random], Copy]] = {
    "readings": with_readings,
    "advertisements": with_ads,
    "names": with_names,
    "places": with_places,
    "losses": with_losses,
}


def findings_of(text: str) -> tuple[Paper, list[Finding]]:
    """What reading and the scanner of links say; for reading only (`info`) left out."""
    read = paper(Extracted(text=text), None, own=OWN)
    linked = SpamScanner(("yunling.gov.cn",)).scan({"text": text}, known=Known(place=PLACE))
    return read, [f for f in (*read.findings, *linked) if f.severity != "info"]


def alarms(text: str) -> list[Finding]:
    """Findings of an undamaged text that tell of damage."""
    return [f for f in findings_of(text)[1] if f.kind not in ("unfilled_document_number",)]


def judged(copy: Copy, score: Score) -> None:
    """Count the copy: found when each damaged place is met; proposals right or wrong."""
    _, found = findings_of(copy.text)
    score.count += 1
    open_places = [
        place for place in copy.places if not any(_meets(finding, place) for finding in found)
    ]
    score.found += not open_places
    if open_places:
        start, end, _ = open_places[0]
        score.missed.append(copy.text[max(0, start - 12) : end + 12])
    for finding in found:
        if finding.kind in ("damaged_date", "foreign_name") and finding.proposal is not None:
            stood = {was for start, end, was in copy.places if (start, end) == _span(finding)}
            score.right += finding.proposal in stood
            score.wrong += finding.proposal not in stood


def _span(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


def _meets(finding: Finding, place: tuple[int, int, str]) -> bool:
    start, end, _ = place
    if start == end:
        return finding.kind == "empty_field" and finding.start <= start <= finding.end
    return finding.start < end and start < finding.end


def repaired(copy: Copy) -> str:
    """The copy with every certain proposal taken, the widest first."""
    _, found = findings_of(copy.text)
    text, taken = copy.text, len(copy.text) + 1
    for finding in sorted(found, key=lambda f: (-f.end, f.start)):
        if finding.proposal is not None and finding.end <= taken:
            text = text[: finding.start] + finding.proposal + text[finding.end :]
            taken = finding.start
    return text


def copies(kind: str, count: int, seed: int = 20081226) -> Iterator[Copy]:
    """Damaged papers of one kind, the same for the same seed."""
    chance = random.Random(f"{seed}:{kind}")
    for number in range(1, count + 1):
        yield KINDS[kind](sound(number, chance), chance)


def measured(count: int) -> dict[str, Score]:
    """Scores by kind; under `sound` how many undamaged papers raised an alarm."""
    scores: dict[str, Score] = {}
    for kind in KINDS:
        scores[kind] = Score()
        for copy in copies(kind, count):
            judged(copy, scores[kind])
            if kind == "readings":
                scores[kind].right += repaired(copy) == copy.sound
                scores[kind].wrong += repaired(copy) != copy.sound
    chance = random.Random(4)
    papers = [sound(number, chance) for number in range(1, count + 1)]
    scores["sound"] = _alarming(papers)
    scores["sound of elsewhere"] = _alarming([elsewhere(text, chance) for text in papers])
    return scores | dict(damage_pages.scores(count)) | dict(damage_lists.scores(count))


def _alarming(papers: list[str]) -> Score:
    clean = Score()
    for text in papers:
        found = alarms(text)
        clean.count += 1
        clean.found += bool(found)
        clean.missed += [f"{f.kind}: {f.evidence[:40]}" for f in found]
    return clean


def main() -> None:
    """Print the share found, what was proposed, each miss and each false alarm."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=COUNT)
    for kind, score in measured(parser.parse_args().count).items():
        share = 100 * score.found / score.count
        told = "with alarms" if kind.startswith("sound") else "found"
        print(f"{kind}: {score.found}/{score.count} {told} ({share:.1f} %)", end="")
        print("" if told != "found" else f"; proposals {score.right} right, {score.wrong} wrong")
        for words in score.missed[:20]:
            print(f"   {words!r}")


if __name__ == "__main__":
    main()
