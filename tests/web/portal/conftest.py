"""The same office and index as for the reads below, and a browser."""

from __future__ import annotations

from tests.portal.conftest import at, index
from tests.web.desk.conftest import chromium

__all__ = ["at", "chromium", "index"]
