"""Redactors: copies of files from which what was marked is gone, proved by searching again."""
