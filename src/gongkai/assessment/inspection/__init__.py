"""Self-inspection of the own site: pages read through the application itself, no network."""
