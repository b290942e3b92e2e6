"""What happens inside a network that reads the movement of a pen."""
