"""What can be learnt, a task a file."""
