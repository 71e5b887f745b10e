"""Counting in the database: each module gives cells, and for each cell the rows behind it.

A cell and its rows come from the same conditions, so they cannot disagree.
"""
