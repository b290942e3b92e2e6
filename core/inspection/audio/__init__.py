"""What happens inside networks that read sound."""
