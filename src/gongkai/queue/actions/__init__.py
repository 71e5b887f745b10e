"""The only code that changes the queue's rows: enqueue, lease, control."""
