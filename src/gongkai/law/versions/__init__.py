"""The versions of the law, one file of values each. A new one is one entry in `VERSIONS`."""

from __future__ import annotations

from gongkai.law.model import Version
from gongkai.law.versions import (
    beijing_257_2014,
    beijing_transfer_2008,
    decree_492_2007,
    decree_711_2019,
    fees_2021,
    litigation,
    reconsideration,
)

VERSIONS: tuple[Version, ...] = (
    decree_492_2007.VERSION,
    decree_711_2019.VERSION,
    beijing_257_2014.VERSION,
    beijing_transfer_2008.VERSION,
    fees_2021.VERSION,
    *reconsideration.VERSIONS,
    *litigation.VERSIONS,
)
DECREES = ("decree_492_2007", "decree_711_2019")
