"""A text field that answers while a person types."""
