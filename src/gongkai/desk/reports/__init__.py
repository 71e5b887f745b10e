"""Pages of yearly reports: the form with every cell open, entries by hand, words, approval."""
