"""The public JSON API: what the law says, as plain values under `/api/v1/`."""
