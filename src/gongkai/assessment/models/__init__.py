"""Tables of the assessment; import from here."""
