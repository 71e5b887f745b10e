"""The task queue: jobs are rows, enqueued in the transaction of the change that needs them.

What is promised: a job whose transaction commits is run **at least once**, also when every process
is killed at any moment; it is never lost, and one that keeps failing ends as a dead letter a person
can see and resume. Therefore **every handler must be idempotent**: running it twice must leave what
running it once leaves (write by key, compare before sending, ask the database what is done). A
handler whose whole effect is in the database may be declared `@task(atomic=True)`: then its effect
and its completion commit together and happen exactly once.

Arguments are ids and plain values, never names or numbers of people, and small.
"""
