"""Bodies in a tree, their sections and people, who holds which role, and the working calendar."""
