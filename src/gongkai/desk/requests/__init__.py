"""The desk's pages for requests: register, entry, the case with its clock, a screen per deed."""
