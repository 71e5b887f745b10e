"""Append-only, hash-chained record of who did what, when, and on what legal basis."""
