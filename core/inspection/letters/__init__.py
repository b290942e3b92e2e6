"""What happens inside networks that read and write letters."""
