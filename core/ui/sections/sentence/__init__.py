"""The sections of "Read a sentence", a module each."""
