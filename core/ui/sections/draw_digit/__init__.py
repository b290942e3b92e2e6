"""Sections of the page "Draw a digit"."""
