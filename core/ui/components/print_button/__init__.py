"""A button that prints the page."""
