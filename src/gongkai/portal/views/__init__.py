"""Views of the portal, one module per kind of page."""
