"""The sections of the page "Translate"."""
