"""The page "Train": choose a run, watch it learn, look at earlier runs."""
