"""Points in a plane: two measurements of each, and its class."""
