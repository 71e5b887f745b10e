"""Clean-up runs 信息清理: take papers in, tell repeats, count, and hand drafts over to review."""
