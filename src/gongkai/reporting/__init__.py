"""Annual reports that compute themselves, reports of others read and checked, statistics."""
