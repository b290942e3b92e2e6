"""What is kept of runs: rows in SQLite or PostgreSQL, checkpoints on disk."""
