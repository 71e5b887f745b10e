"""Pure work on text: folding, search tokens, highlights, damage, headers, mapping, comparison.

Plain values in, plain values out: no Django, no clock, no disk, no network.
"""
