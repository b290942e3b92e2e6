"""A wide canvas for one line of digits."""
