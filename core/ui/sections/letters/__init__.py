"""The sections of "Letters", a module each."""
