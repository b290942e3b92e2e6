"""Sections of the page "Read a number"."""
