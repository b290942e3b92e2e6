"""The sections of "Order", a module each."""
