"""What happens inside networks that read sentences."""
