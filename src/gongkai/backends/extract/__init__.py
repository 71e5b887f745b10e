"""Extractors: what can be read out of a file, one module for each kind of file."""
