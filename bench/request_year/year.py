"""Fates become rows: a way to the answer, then days that bring it into its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench.request_year import words
from bench.request_year.plan import Fate, Fated, Truth, fates
from bench.request_year.remedies import remedies

Row = dict[str, str]
AT_ONCE = ("counter", "signed_post")
CONFIRMED = ("web", "web", "email", "fax", "ordinary_post", "misdirected", "other")
# Twenty working days are never fewer calendar days than this, and forty with a consultation and
# the longest holidays never more than that.
SURELY_IN_TIME, SURELY_LATE = 20, 150


@dataclass(frozen=True, slots=True)
class Year:
    """The register's rows (column key → ISO day, code or text) and the truth of its `year`."""

    year: int
    rows: tuple[Row, ...]
    truth: Truth
    answered: int


@dataclass(frozen=True, slots=True)
class Way:
    """Steps as days after receipt, other cells, and how long the answer takes (from, to)."""

    steps: dict[str, int] = field(default_factory=dict)
    cells: Row = field(default_factory=dict)
    takes: tuple[int, int] = (1, SURELY_IN_TIME)
    can_be_late: bool = True


def made(seed: int, *, year: int = 2025, rows: int = 3600) -> Year:
    """The same year for the same seed, whoever asks and on whatever day."""
    draw, truth = Random(seed), Truth()
    found: list[Row] = []
    for number, fated in enumerate(fates(draw, rows), 1):
        row = _row(number, fated, year, draw, truth)
        truth.count(fated.fate, fated.outcome, fated.kind)
        remedies(row, year, draw, truth)
        found.append(row)
    found.sort(key=lambda row: (row["received_on"] or row["arrived_on"], row["subject"]))
    _number(found)
    _repeats(found, draw)
    return Year(year, tuple(found), truth, sum(bool(row["outcome"]) for row in found))


def _row(number: int, fated: Fated, year: int, draw: Random, truth: Truth) -> Row:
    row = {"applicant_kind": fated.kind, "outcome": fated.outcome, "replied_on": ""}
    row |= words.applicant(fated.kind, draw) | words.wish(number, draw)
    way = _way(fated.outcome, draw)
    late = fated.late and way.can_be_late
    takes = draw.randint(*way.takes) + (SURELY_LATE if late else 0)
    received = _received(fated.fate, takes, number, year, draw)
    if fated.fate is Fate.NEVER:
        return row | _never(number, received, truth, draw)
    if fated.fate in (Fate.STILL_OPEN, Fate.AFTER) and number % 2:
        row["outcome"], late = "granted", fated.fate is Fate.STILL_OPEN
        takes = (date(year + 1, 2, 3) - received).days if late else 12
        way = Way()
    row["received_on"] = received.isoformat()
    row |= _arrival(received, draw)
    for key, days in way.steps.items():
        row[key] = (received + timedelta(days=days)).isoformat()
    row |= way.cells
    if row["outcome"]:
        row["replied_on"] = (received + timedelta(days=takes)).isoformat()
        truth.late += late
        truth.in_time += not late
    return row


def _received(fate: Fate, takes: int, number: int, year: int, draw: Random) -> date:
    """A day of receipt from which `takes` days end where the fate wants it; edges are favoured."""
    of = {Fate.CARRIED_IN: year, Fate.STILL_OPEN: year, Fate.BEFORE: year - 1}.get(fate, year)
    if fate in (Fate.OVER_ANSWERED, Fate.OVER_OPEN, Fate.AFTER):
        of = year + 1
    first = date(of, 1, 1)
    if fate in (Fate.CARRIED_IN, Fate.STILL_OPEN, Fate.OVER_ANSWERED, Fate.OVER_OPEN):
        edges = (1, takes, draw.randint(1, takes), draw.randint(1, takes))
        return first - timedelta(days=edges[number % 4])
    if fate is Fate.AFTER:
        return first + timedelta(days=0 if number % 4 == 0 else draw.randrange(90))
    room = (date(of + 1, 1, 1) - first).days - 1 - takes
    edge = {0: 0, 1: room}.get(number % 40)
    return first + timedelta(days=draw.randint(0, room) if edge is None else edge)


def _arrival(received: date, draw: Random) -> Row:
    """Over the counter it is received as it arrives; over the net when both have confirmed."""
    if draw.random() < 0.5:
        return {"channel": draw.choice(AT_ONCE), "arrived_on": ""}
    arrived = received - timedelta(days=draw.choice((0, 0, 1, 1, 2, 3)))
    return {"channel": draw.choice(CONFIRMED), "arrived_on": arrived.isoformat()}


def _never(number: int, day: date, truth: Truth, draw: Random) -> Row:
    row = {"received_on": "", "arrived_on": day.isoformat(), "channel": draw.choice(CONFIRMED)}
    if number % 2 == 0:
        return row
    truth.in_time += 1
    return row | {"outcome": "other", "replied_on": (day + timedelta(days=1)).isoformat()}


def _way(outcome: str, draw: Random) -> Way:
    """What happened before the answer; some answers have only one way that leads to them."""
    if outcome in _ONLY:
        return _ONLY[outcome](draw)
    if not outcome:
        return Way(takes=(15, 40))
    ways = (_plain, _supplemented, _consulted, _extended, _paid)
    return draw.choices(ways, (70, 9, 6, 10, 5))[0](draw)


def _plain(_draw: Random) -> Way:
    return Way()


def _supplemented(_draw: Random) -> Way:
    steps = {"supplement_asked_on": 2, "supplement_due_on": 17, "supplemented_on": 9}
    return Way(steps, takes=(10, 9 + SURELY_IN_TIME))


def _consulted(draw: Random) -> Way:
    opinion = draw.choice(("agrees", "disagrees"))
    return _heard(opinion, "")


def _heard(opinion: str, ground: str) -> Way:
    steps = {"third_party_asked_on": 3, "third_party_opinion_on": 12}
    return Way(steps, {"third_party_opinion": opinion, "ground": ground}, (13, SURELY_IN_TIME))


def _extended(draw: Random) -> Way:
    days = draw.choice(("10", "15", "20"))
    return Way({"extended_on": 10}, {"extended_days": days}, (21, 34))


def _paid(draw: Random) -> Way:
    cells = {"fee_way": draw.choice(("items", "pages")), "fee_yuan": str(draw.choice((100, 240)))}
    return Way({"fee_noticed_on": 5, "fee_paid_on": 10}, cells, (11, 10 + SURELY_IN_TIME))


def _abandoned(_draw: Random) -> Way:
    steps = {"supplement_asked_on": 3, "supplement_due_on": 18}
    return Way(steps, takes=(19, 30), can_be_late=False)


def _unpaid(_draw: Random) -> Way:
    cells = {"fee_way": "items", "fee_yuan": "200"}
    return Way({"fee_noticed_on": 4}, cells, (55, 65), can_be_late=False)


def _third_party(draw: Random) -> Way:
    return _heard("disagrees", draw.choice(("trade_secret", "privacy", "third_party")))


def _withheld(draw: Random) -> Way:
    return Way(cells={"ground": draw.choice(("privacy", "trade_secret", "internal_affairs"))})


_ONLY: dict[str, Callable[[Random], Way]] = {
    "abandoned_no_supplement": _abandoned,
    "abandoned_no_fee": _unpaid,
    "still_unclear": _supplemented,
    "refused_third_party": _third_party,
    "partly_granted": _withheld,
}


def _number(rows: list[Row]) -> None:
    """Register numbers in the order of receipt, one series a year."""
    last: dict[str, int] = {}
    for row in rows:
        year = (row["received_on"] or row["arrived_on"])[:4]
        last[year] = last.get(year, 0) + 1
        row["number"] = f"依申请〔{year}〕{last[year]}号"


def _repeats(rows: list[Row], draw: Random) -> None:
    """Every repetition names an answer given before it came."""
    answered: list[Row] = []
    for row in rows:
        before = [r for r in answered[-400:] if r["replied_on"] <= row["received_on"]]
        if row["outcome"] == "repeated" and before:
            row["earlier_reply"] = draw.choice(before)["number"]
        if row["outcome"]:
            answered.append(row)
