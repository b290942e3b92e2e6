"""Handwritten numbers: lines of several digits."""
