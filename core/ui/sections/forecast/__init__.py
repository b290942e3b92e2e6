"""Sections of the page "Forecast"."""
