"""The one table of deeds: addresses, checks, document and reference page come from it."""

from __future__ import annotations

from gongkai.api.requests.answering import ANSWERING
from gongkai.api.requests.below import BELOW
from gongkai.api.requests.handling import HANDLING
from gongkai.api.requests.operation import Operation

OPERATIONS: dict[str, Operation] = {each.key: each for each in (*HANDLING, *ANSWERING, *BELOW)}
