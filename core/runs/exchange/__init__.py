"""Export and import of runs and networks."""
