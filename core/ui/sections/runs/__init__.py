"""The page "Runs": all runs in a table, a few of them side by side, one of them looked into, many of them at once."""
