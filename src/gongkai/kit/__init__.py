"""Tiny pure helpers every layer may use: flow tables, refusals, ranges, digests, money."""
