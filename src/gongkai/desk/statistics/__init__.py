"""The desk's pages of statistics, the progress board and the bulletins."""
