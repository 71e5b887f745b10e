"""Reads anyone's yearly report into the cells of its form, and checks it. No Django in here."""
