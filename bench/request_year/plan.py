"""Who is to land in which cell: the truth of tables three and four, written before the rows.

Leaves and columns are spelled out from the form of 国办公开办函〔2021〕30号 and not imported from
`gongkai.law`, so that a mistake there cannot be repeated here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

KINDS = ("natural", "business", "research", "welfare", "legal_service", "other_org")
COLUMNS = (*KINDS, "total")
# Outcome → leaf of the form. 23 ways to end, 21 leaves.
LEAF_OF = {
    "already_published": "granted",
    "granted": "granted",
    "partly_granted": "partly_granted",
    "refused_state_secret": "refused_state_secret",
    "refused_prohibited_by_law": "refused_prohibited_by_law",
    "refused_endangers_security": "refused_endangers_security",
    "refused_third_party": "refused_third_party",
    "refused_internal_affairs": "refused_internal_affairs",
    "refused_deliberative": "refused_deliberative",
    "refused_enforcement_file": "refused_enforcement_file",
    "special_procedure": "special_procedure",
    "not_held": "not_held",
    "not_ours": "not_held",
    "not_ready_made": "not_ready_made",
    "still_unclear": "still_unclear",
    "petition": "petition",
    "repeated": "repeated",
    "public_publication": "public_publication",
    "excessive": "excessive",
    "confirm_or_reissue": "confirm_or_reissue",
    "abandoned_no_supplement": "abandoned_no_supplement",
    "abandoned_no_fee": "abandoned_no_fee",
    "other": "other",
}
LEAVES = tuple(dict.fromkeys(LEAF_OF.values()))
ROWS = ("new", "carried_in", *LEAVES, "handled", "carried_over")
CELLS_THREE = tuple(f"requests.{row}.{column}" for row in ROWS for column in COLUMNS)
# Register column → block of table four.
BLOCK_OF = {
    "reconsideration": "reconsideration",
    "direct_suit": "lawsuit_direct",
    "suit_after": "lawsuit_after",
}
RESULTS = ("upheld", "corrected", "other", "pending", "total")
CELLS_FOUR = tuple(f"remedies.{block}.{r}" for block in BLOCK_OF.values() for r in RESULTS)


class Fate(StrEnum):
    """Where a request stands in the year of the report."""

    WITHIN = "received and answered this year"
    CARRIED_IN = "received last year, answered this year"
    STILL_OPEN = "received last year, not answered at the end of this year"
    OVER_ANSWERED = "received this year, answered next year"
    OVER_OPEN = "received this year, still open"
    BEFORE = "received and answered last year"
    AFTER = "received next year"
    NEVER = "sent this year, never confirmed by both sides: not received in the sense of Art. 31"


# Rows of the tables each fate counts in; "leaf" stands for the leaf of its outcome.
COUNTS_IN: dict[Fate, tuple[str, ...]] = {
    Fate.WITHIN: ("new", "leaf", "handled"),
    Fate.CARRIED_IN: ("carried_in", "leaf", "handled"),
    Fate.STILL_OPEN: ("carried_in", "carried_over"),
    Fate.OVER_ANSWERED: ("new", "carried_over"),
    Fate.OVER_OPEN: ("new", "carried_over"),
    Fate.BEFORE: (),
    Fate.AFTER: (),
    Fate.NEVER: (),
}
ANSWERED = (Fate.WITHIN, Fate.CARRIED_IN, Fate.OVER_ANSWERED, Fate.BEFORE)
SHARES = {
    Fate.WITHIN: 3186,
    Fate.CARRIED_IN: 131,
    Fate.STILL_OPEN: 7,
    Fate.OVER_ANSWERED: 103,
    Fate.OVER_OPEN: 59,
    Fate.BEFORE: 53,
    Fate.AFTER: 37,
    Fate.NEVER: 24,
}


@dataclass
class Truth:
    """Cell key → number, all 175 + 15 cells, zeros too; how many answers came in time."""

    cells: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*CELLS_THREE, *CELLS_FOUR), 0)
    )
    in_time: int = 0
    late: int = 0

    def count(self, fate: Fate, outcome: str, kind: str) -> None:
        """Put one request into its cells."""
        for row in COUNTS_IN[fate]:
            name = LEAF_OF[outcome] if row == "leaf" else row
            for column in (kind, "total"):
                self.cells[f"requests.{name}.{column}"] += 1

    def count_remedy(self, kind: str, result: str) -> None:
        """Put one reconsideration or suit into its cells."""
        for each in (result, "total"):
            self.cells[f"remedies.{BLOCK_OF[kind]}.{each}"] += 1


@dataclass(frozen=True, slots=True)
class Fated:
    """One request to be invented."""

    fate: Fate
    outcome: str
    kind: str
    late: bool


def fates(draw: Random, rows: int) -> list[Fated]:
    """The requests of the register in any order; with 3,600 rows every leaf and kind is there."""
    scale = rows / sum(SHARES.values())
    found = [
        _fated(fate, n, draw)
        for fate, share in SHARES.items()
        for n in range(max(round(share * scale), 2))
    ]
    draw.shuffle(found)
    return found


def _fated(fate: Fate, n: int, draw: Random) -> Fated:
    outcomes, weights = tuple(LEAF_OF), range(2 + len(LEAF_OF), 2, -1)
    kinds = (24, 11, 3, 2, 5, 4)
    if fate not in ANSWERED:
        return Fated(fate, "", draw.choices(KINDS, kinds)[0], False)
    if n < len(outcomes) * len(KINDS) and fate is Fate.WITHIN:
        # Every pair once, so that no cell is empty by chance.
        return Fated(fate, outcomes[n % len(outcomes)], KINDS[n // len(outcomes)], False)
    outcome = draw.choices(outcomes, weights)[0]
    return Fated(fate, outcome, draw.choices(KINDS, kinds)[0], draw.random() < 0.08)
