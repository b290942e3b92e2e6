"""A recurrent network follows the pen in the browser."""
