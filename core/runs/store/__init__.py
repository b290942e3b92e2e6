"""What is kept of runs: rows in SQLite, checkpoints on disk."""
