"""Runs and networks that leave this machine or come to it."""
