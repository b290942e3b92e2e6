"""Spoken digits: recordings, where the word is in them, and the picture of sound that networks read."""
