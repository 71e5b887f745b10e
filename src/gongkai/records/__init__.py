"""The record: metadata, text, files, versions, validity, relations, classes and numbers."""
