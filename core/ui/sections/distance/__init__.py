"""The sections of "Distance", a module each."""
