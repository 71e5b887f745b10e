"""One module per task: what can be typed and how it is read."""
