"""The schemes, one file of values each."""
