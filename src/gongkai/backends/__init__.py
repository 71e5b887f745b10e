"""Implementations of the ports, named by dotted path in the settings and nowhere else."""
