"""The sections of the page "Questions"."""
