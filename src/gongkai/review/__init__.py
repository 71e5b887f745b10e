"""Attribute and secrecy review: findings, the review sheet and its three steps."""
