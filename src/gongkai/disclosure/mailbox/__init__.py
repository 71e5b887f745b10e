"""Mail that comes into a body's announced mailbox: fetched, kept as it came, read, sorted.

`imap` fetches, `kept` seals the bytes, `sandbox` has them read by `reading` in a child process,
`sorting` sets apart what cannot be a request, `matching` finds the case a mail belongs to.
"""
