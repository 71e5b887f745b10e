"""The same office and index as for the reads below."""

from __future__ import annotations

from tests.portal.conftest import at, index

__all__ = ["at", "index"]
