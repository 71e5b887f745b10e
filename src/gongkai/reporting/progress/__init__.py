"""How the work stands: the progress board of today, and the figures a bulletin is made of."""
