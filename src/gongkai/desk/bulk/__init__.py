"""Bulk work with Excel: one heading per field, the same table out and in."""
