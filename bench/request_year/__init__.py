"""An invented year of a body's requests: the register, and what tables three and four must say.

`made(seed)` gives a `Year`: 3,600 rows as a register file would have them and the truth kept while
they were thought up. The truth is never counted back from the rows: each row first gets its fate
(new or carried in, which leaf, carried over) and its cell of the table, and only then its dates.
Everybody and everything in it is invented.
"""

from bench.request_year.plan import CELLS_FOUR, CELLS_THREE, Truth
from bench.request_year.year import Year, made

__all__ = ["CELLS_FOUR", "CELLS_THREE", "Truth", "Year", "made"]
