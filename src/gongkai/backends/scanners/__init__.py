"""Scanners that look through a record before review."""
