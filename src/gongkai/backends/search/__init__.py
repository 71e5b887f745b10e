"""Search backends."""
