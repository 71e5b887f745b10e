"""One module per task: what a page shows and which action its form calls."""
