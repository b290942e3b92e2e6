"""Sections of the page "Say a digit"."""
