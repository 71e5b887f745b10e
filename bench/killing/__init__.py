"""Everything killed with -9, again and again, under load; then the books are audited.

`python -m bench.killing --help`. Used by `bench/kill9.py`, `bench/kill_queue.py` and, smaller, by
the tests. Processes are real: each writer and worker is a forked process with its own database
connection, killed by SIGKILL at a random moment.
"""
