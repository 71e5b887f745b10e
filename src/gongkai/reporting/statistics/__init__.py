"""Figures of what is disclosed: counted in SQL over what a person may see, each with its rows."""
