"""The only code that changes requests and what belongs to them."""
