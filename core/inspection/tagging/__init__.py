"""What happens inside networks that tag words."""
