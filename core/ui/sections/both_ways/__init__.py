"""The sections of "Before and after", a module each."""
