"""Applying without an account: the form, asking once, the receipt, following one's own case."""
