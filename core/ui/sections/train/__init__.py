"""The page "Train": choosing a run, watching it learn, and what was run before."""
