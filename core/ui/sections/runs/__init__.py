"""The page "Runs": all runs in a table, a few side by side, one evaluated, and sweeps."""
