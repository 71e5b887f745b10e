"""The staff site: one task per screen, everything through the actions of the domain apps."""
