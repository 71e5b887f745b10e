"""Sections and bodies are marked by schemes: reads all, changes none of theirs (Art. 46)."""
