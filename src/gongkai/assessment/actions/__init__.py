"""The only code that changes rows of the assessment."""
