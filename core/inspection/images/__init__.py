"""What happens inside networks that read images."""
