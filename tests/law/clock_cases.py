"""Requests and events for the tests of the clock; `REFUSED` is what the law does not allow."""

from __future__ import annotations

from datetime import date

from gongkai.law.clock import ClockEvent, Kind

OPEN, EARLIER = "2026-04-01", "2010-04-01"


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(kind: Kind, on: str, **more: object) -> ClockEvent:
    return ClockEvent(kind, day(on), **more)  # type: ignore[arg-type]


ASKED = event(Kind.SUPPLEMENT_ASKED, "2026-04-10", due_on=day("2026-04-24"))
THIRD = event(Kind.THIRD_PARTY_ASKED, "2026-04-13", delivered_on=day("2026-04-15"), ref="甲")
NOTICED = event(Kind.FEE_NOTICED, "2026-04-10")
REFUSED = [
    ("second_supplement", [ASKED, event(Kind.SUPPLEMENTED, "2026-04-20"),
                           event(Kind.SUPPLEMENT_ASKED, "2026-04-21")]),
    ("supplement_too_short", [event(Kind.SUPPLEMENT_ASKED, "2026-04-10",
                                    due_on=day("2026-04-10"))]),
    ("no_supplement_asked", [event(Kind.SUPPLEMENTED, "2026-04-20")]),
    ("supplement_late", [ASKED, event(Kind.SUPPLEMENTED, "2026-04-25")]),
    ("consulting_already", [THIRD, event(Kind.JOINT_BODY_ASKED, "2026-04-14", ref="甲")]),
    ("delivered_too_early", [event(Kind.THIRD_PARTY_ASKED, "2026-04-13",
                                   delivered_on=day("2026-04-12"))]),
    ("no_consultation", [event(Kind.OPINION_RECEIVED, "2026-04-13")]),
    ("second_extension", [event(Kind.EXTENDED, "2026-04-13", days=5),
                          event(Kind.EXTENDED, "2026-04-14", days=5)]),
    ("extension_while_stopped", [ASKED, event(Kind.EXTENDED, "2026-04-13", days=5)]),
    ("extension_too_late", [event(Kind.EXTENDED, "2026-05-01", days=5)]),
    ("extension_length", [event(Kind.EXTENDED, "2026-04-30", days=21)]),
    ("fee_too_late", [event(Kind.FEE_NOTICED, "2026-05-01")]),
    ("fee_now", [ASKED, NOTICED]),
    ("fee_now", [NOTICED, NOTICED]),
    ("no_fee_noticed", [event(Kind.FEE_PAID, "2026-04-10")]),
    ("fee_late", [NOTICED, event(Kind.FEE_PAID, "2026-05-13")]),
    ("delay_without_day", [event(Kind.DELAYED, "2026-04-10")]),
    ("delay_without_day", [event(Kind.DELAYED, "2026-04-10", due_on=day("2026-04-10"))]),
    ("order", [event(Kind.EXTENDED, "2026-03-31", days=5)]),
    ("ended", [event(Kind.REPLIED, "2026-04-10"), ASKED]),
]  # fmt: skip
