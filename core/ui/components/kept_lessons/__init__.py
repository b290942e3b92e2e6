"""What was found in lessons, found again by a session that knows nothing of it."""
