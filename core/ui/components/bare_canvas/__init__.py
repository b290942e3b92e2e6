"""The drawable canvas without its toolbar."""
